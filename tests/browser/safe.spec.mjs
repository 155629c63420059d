// The pages of the demo shop shut nobody out: no fault that a machine finds.
import { expect, test } from '@playwright/test';
import { isAccessible } from './accessible.mjs';
import { CABERNET, CART, cartOf, open } from './shop.mjs';

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
