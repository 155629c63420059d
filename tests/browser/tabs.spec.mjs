// Two tabs, one cart.
import { expect, test } from '@playwright/test';
import { CART, cartOf, open } from './shop.mjs';

test('what one tab does the other shows', async ({ context }) => {
  const [one, other] = [await context.newPage(), await context.newPage()];
  await open(one, CART, { CAB19: 12 });
  await open(other, CART);
  await expect(cartOf(other).total).toHaveText('$307.20');
  await cartOf(one).line('CAB19').getByRole('button', { name: 'One less' }).click();
  await expect(cartOf(other).total).toHaveText('$352.00');

  // A product and a coupon that the other tab has never heard of.
  await one.evaluate(() => window.Farthing.cart.add('HOUNDS', 3));
  await cartOf(one).code.fill('SAVE10');
  await cartOf(one).apply.click();
  await expect(cartOf(other).line('HOUNDS')).toBeVisible();
  await expect(cartOf(other).attached).toContainText('SAVE10');
  await expect(cartOf(other).total).toHaveText(await cartOf(one).total.textContent());

  await other.evaluate(() => window.Farthing.cart.clear());
  await expect(cartOf(one).cart.getByText('Nothing in it yet.')).toBeVisible();
});
