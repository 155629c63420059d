// States of a cart that come seldom: its prices are an estimate, codes are throttled, one step more would save, nothing is to pay.
import { expect, test } from '@playwright/test';
import { CART, cartOf, changed, demo, open, ownPage, publish, ready, restoringTheStore } from './shop.mjs';

restoringTheStore();

const ESTIMATE = 'We can’t reach the shop, so this is an estimate. Prices are checked again at checkout.';
const ALONE = '<farthing-totals></farthing-totals>';

/**
 * While `sessionStorage.down` is set the API answers nothing, and only what the browser itself has kept of it can be had. A
 * route would take the browser's cache away as well.
 */
const mayFail = (page) => page.addInitScript(() => {
  const { fetch } = window;
  window.fetch = (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (!sessionStorage.down || !pathname.startsWith('/v1/')) return fetch(request);
    if (request.cache !== 'force-cache') return Promise.reject(new TypeError('down'));
    return fetch(new Request(request, { cache: 'only-if-cached', mode: 'same-origin' }));
  };
});

const down = (page) => page.evaluate(() => { sessionStorage.down = 1; });

/** Opens a page by what the browser kept of an earlier visit with this cart. */
async function openWithoutEdge(page, path, lines) {
  await mayFail(page);
  await open(page, path, lines);
  await page.reload();
  await ready(page);
  await down(page);
  await page.reload();
  await ready(page);
}

test('prices by kept rules are called an estimate, until the edge is back', async ({ page, request }) => {
  await mayFail(page);
  await open(page, CART, { CAB19: 12 });
  await page.reload();
  await ready(page);
  const { cart, total, line } = cartOf(page);
  const told = cart.locator('[part="estimate"]');
  await expect(total).toHaveText('$307.20');
  await expect(told).toBeEmpty();

  await down(page);
  await page.reload();
  await ready(page);
  await expect(total).toHaveText('$307.20');
  await expect(told).toHaveText(ESTIMATE);
  // It prices on, and goes on saying so.
  await line('CAB19').getByRole('button', { name: 'One less' }).click();
  await expect(total).toHaveText('$352.00');
  await expect(told).toHaveText(ESTIMATE);
  await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), ALONE);
  await expect(page.locator('farthing-totals [part="estimate"]')).toHaveText(ESTIMATE);

  // To be online is not enough where the shop still does not answer.
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.waitForTimeout(300);
  await expect(told).toHaveText(ESTIMATE);

  // Back, with other rules than those that were kept.
  await publish(request, changed('d-mixed', (discount) => { discount.requirement.minimum = 11; }));
  await page.evaluate(() => {
    sessionStorage.clear();
    dispatchEvent(new Event('online'));
  });
  await expect(told).toBeEmpty();
  await expect(page.locator('farthing-totals [part="estimate"]')).toBeEmpty();
  await expect(total).toHaveText('$299.20');
});

test('kept rules serve a page that shows more than its cart holds, in whatever order things went in', async ({ page }) => {
  await openWithoutEdge(page, '/examples/plain', { RIO18: 1, HOUNDS: 2 });
  const { cart, line } = cartOf(page);
  await expect(cart.locator('[part="estimate"]')).toHaveText(ESTIMATE);
  await expect(line('HOUNDS')).toBeVisible();
  await expect(page.locator('article farthing-price [part="now"]')).toContainText('$32.00');
});

test('at an estimate nobody is sent on before the shop has priced', async ({ page }) => {
  await openWithoutEdge(page, CART, { CAB19: 12 });
  const { cart, checkOut } = cartOf(page);
  await checkOut.click();
  await expect(cart.locator('.pay [part="error"]')).toHaveText('We couldn’t reach the shop. Check your connection and try again.');
  await expect(cart.locator('[part="estimate"]')).toHaveText(ESTIMATE);
  expect(page.url()).toContain(CART);
  await page.evaluate(() => sessionStorage.clear());
  await checkOut.click();
  await page.waitForURL('**/demo/checkout/');
});

for (const engine of ['with', 'without']) {
  const start = async (page, lines) => {
    if (engine === 'without') await page.route('**/widget_bg.wasm', (route) => route.abort());
    await open(page, CART, lines);
  };

  test(`too many codes are told as that, with how long to wait, ${engine} the engine`, async ({ page }) => {
    await start(page, { CAB19: 12 });
    const { code, apply, attached, error, total } = cartOf(page);
    // Played: the edge would refuse the codes of the tests after this one as well.
    await page.route('**/v1/coupons/check?*', (route) => route.fulfill({
      status: 429,
      contentType: 'application/problem+json',
      headers: { 'Retry-After': '600', 'Access-Control-Allow-Origin': '*' },
      body: JSON.stringify({ type: 'about:blank', status: 429, code: 'tooManyWrongCodes', title: 'No more codes for now', detail: 'later' }),
    }));
    await code.fill('SAVE10');
    await apply.click();
    await expect(error).toHaveText('That was a lot of codes. Wait a few minutes and try again.');
    await expect(error).toHaveAttribute('role', 'alert');
    await expect(code).toHaveAttribute('aria-invalid', 'true');
    await expect(code).toBeFocused();
    await expect(code).toHaveValue('SAVE10');
    await expect(attached).toHaveCount(0);
    await expect(total).toHaveText('$307.20');
    expect(await page.evaluate(() => window.Farthing.applyCoupon('SAVE10').catch((failure) => failure.code))).toBe('tooManyWrongCodes');

    // The wait is over.
    await page.unroute('**/v1/coupons/check?*');
    await apply.click();
    await expect(attached).toContainText('SAVE10');
    await expect(error).toBeEmpty();
    await expect(code).toHaveAttribute('aria-invalid', 'false');
  });

  test(`shipping that costs nothing is called free, ${engine} the engine`, async ({ page, request }) => {
    const store = demo();
    store.shippingServices.find(({ id }) => id === 'ground').rate = '0.00';
    await publish(request, store);
    await start(page, { CAB19: 12 });
    const { cart, total } = cartOf(page);
    await cart.locator('summary').click();
    await expect(cart.locator('label.service').filter({ hasText: 'Ground' }).locator('.figure')).toHaveText('Free');
    await cart.getByLabel('Ground').check();
    await expect(cart.locator('summary .figure')).toHaveText('Free');
    await expect(total).toHaveText('$307.20');
    await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), ALONE);
    await expect(page.locator('farthing-totals .pair', { hasText: 'Shipping' }).locator('.figure')).toHaveText('Free');
  });

  test(`a cart that costs nothing says so in figures and in words, ${engine} the engine`, async ({ page, request }) => {
    await publish(request, changed('d-case', (discount) => { discount.benefit.value.percent = '100'; }));
    await start(page, { CAB19: 12 });
    const { cart, total, saving, checkOut, spoken } = cartOf(page);
    const row = cart.locator('[part="row"]');
    await expect(row.locator('[part="amount"]')).toHaveText('$0.00');
    await expect(row.locator('[part="was"]')).toHaveText('was $384.00');
    await expect(total).toHaveText('$0.00');
    await expect(saving).toHaveText('You save $384.00');
    await expect(spoken).toHaveText('Total $0.00. You save $384.00.');
    await expect(checkOut).toBeVisible();
    await checkOut.click();
    await page.waitForURL('**/demo/checkout/');
  });
}

test('what one step more would save is told, and goes once it is taken', async ({ page }) => {
  await open(page, CART, { CAB19: 10 });
  const { cart, line, total } = cartOf(page);
  const list = cart.locator('[part="nudges"]');
  const nudges = list.locator('[part="nudge"]');
  await expect(nudges).toHaveText(['Add 2 more 2019 Cabernet Sauvignon and save $76.80']);
  await line('CAB19').getByRole('button', { name: 'One more' }).click();
  await expect(nudges).toHaveText(['Add 1 more 2019 Cabernet Sauvignon and save $76.80']);
  await line('CAB19').getByRole('button', { name: 'One more' }).click();
  await expect(total).toHaveText('$307.20');
  await expect(nudges).toHaveCount(0);
  await expect(list).toBeHidden();
  // Below it again, and short of another one too: the greater saving is told first.
  const lines = [{ sku: 'HOUNDS', quantity: 2 }, { sku: 'CAB19', quantity: 11 }];
  await page.evaluate((lines) => window.Farthing.cart.set(lines), lines);
  await expect(nudges).toHaveText([
    'Add 1 more 2019 Cabernet Sauvignon and save $76.80',
    'Add 1 more The Hounds of Baskerville and save $9.00',
  ]);
});

test('a page without a nudge keeps no place for one', async ({ page }) => {
  await ownPage(page, '<farthing-cart></farthing-cart>');
  await open(page, '/own-page', { DECANT: 1 });
  await expect(cartOf(page).total).not.toBeEmpty();
  await expect(page.locator('farthing-cart [part="nudges"]')).toBeHidden();
});
