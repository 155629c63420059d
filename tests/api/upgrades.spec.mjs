// /admin/api/upgrades and /admin/api/upgrades/{id}
import { admin, answer, demo, expect, good, importStore, invalid, problem, refusesBadBodies, restore, ADMIN, test, withoutNulls } from './calls.mjs';
import { bought, lines, offer, redeemed, session } from './buyers.mjs';
import { unique } from './checkout.mjs';

const WINE = {
  triggers: ['CAB19'],
  offers: [{ sku: 'DECANT', value: { type: 'dollarOff', amount: '10.00', applies: 'oncePerOrder' } }],
  title: 'For a good bottle',
};

const none = { uses: { held: 0, spent: 0 } };

async function put(request, id, body) {
  return answer(await admin(request, 'PUT', `upgrades/${encodeURIComponent(id)}`, body));
}

async function get(request, id = '') {
  return answer(await admin(request, 'GET', `upgrades${id && `/${encodeURIComponent(id)}`}`));
}

test.afterEach(async ({ request }) => restore(request));

test('the list is the store’s, with how often each was redeemed', async ({ request, server }) => {
  const { body } = await get(request);
  expect(body.upgrades.map(({ uses, ...upgrade }) => withoutNulls(upgrade))).toEqual(withoutNulls(demo().upgrades));
  const before = body.upgrades[0].uses;
  const { grant } = await offer(request, { link: (await bought(request, server)).link });
  await redeemed(request, server, grant);
  const { uses } = (await get(request, 'u-holmes')).body;
  expect(uses).toEqual({ held: before.held + 1, spent: before.spent });
});

test('a new one is there for buyers from before', async ({ request, server }) => {
  const { link } = await bought(request, server, ['CAB19']);
  expect((await session(request, { link })).body.offers).toEqual([]);
  const id = unique();
  const made = good({ id, ...WINE, ...none });
  expect([await put(request, id, WINE), await get(request, id)]).toEqual([made, made]);
  expect(await offer(request, { link }, 'DECANT')).toMatchObject({ upgrade: id, status: 'open', saving: '10.00' });
  const changed = { ...WINE, title: 'For the bottle' };
  expect(await put(request, id, changed)).toEqual(good({ id, ...changed, ...none }));
  expect((await get(request)).body.upgrades.at(-1)).toMatchObject({ id, title: 'For the bottle' });
  expect((await admin(request, 'DELETE', `upgrades/${id}`)).status()).toBe(204);
  expect(await get(request, id)).toEqual(problem(404, 'notFound'));
  expect((await session(request, { link })).body.offers).toEqual([]);
});

test('is kept without what is null', async ({ request }) => {
  const id = unique();
  const made = await put(request, id, { ...WINE, id: null, message: null });
  expect([made.status, made.body.id]).toEqual([200, id]);
});

test('each fault has its place', async ({ request }) => {
  const faults = (more) => put(request, unique(), { ...WINE, ...more });
  expect(await faults({ id: 'x' })).toEqual(invalid(['/id', 'unknownField']));
  expect(await faults({ triggers: [] })).toEqual(invalid(['/triggers', 'emptyList']));
  expect(await faults({ triggers: ['CAB19', 'NONE'] })).toEqual(invalid(['/triggers/1', 'unknownSku']));
  const unknown = { ...WINE.offers[0], sku: 'NONE' };
  expect(await faults({ offers: [unknown] })).toEqual(invalid(['/offers/0/sku', 'unknownSku']));
  const free = { sku: 'DECANT', value: { type: 'percentOff', percent: '0' } };
  expect((await faults({ offers: [free] })).status).toBe(422);
  expect(await faults({ offers: [WINE.offers[0], WINE.offers[0]] })).toEqual(
    invalid(['/offers/1/sku', 'duplicateOffer']),
  );
  expect(await faults({ endsAt: '2020-01-01T00:00:00Z', startsAt: '2021-01-01T00:00:00Z' })).toMatchObject({ status: 422 });
});

test('a store that was never imported has none, and takes none', async ({ request }) => {
  expect((await answer(await admin(request, 'GET', 'upgrades?store=never'))).body).toEqual({ upgrades: [] });
  const asked = async (method, body) => answer(await admin(request, method, 'upgrades/u-wine?store=never', body));
  expect(await asked('PUT', WINE)).toEqual(problem(409, 'noSnapshot'));
  expect(await asked('DELETE')).toEqual(problem(404, 'notFound'));
});

test('one that a set names is not taken out', async ({ request }) => {
  const store = demo();
  store.promotionSets.push({ id: 's-holmes', title: 'Holmes', discounts: ['u-holmes', store.discounts[0].id] });
  expect((await importStore(request, store)).status()).toBe(200);
  expect(await answer(await admin(request, 'DELETE', 'upgrades/u-holmes'))).toEqual(problem(409, 'upgradeInSet'));
  expect((await get(request, 'u-holmes')).status).toBe(200);
});

refusesBadBodies('/admin/api/upgrades/test', 256 * 1024, { method: 'PUT', headers: ADMIN });
