// GET /v1/snapshot
import {
  ADMIN,
  KEY,
  answer,
  demo,
  expect,
  good,
  importStore,
  invalid,
  restore,
  sendJson,
  test,
  version,
  withKey,
  withoutNulls,
} from './calls.mjs';

const PATH = withKey('/v1/snapshot');

function runsNow({ startsAt, endsAt }) {
  const [now, begin, end] = [Date.now(), startsAt && Date.parse(startsAt), endsAt && Date.parse(endsAt)];
  return (!begin || begin <= now) && (!end || now < end);
}

/** Worked out here a second time: what of a store file a guest may see. */
function visible(store) {
  const discounts = store.discounts.filter(
    (discount) =>
      discount.enabled !== false &&
      discount.kind.type === 'promotion' &&
      (discount.audience ?? { type: 'everyone' }).type === 'everyone' &&
      runsNow(discount),
  );
  const ids = discounts.map(({ id }) => id);
  return {
    version: expect.stringMatching(/^sha256-[0-9a-f]{64}$/),
    store: store.store,
    shippingServices: store.shippingServices,
    discounts: discounts.map(withoutNulls),
    promotionSets: store.promotionSets.map(({ id, discounts }) => ({
      id,
      title: id,
      discounts: discounts.filter((member) => ids.includes(member)),
    })),
  };
}

test('shows what a guest may see, and nothing else', async ({ request }) => {
  const response = await request.get(PATH);
  const expected = visible(demo());
  // The demo has some of each, or this test would be about nothing.
  expect(expected.discounts.length).toBeGreaterThan(5);
  expect(expected.discounts.length).toBeLessThan(demo().discounts.length);
  expect(await answer(response)).toEqual(good(expected));
});

test('names no coupon, no set, no other audience', async ({ request }) => {
  const body = await (await request.get(PATH)).text();
  const { discounts, promotionSets } = demo();
  const hidden = [
    ...promotionSets.map(({ title }) => title),
    ...discounts
      .filter(({ kind }) => kind.type === 'coupon')
      .flatMap(({ id, title, kind }) => [id, title, kind.code]),
    ...discounts.filter(({ audience }) => audience.type !== 'everyone').flatMap(({ id, title }) => [id, title]),
    'coupon',
    'upgrade',
    'cellar-club',
  ];
  expect(hidden.filter((text) => body.includes(text))).toEqual([]);
});

test('is shared for half a minute, told apart by its tag', async ({ request }) => {
  const response = await request.get(PATH);
  const { etag } = response.headers();
  expect(etag).toMatch(/^"sha256-[0-9a-f]{64}"$/);
  expect(response.headers()['cache-control']).toBe('public, max-age=30, stale-while-revalidate=300');
  for (const held of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await request.get(PATH, { headers: { 'If-None-Match': held } });
    expect([again.status(), await again.text(), again.headers().etag], held).toEqual([304, '', etag]);
  }
  const other = await request.get(PATH, { headers: { 'If-None-Match': '"other"' } });
  expect(other.status()).toBe(200);
});

test('has the version that quotes and products have', async ({ request }) => {
  const { body: snapshot } = await answer(await request.get(PATH));
  const { body: products } = await answer(await request.get(withKey('/v1/products', '&sku=CAB19')));
  const cart = { lines: [{ sku: 'CAB19', quantity: 1 }] };
  const { body: quote } = await answer(await sendJson(request, withKey('/v1/quotes'), cart));
  expect([products.snapshotVersion, quote.snapshotVersion]).toEqual([snapshot.version, snapshot.version]);
});

test.describe('after a change', () => {
  test.afterEach(({ request }) => restore(request));

  test('a rule that a merchant switches off is gone with the next request', async ({ request }) => {
    const before = await request.get(PATH);
    const store = demo();
    store.discounts.find(({ id }) => id === 'd-case').enabled = false;
    await importStore(request, store);
    const after = await request.get(PATH, { headers: { 'If-None-Match': before.headers().etag } });
    expect(await answer(after)).toEqual(good(visible(store)));
    expect(after.headers().etag).not.toBe(before.headers().etag);
  });

  test('a rule appears when it begins and goes when it ends', async ({ request }) => {
    const store = demo();
    const [begins, ends] = [1_500, 3_000].map((millis) => new Date(Date.now() + millis).toISOString());
    const rule = store.discounts.find(({ id }) => id === 'd-case');
    Object.assign(rule, { startsAt: begins, endsAt: ends });
    await importStore(request, store);
    const seen = async () => {
      const response = await request.get(PATH);
      const { discounts } = await response.json();
      return [discounts.some(({ id }) => id === 'd-case'), response.headers().etag];
    };
    const [before, beforeTag] = await seen();
    await expect.poll(async () => (await seen())[0]).toBe(true);
    const [, duringTag] = await seen();
    await expect.poll(async () => (await seen())[0]).toBe(false);
    const [, afterTag] = await seen();
    expect([before, duringTag === beforeTag, afterTag === beforeTag]).toEqual([false, false, true]);
  });

  test('a new name of the store is told, though no price hangs on it', async ({ request }) => {
    const before = await version(request);
    const store = demo();
    store.store.name = 'Baker Street & Daughters';
    await importStore(request, store);
    const { body } = await answer(await request.get(PATH));
    expect([body.store.name, body.version]).toEqual([store.store.name, before]);
  });
});

test('a key of another shop page sees the same', async ({ request }) => {
  const other = 'pk_another_page';
  await sendJson(request, `/admin/api/site-keys/${other}`, { origins: [] }, { method: 'PUT', headers: ADMIN });
  const [ours, theirs] = [KEY, other].map((key) => request.get(`/v1/snapshot?key=${key}`));
  expect((await theirs).headers().etag).toBe((await ours).headers().etag);
});

test('is told to a page in the form that its engine takes', async ({ request }) => {
  const response = await request.get(`${PATH}&form=compact`);
  const { 'content-type': type, etag } = response.headers();
  expect([response.status(), type]).toEqual([200, 'text/plain; charset=utf-8']);
  const text = await response.text();
  const hash = await version(request);
  expect(text.startsWith(`1;${hash.length};${hash}`), text.slice(0, 100)).toBe(true);
  for (const { title } of visible(demo()).discounts) expect(text).toContain(title);
  // Each form has a tag of its own.
  expect((await request.get(PATH)).headers().etag).not.toBe(etag);
  expect((await request.get(`${PATH}&form=compact`, { headers: { 'If-None-Match': etag } })).status()).toBe(304);
});

test('a form that there is not is named', async ({ request }) => {
  expect(await answer(await request.get(`${PATH}&form=xml`))).toEqual(invalid(['/form', 'wrongType']));
});
