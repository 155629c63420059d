// What a careful shop asks of a script on its pages: it keeps to a strict policy and shuts nobody out.
import { expect, test } from '@playwright/test';
import { url } from '../support/environment.mjs';
import { isAccessible } from './accessible.mjs';
import { CABERNET, CART, cartOf, open, ownPage, ready } from './shop.mjs';

const POLICY = `default-src 'none'; script-src ${url} 'wasm-unsafe-eval'; connect-src ${url}; img-src ${url}`;

test('nothing it does breaks a strict content security policy', async ({ page }) => {
  await page.addInitScript(() => {
    window.broken = [];
    document.addEventListener('securitypolicyviolation', (event) => window.broken.push(event.violatedDirective));
  });
  await ownPage(page, '<farthing-price sku="CAB19"></farthing-price><farthing-cart image-url="/demo/art/{sku}.svg"></farthing-cart>', { policy: POLICY });
  await ready(page);
  const { cart, code, total } = cartOf(page);
  await page.evaluate(() => window.Farthing.cart.add('CAB19', 12));
  await code.fill('SAVE10');
  await code.press('Enter');
  await expect(cart.locator('[part="code"]')).toBeVisible();
  await expect(total).toHaveText('$307.20');
  // Its own sheet holds although the policy allows no style at all.
  await expect(total).toHaveCSS('font-weight', '700');
  expect(await page.evaluate(() => window.broken)).toEqual([]);
});

for (const path of ['/demo/', '/demo/wine/', '/demo/books/', '/demo/offers/', '/demo/nowhere/', CABERNET, CART]) {
  test(`no accessibility fault that a machine finds: ${path}`, async ({ page }) => {
    test.setTimeout(120_000);
    await open(page, path);
    await isAccessible(page);
  });
}

test('no accessibility fault that a machine finds: a cart with a code, another one refused', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page, CART, { CAB19: 12, HOUNDS: 1 });
  const { cart, code, error, attached } = cartOf(page);
  await code.fill('SAVE10');
  await code.press('Enter');
  await expect(attached).toBeVisible();
  await code.fill('NO-SUCH');
  await code.press('Enter');
  await expect(error).not.toBeEmpty();
  await cart.locator('summary').click();
  await isAccessible(page);
});
