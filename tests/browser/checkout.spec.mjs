// Going to the checkout: the edge prices again, and whatever it finds otherwise is told before anyone pays.
import { expect, test } from '@playwright/test';
import { CART, apiRequests, cartOf, changed, demo, events, open, ownPage, publish, restoringTheStore } from './shop.mjs';

restoringTheStore();

test('the price shown is the price asked: the way is free', async ({ page }) => {
  await open(page, CART, { CAB19: 12 });
  const { checkOut } = cartOf(page);
  const requests = apiRequests(page);
  await checkOut.click();
  await page.waitForURL('**/demo/checkout/');
  expect(requests.slice(0, 1)).toEqual(['POST /v1/quotes']);
});

test('a page may keep the shopper, and gets the quote', async ({ page }) => {
  await open(page, CART, { CAB19: 12 });
  const heard = await events(page);
  await page.evaluate(() => window.Farthing.on('before-checkout', (_, event) => event.preventDefault()));
  await cartOf(page).checkOut.click();
  await expect.poll(async () => (await heard()).find(([name]) => name === 'before-checkout')?.[1].total).toBe('307.20');
  expect(page.url()).toContain(CART);
});

test('checkout({ navigate: false }) answers with the quote, equal to the one shown to the last digit', async ({ page }) => {
  await open(page, CART, { CAB19: 12, HOUNDS: 3 });
  const [shown, { quote, changed: difference }] = await page.evaluate(async () => {
    const answer = await window.Farthing.checkout({ navigate: false });
    return [await window.Farthing.quote(), answer];
  });
  expect(difference).toBeNull();
  // Only the moment differs, and the hash with it; and the edge has signed its own.
  const { token, expiresAt, ...price } = quote;
  expect([token, expiresAt]).toEqual([expect.stringMatching(/^q1\./), expect.stringMatching(/Z$/)]);
  expect({ ...price, asOf: '', digest: '' }).toEqual({ ...shown, asOf: '', digest: '' });
});

test('a rule changed in between is told, with what changed', async ({ page, request }) => {
  await open(page, CART, { CAB19: 12 });
  const { cart, panel, total, saving, checkOut } = cartOf(page);
  await publish(request, changed('d-case', (discount) => { discount.benefit.value.percent = '10'; discount.title = 'Case price'; }));
  await checkOut.click();
  await expect(panel).toBeFocused();
  await expect(panel).toContainText('The shop changed its prices while you were here.');
  await expect(panel.locator('li')).toHaveText(['Case discount no longer takes off $76.80.', 'Mixed case discount now takes off $57.60.']);
  await expect(cart.locator('.total [part="was"]')).toHaveText('was $307.20');
  await expect(total).toHaveText('$326.40');
  await expect(saving).toHaveText('You save $57.60');
  await expect(checkOut).toBeHidden();
  await panel.getByRole('button', { name: 'Continue with $326.40' }).click();
  await page.waitForURL('**/demo/checkout/');
});

test('the panel goes when the cart changes', async ({ page, request }) => {
  await open(page, CART, { CAB19: 12 });
  const { panel, checkOut, line } = cartOf(page);
  await publish(request, changed('d-case', (discount) => { discount.enabled = false; }));
  await checkOut.click();
  await expect(panel).toBeVisible();
  await line('CAB19').getByRole('button', { name: 'One more' }).click();
  await expect(panel).toBeHidden();
  await expect(checkOut).toBeVisible();
});

test('a change that costs the shopper nothing does not stop them', async ({ page, request }) => {
  await open(page, CART, { CAB19: 12 });
  await publish(request, changed('d-dessert', (discount) => { discount.enabled = false; }));
  await cartOf(page).checkOut.click();
  await page.waitForURL('**/demo/checkout/');
});

test('a price changed, a product gone: both are named', async ({ page, request }) => {
  await open(page, CART, { CAB19: 1, HOUNDS: 1 });
  const { panel, checkOut, line } = cartOf(page);
  const store = demo();
  store.products.find(({ sku }) => sku === 'CAB19').price = '34.00';
  store.products = store.products.filter(({ sku }) => sku !== 'HOUNDS');
  store.upgrades = [];
  store.promotionSets = store.promotionSets.filter(({ id }) => id !== 's-thanks');
  await publish(request, store);
  await checkOut.click();
  await expect(panel.locator('li')).toHaveText([
    '2019 Cabernet Sauvignon costs $34.00 instead of $32.00.',
    'The Hounds of Baskerville is no longer sold.',
  ]);
  await expect(line('HOUNDS')).toHaveCount(0);
});

test('an offer that has begun by the shop’s clock is told, and this page keeps the shop’s time', async ({ page }) => {
  // By this device's clock the case discount is still to come.
  await page.clock.setFixedTime(new Date('2025-12-31T12:00:00Z'));
  await open(page, CART, { CAB19: 12 });
  const { panel, checkOut, total, line } = cartOf(page);
  await expect(total).toHaveText('$384.00');
  const answer = await page.evaluate(() => window.Farthing.checkout({ navigate: false }));
  expect(answer.changed).toEqual({ reason: 'clock', before: '384.00', after: '307.20' });
  await expect(panel).toContainText('An offer began or ended while you were here.');
  await expect(panel.locator('li')).toHaveText(['Case discount now takes off $76.80.']);
  await expect(total).toHaveText('$307.20');
  await expect(checkOut).toBeHidden();
  await line('CAB19').getByRole('button', { name: 'One more' }).click();
  await expect(total).toHaveText('$332.80');
});

test('an offer that begins while the page is open was not known to it, and is told', async ({ page, request }) => {
  const begin = new Date(Date.now() + 4_000);
  await publish(request, changed('d-case', (discount) => { discount.startsAt = begin.toISOString(); }));
  await open(page, CART, { CAB19: 12 });
  const { total } = cartOf(page);
  await expect(total).toHaveText('$326.40');
  await page.waitForTimeout(begin - Date.now() + 500);
  const answer = await page.evaluate(() => window.Farthing.checkout({ navigate: false }));
  expect(answer.changed).toEqual({ reason: 'clock', before: '326.40', after: '307.20' });
  await expect(total).toHaveText('$307.20');
});

test('figures that nothing explains are shown as the edge has them', async ({ page }) => {
  await open(page, CART, { CAB19: 12 });
  // An answer with a hash that fits no rules.
  await page.route('**/v1/quotes?*', async (route) => {
    const answer = await route.fetch();
    const quote = await answer.json();
    const verdicts = quote.verdicts.filter(({ discount }) => discount !== 'd-case');
    const lines = quote.lines.map((line) => ({ ...line, discount: '57.60', total: '326.40', discounts: [{ discount: 'd-mixed', amount: '57.60' }] }));
    const applied = [{ discount: 'd-mixed', title: 'Mixed case discount', code: null, productAmount: '57.60', shippingAmount: '0.00' }];
    await route.fulfill({ json: { ...quote, verdicts, lines, applied, total: '326.40', saving: '57.60', digest: 'sha256-0' } });
  });
  const { total } = cartOf(page);
  const answer = await page.evaluate(() => window.Farthing.checkout({ navigate: false }));
  expect(answer.changed).toEqual({ reason: 'mismatch', before: '307.20', after: '326.40' });
  await expect(total).toHaveText('$326.40');
});

test('without the edge nobody is sent on, and the cart says why', async ({ page }) => {
  await open(page, CART, { CAB19: 12 });
  const heard = await events(page);
  const { cart, checkOut, total } = cartOf(page);
  await page.route('**/v1/quotes?*', (route) => route.abort());
  await checkOut.click();
  await expect(cart.locator('.pay [role="alert"]')).toHaveText('We couldn’t reach the shop. Check your connection and try again.');
  await expect(total).toHaveText('$307.20');
  expect((await heard()).find(([name]) => name === 'error')[1].code).toBe('unreachable');
  await page.unroute('**/v1/quotes?*');
  await checkOut.click();
  await page.waitForURL('**/demo/checkout/');
});

/** The edge says another total than can be explained. */
const disagree = (page) => page.route('**/v1/quotes?*', async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, json: { ...(await response.json()), total: '401.00', digest: 'sha256-0' } });
});

test('what changed takes the focus once, and in the cart whose button was pressed', async ({ page }) => {
  await ownPage(page, '<input aria-label="Search"><farthing-cart id="one"></farthing-cart><farthing-cart id="two"></farthing-cart>');
  await open(page, '/own-page', { CAB19: 12 });
  await disagree(page);
  await page.locator('#one').getByRole('button', { name: 'Check out' }).click();
  await expect(page.locator('#one [part="changed"]')).toBeFocused();
  await page.getByLabel('Search').focus();
  await page.evaluate(() => window.Farthing.applyCoupon('NOPE-1').catch(() => {}));
  await expect(page.locator('#one [part="error"]').first()).not.toBeEmpty();
  await expect(page.getByLabel('Search')).toBeFocused();
});

test('where the way on with another total fails, focus is at the button that tries again', async ({ page }) => {
  await open(page, CART, { CAB19: 12 });
  await disagree(page);
  const { panel, checkOut } = cartOf(page);
  await checkOut.click();
  await expect(panel).toBeFocused();
  await page.route('**/v1/quotes?*', (route) => route.abort());
  await panel.getByRole('button', { name: 'Continue with $401.00' }).press('Enter');
  await expect(checkOut).toBeFocused();
});

for (const engine of ['with', 'without']) {
  test(`an edge that never answers is given up, ${engine} the engine`, async ({ page }) => {
    // A hundredth of the time.
    await page.addInitScript(() => {
      const { timeout } = AbortSignal;
      AbortSignal.timeout = (time) => timeout.call(AbortSignal, time / 100);
    });
    if (engine === 'without') await page.route('**/widget_bg.wasm', (route) => route.abort());
    await open(page, CART, { CAB19: 12 });
    await page.route('**/v1/quotes?*', () => {});
    const { cart, checkOut } = cartOf(page);
    await checkOut.click();
    await expect(cart.locator('.pay [part="error"]')).toHaveText('We couldn’t reach the shop. Check your connection and try again.');
    await expect(checkOut).toHaveAttribute('aria-disabled', 'false');
  });
}
