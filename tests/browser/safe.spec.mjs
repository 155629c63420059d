// What a careful shop asks of a script on its pages: it keeps to a strict policy and shuts nobody out.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { url } from '../support/environment.mjs';
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

for (const width of [390, 1280]) {
  test(`product and cart have no accessibility fault that a machine finds, ${width} wide`, async ({ page }) => {
    test.setTimeout(90_000);
    await page.setViewportSize({ width, height: 900 });
    const faults = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat()).join(', ')}`);
    };
    await open(page, CABERNET);
    expect(await faults()).toEqual([]);
    await open(page, CART);
    expect(await faults()).toEqual([]);
    await open(page, CART, { CAB19: 12, HOUNDS: 1 });
    const { cart, code, error, attached } = cartOf(page);
    await code.fill('SAVE10');
    await code.press('Enter');
    await expect(attached).toBeVisible();
    await code.fill('NO-SUCH');
    await code.press('Enter');
    await expect(error).not.toBeEmpty();
    await cart.locator('summary').click();
    expect(await faults()).toEqual([]);
  });
}
