// Without an engine: pages that show only messages, browsers without WebAssembly, a file that was tampered with, an edge that is
// newer than the page.
import { expect, test } from '@playwright/test';
import { CABERNET, CART, apiRequests, cartOf, changed, open, ownPage, publish, ready, restoringTheStore } from './shop.mjs';

restoringTheStore();

/** Rules in another form than the page's engine reads: what is asked ahead, and what is asked by the engine. */
const newerRules = (page) => page.route('**/v1/snapshot?*', async (route) => {
  const response = await route.fetch();
  const text = await response.text();
  expect(text).toMatch(/^1;/);
  await route.fulfill({ response, body: text.replace('1;', '2;') });
});

/** The engine can't be had, forbidden, missing or not the file that was published; or the edge has moved on without it. */
const BROKEN = {
  'the edge is newer than the build': newerRules,
  'WebAssembly is off': (page) => page.addInitScript(() => delete window.WebAssembly),
  'the wasm is not there': (page) => page.route('**/widget_bg.wasm', (route) => route.fulfill({ status: 404 })),
  'a byte of the wasm is flipped': (page) => page.route('**/widget_bg.wasm', async (route) => {
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    body[body.length >> 1] ^= 1;
    await route.fulfill({ response, body });
  }),
};

for (const [name, breakIt] of Object.entries(BROKEN)) {
  test(`${name}: the edge prices, and the same elements show it`, async ({ page }) => {
    await breakIt(page);
    await open(page, CART, { CAB19: 10 });
    const { cart, total, attached, code } = cartOf(page);
    await expect(total).toHaveText('$320.00');
    const message = cart.locator('[part="row"] [data-state="requirementUnmet"]');
    await expect(message).toHaveText('20% off when you buy a case');
    await cart.getByRole('button', { name: 'One more' }).click();
    await cart.getByRole('button', { name: 'One more' }).click();
    await expect(total).toHaveText('$307.20');
    await expect(cart.locator('[part="row"] [part="discount"]')).toContainText('Case discount');
    await expect(message).toBeHidden();
    await expect(cart.locator('[part="saving"]')).toHaveText('You save $76.80');
    await code.fill('save10');
    await code.press('Enter');
    await expect(attached).toContainText('SAVE10 stays on, but Case discount saves you more.');
    await cart.locator('summary').click();
    await cart.getByLabel('Ground').check();
    await expect(total).toHaveText('$319.20');
    await page.reload();
    await ready(page);
    await expect(total).toHaveText('$319.20');
    await cart.getByRole('button', { name: 'Remove 2019 Cabernet Sauvignon' }).click();
    await expect(cart.locator('[part="empty"]')).toBeVisible();
  });
}

test('a discount that went meanwhile is named at the checkout', async ({ page, request }) => {
  await BROKEN['the wasm is not there'](page);
  await open(page, CART, { CAB19: 12 });
  const { panel, total, checkOut } = cartOf(page);
  await expect(total).toHaveText('$307.20');
  await publish(request, changed('d-case', (discount) => { discount.enabled = false; }));
  await checkOut.click();
  await expect(panel).toContainText('The shop changed its prices while you were here.');
  await expect(panel.locator('li').first()).toHaveText('Case discount no longer takes off $76.80.');
});

test('a page without a cart loads no engine', async ({ page }) => {
  const loaded = [];
  page.on('response', (response) => loaded.push(new URL(response.url()).pathname.split('/').at(-1)));
  const asked = apiRequests(page);
  await open(page, CABERNET);
  await expect(page.locator('farthing-message').first()).toContainText('20% off when you buy a case');
  await expect(page.locator('farthing-price').first()).toContainText('$32.00');
  expect(loaded).toContain('plain.js');
  expect(loaded).not.toContain('widget_bg.wasm');
  // One question tells all that the page shows.
  expect(asked).toEqual(['POST /v1/quotes']);
});

test('the engine takes over when a cart comes onto the page', async ({ page }) => {
  await open(page, CABERNET, { CAB19: 12 });
  await page.evaluate(() => document.body.append(document.createElement('farthing-cart')));
  const { total } = cartOf(page);
  await expect(total).toHaveText('$307.20');
  await expect(page.locator('farthing-message').first()).toContainText('20% off when you buy a case');
  const asked = apiRequests(page);
  await page.evaluate(() => window.Farthing.cart.update('CAB19', 11));
  await expect(total).toHaveText('$352.00');
  expect(asked).toEqual([]);
});

test('the plain widget stays when a cart comes whose engine the edge has left behind', async ({ page }) => {
  await newerRules(page);
  await open(page, CABERNET, { CAB19: 12 });
  await page.evaluate(() => document.body.append(document.createElement('farthing-cart')));
  const { total } = cartOf(page);
  await expect(total).toHaveText('$307.20');
  await expect(page.locator('farthing-message').first()).toContainText('20% off when you buy a case');
  await page.evaluate(() => window.Farthing.cart.update('CAB19', 11));
  await expect(total).toHaveText('$352.00');
});

test('what the edge does not take leaves the cart as it was', async ({ page }) => {
  await open(page, CABERNET, { CAB19: 2 });
  const failed = await page.evaluate(() => window.Farthing.cart.add('CAB19', 0.5).catch((error) => error.code));
  expect(failed).toBe('quantityOutOfRange');
  await page.route('**/v1/quotes*', (route) => route.abort());
  expect(await page.evaluate(() => window.Farthing.cart.add('CAB19', 1).catch((error) => error.code))).toBe('unreachable');
  await page.unroute('**/v1/quotes*');
  expect(await page.evaluate(() => window.Farthing.cart.get())).toEqual({ count: 2, lines: [{ quantity: 2, sku: 'CAB19' }] });
});

test('destroyed, it gives the page back what stood in its elements', async ({ page }) => {
  await open(page, CART, { CAB19: 1 });
  await page.evaluate(() => window.Farthing.destroy());
  expect(await page.evaluate(() => window.Farthing)).toBeUndefined();
  await expect(page.locator('farthing-cart [part="row"]')).toHaveCount(0);
  expect(await page.evaluate(() => document.querySelector('farthing-cart').shadowRoot.innerHTML)).toBe('<slot name="heading"></slot><slot></slot>');
});

test('destroyed, an element that is moved or changed still shows what stands in it', async ({ page }) => {
  await ownPage(page, '<farthing-price sku="CAB19">$32.00</farthing-price><aside></aside>');
  await open(page, '/own-page');
  const price = page.locator('farthing-price');
  await page.evaluate(async () => {
    await window.Farthing.destroy();
    const element = document.querySelector('farthing-price');
    element.setAttribute('sku', 'CAB16');
    document.querySelector('aside').append(element);
  });
  await expect(price.locator('slot').last()).toHaveCount(1);
  await expect(price).toHaveText('$32.00');
  expect(await price.evaluate((element) => element.firstChild.assignedSlot !== null)).toBe(true);
});

test('an answer that breaks off changes nothing, and the checkout asks to try again', async ({ page }) => {
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await BROKEN['the wasm is not there'](page);
  await open(page, CART, { CAB19: 12 });
  const { cart, total, checkOut } = cartOf(page);
  await expect(total).toHaveText('$307.20');
  await page.route('**/v1/quotes?*', (route) => route.fulfill({ contentType: 'application/json', body: '{"lines":[' }));
  await cart.getByRole('button', { name: 'One more' }).click();
  await checkOut.click();
  await expect(cart.locator('.pay [part="error"]')).toHaveText('We couldn’t reach the shop. Check your connection and try again.');
  await expect(total).toHaveText('$307.20');
  await expect(cart.getByRole('spinbutton')).toHaveValue('12');
  expect(faults).toEqual([]);
});
