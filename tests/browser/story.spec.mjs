// The story of a case of wine: promised on the product's page, given in the cart, confirmed at the checkout.
import { expect, test } from '@playwright/test';
import { CABERNET, CART, apiRequests, cartOf, events, open } from './shop.mjs';

test('a case of Cabernet, from the message to the checkout', async ({ page }) => {
  await open(page, CABERNET);
  const message = page.locator('.product-words farthing-message [part="message"]');
  await expect(message).toHaveText('20% off when you buy a case');
  await expect(message).toHaveAttribute('data-state', 'requirementUnmet');
  await expect(page.locator('.product-words farthing-price [part="price"]')).toHaveText('was $36.00now $32.00');

  // In it goes: on a page without a cart one question turns the message.
  const requests = apiRequests(page);
  await page.locator('#quantity').fill('12');
  await page.locator('.buy [data-farthing-add]').click();
  await expect(message).toHaveAttribute('data-state', 'applied');
  await expect(message).toHaveText('Applied: 20% off when you buy a case');
  expect(requests).toEqual(['POST /v1/quotes']);

  // The cart of the next page has it, and says what came off where.
  await open(page, CART);
  const { line, total, saving } = cartOf(page);
  await expect(line('CAB19').locator('[part="name"]')).toHaveText('2019 Cabernet Sauvignon');
  await expect(line('CAB19').locator('[part="amount"]')).toHaveText('$307.20');
  await expect(line('CAB19').locator('[part="was"]')).toHaveText('was $384.00');
  await expect(line('CAB19').locator('[part="discount"]')).toHaveText('Case discount−$76.80');
  await expect(total).toHaveText('$307.20');
  await expect(saving).toHaveText('You save $76.80');
  await expect(page.locator('[data-cart-number]')).toHaveText('12');
});

test('a click changes message, discount and total in the same frame and without a request', async ({ page }) => {
  await open(page, CART, { CAB19: 12 });
  const { line, total, saving } = cartOf(page);
  const requests = apiRequests(page);
  const row = line('CAB19');
  await row.getByRole('button', { name: 'One less' }).click();
  await expect(total).toHaveText('$352.00');
  await expect(row.locator('[part="message"]')).toHaveText('20% off when you buy a case');
  await expect(row.locator('[part="was"]')).toBeHidden();
  await expect(saving).toHaveText('');

  const before = await page.evaluate(async () => {
    const root = document.querySelector('farthing-cart').shadowRoot;
    const totals = () => root.querySelector('.total [part="amount"]').textContent;
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    root.querySelector('[data-sku="CAB19"] [aria-label="One more"]').click();
    await frame();
    return totals();
  });
  expect(before).toBe('$307.20');
  await expect(saving).toHaveText('You save $76.80');
  expect(requests).toEqual([]);
});

test('a coupon that saves less stays attached and says so', async ({ page }) => {
  await open(page, CART, { CAB19: 12 });
  const { code, apply, attached, total } = cartOf(page);
  const heard = await events(page);
  await code.fill(' save10 ');
  await apply.click();
  await expect(attached).toHaveText('SAVE10×SAVE10 stays on, but Case discount saves you more.');
  await expect(total).toHaveText('$307.20');
  await expect(code).toHaveValue('');
  await expect(code).toBeFocused();
  expect((await heard()).find(([name]) => name === 'coupon-applied')[1]).toMatchObject({ code: 'SAVE10', status: 'beaten' });

  // With less in the cart it is the better deal, at once.
  await page.evaluate(() => window.Farthing.cart.update('CAB19', 10));
  await expect(attached).toHaveText('SAVE10×10% off wine');
  await expect(total).toHaveText('$288.00');

  // It is still there on the next page, without being asked for again.
  const requests = apiRequests(page);
  await open(page, CART);
  await expect(attached).toHaveText('SAVE10×10% off wine');
  expect(requests).not.toContain('POST /v1/coupons/check');
  await attached.getByRole('button', { name: 'Remove SAVE10' }).click();
  await expect(attached).toHaveCount(0);
  await expect(total).toHaveText('$320.00');
  await expect(code).toBeFocused();
});

test('an attached coupon says what it still needs', async ({ page }) => {
  await open(page, CART, { CAB19: 1 });
  const { code, attached } = cartOf(page);
  await code.fill('WELCOME15');
  await code.press('Enter');
  await expect(attached).toHaveText('WELCOME15×Spend $28.00 more to use WELCOME15.');
  await page.evaluate(() => window.Farthing.cart.update('CAB19', 2));
  await expect(attached).toHaveText('WELCOME15×First order, 15% off');
});

test('an unknown code is refused beside its field', async ({ page }) => {
  await open(page, CART, { CAB19: 1 });
  const { code, apply, error, attached } = cartOf(page);
  const heard = await events(page);
  await code.fill('NO-SUCH');
  await apply.click();
  await expect(error).toHaveText('We don’t recognise that code. Check the spelling and try again.');
  await expect(error).toHaveAttribute('role', 'alert');
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await expect(code).toHaveAttribute('aria-describedby', 'code-error');
  await expect(code).toBeFocused();
  await expect(code).toHaveValue('NO-SUCH');
  await expect(attached).toHaveCount(0);
  expect((await heard()).find(([name]) => name === 'coupon-rejected')[1]).toEqual({ code: 'unknownCode', coupon: 'NO-SUCH' });
});

test('shipping is chosen in the cart and priced there', async ({ page }) => {
  await open(page, CART, { CAB19: 24 });
  const { cart, total } = cartOf(page);
  await expect(cart.locator('summary')).toHaveText('ShippingChosen at checkout');
  await cart.locator('summary').click();
  await expect(cart.getByText('Free on orders of $500 or more')).toBeVisible();
  await cart.getByLabel('Two-day, signed for').check();
  await expect(total).toHaveText('$642.40');
  await cart.getByLabel('Ground, 4–6 days').check();
  await expect(cart.locator('.totals [part="discount"]')).toHaveText(['Case discount−$153.60', 'Free ground shipping−$12.00']);
  await expect(total).toHaveText('$614.40');
});
