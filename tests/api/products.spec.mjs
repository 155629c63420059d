// GET /v1/products
import { answer, demo, expect, good, invalid, test, version, withKey } from './calls.mjs';

function path(...skus) {
  return withKey('/v1/products', skus.map((sku) => `&sku=${encodeURIComponent(sku)}`).join(''));
}

/** What of a product in the store file is for everyone. */
function facts({ sku, title, price, compareAt = null, departments = [], collections = [], discountable = true }) {
  return { sku, title, price, compareAt, departments, collections, discountable };
}

test('gives the facts of the SKUs asked for, in the order asked, each once', async ({ request }) => {
  const [first, second] = demo().products;
  const response = await request.get(path(second.sku, first.sku, second.sku));
  const expected = {
    snapshotVersion: await version(request),
    products: [facts(second), facts(first)],
    unknown: [],
  };
  expect(await answer(response)).toEqual(good(expected));
});

test('gives every product of the store', async ({ request }) => {
  const { products } = demo();
  const { status, body } = await answer(await request.get(path(...products.map(({ sku }) => sku))));
  expect([status, body.products, body.unknown]).toEqual([200, products.map(facts), []]);
  // Those that no discount touches are told as such.
  expect(body.products.some(({ discountable }) => !discountable)).toBe(true);
});

test('says which SKUs the store does not have', async ({ request }) => {
  const unknown = ['NOPE', 'cab19', 'CAB19 ', '', "'; DROP TABLE products; --", '\u0000', '🍷', 'x'.repeat(300)];
  const { status, body } = await answer(await request.get(path(...unknown, 'CAB19')));
  expect([status, body.unknown, body.products.map(({ sku }) => sku)]).toEqual([200, unknown, ['CAB19']]);
});

test('is shared for half a minute, told apart by its tag', async ({ request }) => {
  const response = await request.get(path('CAB19'));
  const { etag } = response.headers();
  expect(response.headers()['cache-control']).toBe('public, max-age=30, stale-while-revalidate=300');
  const again = await request.get(path('CAB19'), { headers: { 'If-None-Match': etag } });
  expect([again.status(), await again.text()]).toEqual([304, '']);
  const other = await request.get(path('HOUNDS'), { headers: { 'If-None-Match': etag } });
  expect(other.status()).toBe(200);
});

test('wants at least one SKU and at most a hundred', async ({ request }) => {
  expect(await answer(await request.get(path()))).toEqual(invalid(['/sku', 'missingParameter']));
  const skus = Array.from({ length: 100 }, (_, at) => `S${at}`);
  expect((await request.get(path(...skus))).status()).toBe(200);
  expect(await answer(await request.get(path(...skus, 'S0')))).toEqual(invalid(['/sku', 'tooManySkus']));
});

test('are told to a page in the form that its engine takes', async ({ request }) => {
  const [{ sku, title, price }] = demo().products;
  const response = await request.get(`${path(sku, 'NOPE')}&form=compact`);
  expect([response.status(), response.headers()['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
  const hash = await version(request);
  const [text, minor] = [(value) => `${value.length};${value}`, `${price.replace('.', '')};`];
  expect(await response.text()).toMatch(new RegExp(`^1;${text(hash)}1;${text(sku)}${text(title)}${minor}`));
  expect(await answer(await request.get(`${path(sku)}&form=`))).toEqual(invalid(['/form', 'wrongType']));
});
