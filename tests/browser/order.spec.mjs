// From the checkout to the order: one order and one use, whatever the shopper does, and what changed is told before anyone pays.
import { expect, test } from '@playwright/test';
import { adminToken, url } from '../support/environment.mjs';
import { isAccessible } from './accessible.mjs';
import { CART, chooseGround, demo, open, publish, restoringTheStore } from './shop.mjs';

restoringTheStore();

const CHECKOUT = '/demo/checkout/';
const ADMIN = { Authorization: `Bearer ${adminToken}` };
const ADDRESS = { '#email': 'ada@example.com', '#name': 'Ada Lovelace', '#line1': '221 Baker Street', '#city': 'San Francisco', '#state': 'CA', '#zip': '94110' };

const placeOrder = (page) => page.getByRole('button', { name: /^Place order/ });

/** Fills the checkout of a cart with a case of Cabernet, $307.20 with its discount and $319.20 with its delivery. */
async function fill(page) {
  for (const [field, text] of Object.entries(ADDRESS)) await page.locator(field).fill(text);
  await page.getByLabel('I am 21 or older').check();
  await chooseGround(page);
}

async function openCheckout(page) {
  await open(page, CART, { CAB19: 12 });
  await page.goto(CHECKOUT);
  await fill(page);
}

/** The demo store whose case discount is a new one, of which there are so many. */
async function publishCases(request, orders) {
  const id = `d-case-${crypto.randomUUID()}`;
  const store = demo();
  Object.assign(store.discounts.find((discount) => discount.id === 'd-case'), { id, usageLimit: { type: 'perStore', orders } });
  for (const set of store.promotionSets) set.discounts = set.discounts.map((member) => (member === 'd-case' ? id : member));
  await publish(request, store);
  return id;
}

async function uses(request, id) {
  const answer = await request.get(`${url}/admin/api/discounts?q=${id}`, { headers: ADMIN });
  return (await answer.json()).discounts[0].uses;
}

/** Somebody else takes a case: an order by the shop's server. */
async function takeOne(request) {
  const made = await request.post(`${url}/admin/api/server-keys`, { headers: ADMIN, data: { title: 'The till' } });
  const { id, secret } = await made.json();
  const order = { reference: crypto.randomUUID(), cart: { lines: [{ sku: 'CAB19', quantity: 12 }], channel: 'pos' } };
  const answer = await request.post(`${url}/v1/orders`, { headers: { Authorization: `Bearer ${secret}` }, data: order });
  expect(answer.status(), await answer.text()).toBe(201);
  await request.delete(`${url}/admin/api/server-keys/${id}`, { headers: ADMIN });
}

const cartCount = (page) => page.locator('[data-cart-count]');

test('a purchase: reserved, paid, thanked for, and called off', async ({ page, request }) => {
  const id = await publishCases(request, 5);
  await openCheckout(page);
  await expect(placeOrder(page)).toHaveText('Place order · $319.20');
  await placeOrder(page).click();
  await page.waitForURL('**/demo/order/**');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
  await expect(page.locator('.totals .total').last()).toHaveText('$319.20');
  await expect(page.getByText('ada@example.com')).toBeVisible();
  await expect(cartCount(page)).toHaveAttribute('data-count', '0');
  expect(await uses(request, id)).toEqual({ held: 0, spent: 1 });

  await page.getByRole('button', { name: 'Call off this order' }).click();
  await page.getByRole('button', { name: 'Yes, call it off' }).click();
  await expect(page.getByText('all its money is on its way back to you')).toBeVisible();
  expect(await uses(request, id)).toEqual({ held: 0, spent: 0 });
});

test('how it gets to the shopper is chosen before anything is ordered', async ({ page }) => {
  await open(page, CART, { CAB19: 12 });
  await page.goto(CHECKOUT);
  const total = page.locator('[data-summary] .totals .total').last();
  await expect(total).toHaveText('$307.20');
  for (const [field, text] of Object.entries(ADDRESS)) await page.locator(field).fill(text);
  await page.getByLabel('I am 21 or older').check();
  await placeOrder(page).click();
  await expect(page.locator('[data-fault="delivery"]')).toHaveText('Choose how it gets to you.');
  await expect(page.getByLabel(/^Ground/)).toBeFocused();
  for (const [service, amount] of [['Two-day', '$335.20'], ['Ground', '$319.20']]) {
    await page.getByLabel(new RegExp(`^${service}`)).check();
    await expect(total).toHaveText(amount);
    await expect(page.locator('[data-summary] .totals')).toContainText(service);
  }
  await expect(page.locator('[data-fault="delivery"]')).toBeEmpty();
  await placeOrder(page).click();
  await page.waitForURL('**/demo/order/**');
  await expect(page.locator('.totals .total').last()).toHaveText('$319.20');
});

test('what another tab does to the cart is at the checkout too', async ({ page, context }) => {
  await openCheckout(page);
  const other = await context.newPage();
  await other.goto(CART);
  await other.evaluate(() => window.Farthing.ready.then(() => window.Farthing.cart.update('CAB19', 1)));
  await expect(placeOrder(page)).toHaveText('Place order · $44.00');
  await other.evaluate(() => window.Farthing.cart.clear());
  await expect(page.locator('[data-summary]')).toHaveText(/Your cart is empty/);
});

test('a double click is one order and one use', async ({ page, request }) => {
  const id = await publishCases(request, 5);
  await openCheckout(page);
  await placeOrder(page).dblclick();
  await page.waitForURL('**/demo/order/**');
  expect(await uses(request, id)).toEqual({ held: 0, spent: 1 });
});

test('two tabs are one order and one use', async ({ page, context, request }) => {
  const id = await publishCases(request, 5);
  await openCheckout(page);
  const other = await context.newPage();
  await other.goto(CHECKOUT);
  await fill(other);
  await Promise.all([placeOrder(page).click(), placeOrder(other).click()]);
  await Promise.all([page.waitForURL('**/demo/order/**'), other.waitForURL('**/demo/order/**')]);
  expect(new URL(page.url()).searchParams.get('reference')).toBe(new URL(other.url()).searchParams.get('reference'));
  expect(await uses(request, id)).toEqual({ held: 0, spent: 1 });
});

test('the back button leads to the paid order, not to a second one', async ({ page, request }) => {
  const id = await publishCases(request, 5);
  await openCheckout(page);
  await placeOrder(page).click();
  await page.waitForURL('**/demo/order/**');
  const reference = new URL(page.url()).searchParams.get('reference');
  await page.goBack();
  await page.waitForURL(`**/demo/order/?reference=${reference}`);
  await expect(page.getByText('It is paid')).toBeVisible();
  expect(await uses(request, id)).toEqual({ held: 0, spent: 1 });
});

test('a limit that runs out in between is told with its reason, and has to be agreed to', async ({ page, request }) => {
  const id = await publishCases(request, 1);
  await openCheckout(page);
  await expect(placeOrder(page)).toHaveText('Place order · $319.20');
  await takeOne(request);
  await placeOrder(page).click();
  const news = page.locator('.changed');
  await expect(news).toBeFocused();
  await expect(news).toContainText('An offer in your cart has just been used up.');
  await expect(news).toContainText('“Case discount” no longer comes off.');
  await expect(news).toContainText('The total was $319.20 and is now $338.40.');
  expect(page.url()).toContain(CHECKOUT);
  await placeOrder(page).click();
  await page.waitForURL('**/demo/order/**');
  await expect(page.locator('.totals .total').last()).toHaveText('$338.40');
  expect(await uses(request, id)).toEqual({ held: 1, spent: 0 });
});

test('a declined card gives the use back, and another card pays', async ({ page, request }) => {
  const id = await publishCases(request, 5);
  await openCheckout(page);
  await page.getByLabel('Visa ending in 0002').check();
  await placeOrder(page).click();
  await expect(page.locator('#card-fault')).toHaveText('The bank declined this card. Nothing was charged; try another.');
  expect(await uses(request, id)).toEqual({ held: 0, spent: 0 });
  await page.getByLabel('Visa ending in 4242').check();
  await placeOrder(page).click();
  await page.waitForURL('**/demo/order/**');
  expect(await uses(request, id)).toEqual({ held: 0, spent: 1 });
});

test('a member signs in, sees the club’s price everywhere, and pays it', async ({ page }) => {
  await open(page, CART, { CAB19: 1 });
  const total = page.locator('farthing-cart .total [part="amount"]');
  await expect(total).toHaveText('$32.00');
  await page.locator('[data-account] summary').click();
  await page.getByRole('button', { name: /Irene Adler/ }).click();
  await expect(page.locator('[data-account] summary')).toHaveText('Irene Adler');
  await expect(total).toHaveText('$28.80');
  await page.goto(CHECKOUT);
  await expect(placeOrder(page)).toHaveText('Place order · $28.80');
  await expect(page.locator('#email')).toHaveValue('irene@example.com');
  for (const [field, text] of Object.entries(ADDRESS).slice(1)) await page.locator(field).fill(text);
  await page.getByLabel('I am 21 or older').check();
  await chooseGround(page);
  await placeOrder(page).click();
  await page.waitForURL('**/demo/order/**');
  await expect(page.getByText('Cellar Club price')).toHaveCount(2);
  await expect(page.locator('.totals .total').last()).toHaveText('$40.80');
});

test('the checkout by the keyboard alone', async ({ page }) => {
  await open(page, CART, { CAB19: 1 });
  await page.goto(CHECKOUT);
  await expect(placeOrder(page)).toHaveText(/\$/);
  await page.locator('#email').focus();
  for (const text of ['ada@example.com', '', 'Ada Lovelace', '221 Baker Street', '', 'San Francisco', 'CA', '94110']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-summary] .totals')).toContainText('Two-day');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Visa ending in 4242')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(placeOrder(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/demo/order/**');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
});

test('checkout and order have no accessibility fault that a machine finds', async ({ page }) => {
  test.setTimeout(120_000);
  await openCheckout(page);
  await page.locator('[data-account] summary').click();
  await isAccessible(page);
  await page.locator('[data-account] summary').click();
  await placeOrder(page).click();
  await page.waitForURL('**/demo/order/**');
  await expect(page.getByRole('button', { name: 'Call off this order' })).toBeVisible();
  await isAccessible(page);
});
