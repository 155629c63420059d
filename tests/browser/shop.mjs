// What the browser's tests share: the demo shop's pages, its store, and a way to change a rule and change it back.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { upgradeText } from '../support/compact.mjs';
import { adminToken, url } from '../support/environment.mjs';

export const KEY = 'pk_demo_bakerstreet';
export const CABERNET = '/demo/products/2019-cabernet-sauvignon/';
export const CART = '/demo/cart/';

const text = readFileSync(new URL('../../www/demo/store.json', import.meta.url), 'utf8');

/** A fresh copy of the demo store. */
export const demo = () => JSON.parse(text);

const ADMIN = { Authorization: `Bearer ${adminToken}` };

/** Publishes a store; it binds at once. */
export async function publish(request, store) {
  const answer = await request.post(`${url}/admin/api/import`, { data: store, headers: ADMIN });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** The tests of a file that change rules: whatever happens, the demo store is back afterwards. */
export function restoringTheStore() {
  test.afterEach(({ request }) => publish(request, demo()));
}

/** The demo store with one of its discounts changed. */
export function changed(id, change) {
  const store = demo();
  change(store.discounts.find((discount) => discount.id === id));
  return store;
}

/** A link to the offers of someone who bought this product elsewhere, once: by it a page recognises them. */
export async function buyerLink(request, customer, sku = 'HOUNDS') {
  const made = await request.post(`${url}/admin/api/server-keys`, { headers: ADMIN, data: { title: 'Orders made elsewhere' } });
  const { id, secret } = await made.json();
  const past = { reference: crypto.randomUUID(), paidAt: '2025-01-01T00:00:00Z', total: '12.00', customer, lines: [{ sku }] };
  const answer = await request.post(`${url}/v1/events/orders`, { headers: { Authorization: `Bearer ${secret}` }, data: past });
  await request.delete(`${url}/admin/api/server-keys/${id}`, { headers: ADMIN });
  return (await answer.json()).link;
}

/** Waits for the first totals. */
export const ready = (page) => page.evaluate(async () => {
  while (!window.Farthing?.ready) await new Promise((resolve) => setTimeout(resolve, 20));
  await window.Farthing.ready;
});

/** Opens a page of the shop with this many of each product in the cart. */
export async function open(page, path, lines = {}) {
  await page.goto(path);
  await ready(page);
  if (Object.keys(lines).length > 0) {
    const cart = Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity }));
    await page.evaluate((cart) => window.Farthing.cart.set(cart), cart);
  }
}

/** Every request of the page that reaches the API, in order, from now on. */
export function apiRequests(page) {
  const requests = [];
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === url && pathname.startsWith('/v1/') && pathname !== '/v1/embed.js') {
      requests.push(`${request.method()} ${pathname}`);
    }
  });
  return requests;
}

/** Every event of the widget, from now on: `await events()` has them as [name, detail]. */
export async function events(page) {
  await page.evaluate(() => {
    window.heard = [];
    for (const name of ['ready', 'cart-change', 'totals', 'coupon-applied', 'coupon-rejected', 'error', 'before-checkout']) {
      document.addEventListener(`farthing:${name}`, (event) => window.heard.push([name, event.detail]));
    }
  });
  return () => page.evaluate(() => window.heard);
}

/** A page of our own at the shop's origin: only what is given, and the one script tag. */
export async function ownPage(page, body, { path = '/own-page', tags = 1, policy, language = 'en' } = {}) {
  const tag = `<script async src="${url}/v1/embed.js" data-site-key="${KEY}"></script>`;
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Own page</title>${tag.repeat(tags)}</head><body>${body}</body></html>`;
  await page.route(`**${path}`, (route) => route.fulfill({
    contentType: 'text/html',
    headers: policy ? { 'Content-Security-Policy': policy } : {},
    body: html,
  }));
  await page.goto(path);
}

/** The cart and what is looked for in it. Playwright sees into open shadow roots. */
export function cartOf(page) {
  const cart = page.locator('farthing-cart');
  return {
    cart,
    line: (sku) => cart.locator(`[data-sku="${sku}"]`),
    total: cart.locator('.total [part="amount"]'),
    saving: cart.locator('[part="saving"]'),
    code: cart.getByLabel('Discount code'),
    apply: cart.getByRole('button', { name: 'Apply' }),
    error: cart.locator('#code-error'),
    attached: cart.locator('[part="code"]'),
    checkOut: cart.getByRole('button', { name: 'Check out' }),
    panel: cart.locator('[part="changed"]'),
    spoken: cart.locator('[role="status"]'),
  };
}

const offer = (status, change) => ({
  upgrade: 'u-holmes', sku: 'SCARLET', order: 'A-1', title: 'A Study in Scarlet', message: 'Meet the man.',
  price: '14.00', offerPrice: '10.50', saving: '3.50', units: 1, endsAt: null, status, promotionSets: [],
  grant: status === 'open' ? 'g1.k1.a.b' : null,
  compact: status === 'open' ? upgradeText(demo().upgrades[0]) : null,
  ...change,
});

/** What `POST /v1/offers/session` answers to a buyer whose offers stand like this, each with what is else about it. */
export const session = (...standings) => ({
  order: null, currency: 'USD', snapshotVersion: 'sha256-0',
  offers: standings.map(([status, change = {}]) => offer(status, change)),
});

/** Answers for the edge: these offers to any pass, but to a link of `l1.dead`. */
export async function offersAre(page, answer) {
  await page.route(/\/v1\/offers\/session\?/, (route) => {
    const { link } = route.request().postDataJSON();
    const dead = { status: 422, json: { code: 'invalidLink', detail: 'no link' } };
    return route.fulfill(link === 'l1.dead' ? dead : { json: answer });
  });
}

/** At the checkout: the ground service, until it is in the order. */
export async function chooseGround(page) {
  await page.getByLabel(/^Ground/).check();
  await expect(page.locator('[data-summary] .totals')).toContainText('Ground');
}
