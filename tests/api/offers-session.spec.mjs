// POST /v1/offers/session, and what its grants are worth in POST /v1/quotes and POST /v1/orders
import { answer, demo, expect, good, importStore, invalid, problem, refusesBadBodies, restore, sendJson, test, withKey } from './calls.mjs';
import { OFFER, OFFERED, TRIGGER, address, bought, lines, offer, redeemed, redeeming, session } from './buyers.mjs';
import { act, order, quoted, reserve, reserved, unique } from './checkout.mjs';
import { upgradeText } from '../support/compact.mjs';

const PATH = '/v1/offers/session';
const grant = expect.stringMatching(/^g1\./);

test('tells the buyer of a paid order what it has earned', async ({ request, server }) => {
  const { link, reference } = await bought(request, server);
  const { status, body } = await session(request, { link });
  expect(status).toBe(200);
  const [upgrade] = demo().upgrades;
  expect(body).toEqual({
    snapshotVersion: expect.stringMatching(/^sha256-/),
    currency: 'USD',
    order: { reference, status: 'committed', lines: [expect.objectContaining({ sku: TRIGGER, quantity: 1 })] },
    offers: [
      {
        upgrade: 'u-holmes',
        sku: OFFERED,
        order: reference,
        title: 'A Study in Scarlet',
        message: upgrade.message,
        price: '14.00',
        offerPrice: '10.50',
        saving: '3.50',
        units: 1,
        endsAt: null,
        status: 'open',
        grant,
        compact: upgradeText({ id: 'u-holmes', triggers: [TRIGGER], offers: upgrade.offers, message: upgrade.message }),
        promotionSets: ['s-thanks'],
      },
    ],
  });
});

test('a trigger that is not paid earns nothing yet', async ({ request, server }) => {
  const { link } = await reserved(request, server, { lines: lines(TRIGGER) });
  expect(await offer(request, { link })).toMatchObject({ status: 'withdrawn', grant: null, compact: null });
  const { body } = await session(request, { link: (await bought(request, server, ['CAB19'])).link });
  expect(body.offers).toEqual([]);
});

test('an offer comes off as a discount of its own, once', async ({ request, server }) => {
  const { link, reference } = await bought(request, server);
  const open = await offer(request, { link });
  const quote = await redeeming(request, [open.grant]);
  expect(quote).toMatchObject({
    total: '10.50',
    applied: [{ discount: OFFER, title: 'Upgrade offer', productAmount: '3.50' }],
    grants: [{ upgrade: 'u-holmes', sku: OFFERED, order: reference, status: 'open' }],
  });
  const sold = await redeemed(request, server, open.grant);
  expect(sold).toMatchObject({ total: '10.50', changed: null });
  expect(await offer(request, { link })).toMatchObject({ status: 'redeemed', grant: null, compact: null });
  const again = await redeeming(request, [open.grant]);
  expect(again).toMatchObject({ total: '14.00', grants: [{ status: 'redeemed' }] });
});

test('a quote that was made before the offer was redeemed says what became of it', async ({ request, server }) => {
  const { link } = await bought(request, server);
  const { grant } = await offer(request, { link });
  const quote = await redeeming(request, [grant]);
  await redeemed(request, server, grant);
  const late = await answer(await reserve(request, server, { reference: unique(), quote: quote.token }));
  expect([late.status, late.body.total]).toEqual([201, '14.00']);
  expect(late.body.changed).toEqual({
    reason: 'redeemed',
    before: '10.50',
    after: '14.00',
    discounts: [{ discount: OFFER, title: 'Upgrade offer', reason: 'redeemed' }],
  });
});

test('of ten orders at once one redeems the offer', async ({ request, server }) => {
  const { link } = await bought(request, server);
  const { grant } = await offer(request, { link });
  const quotes = await Promise.all(Array.from({ length: 10 }, () => redeeming(request, [grant])));
  const orders = await Promise.all(
    quotes.map(async ({ token }) => answer(await reserve(request, server, { reference: unique(), quote: token }))),
  );
  expect(orders.map(({ body }) => body.total).sort()).toEqual(['10.50', ...Array(9).fill('14.00')]);
});

test('the order that redeemed it gives it back when it is called off', async ({ request, server }) => {
  const { link } = await bought(request, server);
  const { grant } = await offer(request, { link });
  for (const [verb, body] of [['release', { reason: 'failed' }], ['refund', { id: 'r' }], ['release', { reason: 'cancelled' }]]) {
    const { reference } = await redeemed(request, server, grant);
    expect((await offer(request, { link })).status).toBe('redeemed');
    if (body.reason !== 'failed') await act(request, server, reference, 'commit');
    expect((await act(request, server, reference, verb, body)).status()).toBe(200);
    expect((await offer(request, { link })).status).toBe('open');
  }
});

test('refunding the trigger withdraws what is not redeemed', async ({ request, server }) => {
  const { link, reference } = await bought(request, server);
  const { grant } = await offer(request, { link });
  const quote = await redeeming(request, [grant]);
  await act(request, server, reference, 'refund', { id: 'part', amount: '1.00' });
  expect((await offer(request, { link })).status).toBe('open');
  await act(request, server, reference, 'refund', { id: 'rest' });
  expect((await offer(request, { link })).status).toBe('withdrawn');
  expect(await redeeming(request, [grant])).toMatchObject({ total: '14.00', grants: [{ status: 'withdrawn' }] });
  const late = await answer(await reserve(request, server, { reference: unique(), quote: quote.token }));
  expect(late.body).toMatchObject({ total: '14.00', changed: { reason: 'withdrawn' } });
});

test('a buyer of two has two, one after the other', async ({ request, server }) => {
  const email = address();
  const [first, second] = [await bought(request, server, [TRIGGER], email), await bought(request, server, [TRIGGER], email)];
  await expect.poll(async () => (await session(request, { link: first.link })).body.offers.length).toBe(1);
  const open = await offer(request, { link: first.link });
  await redeemed(request, server, open.grant);
  // The other order's is still there, as soon as the database has that order.
  await expect.poll(async () => (await offer(request, { link: first.link })).order).toBe(second.reference);
  const next = await offer(request, { link: first.link });
  expect((await redeemed(request, server, next.grant)).total).toBe('10.50');
  expect((await offer(request, { link: second.link })).status).toBe('redeemed');
});

test('the shop can say who the buyer is', async ({ request, server }) => {
  const email = address();
  await bought(request, server, [TRIGGER], email);
  const { body } = await answer(await sendJson(request, '/v1/customers/token', { email }, { headers: server.headers }));
  await expect.poll(async () => (await session(request, { customerToken: body.token })).body.offers[0]?.status).toBe('open');
});

test('an offer has its time', async ({ request, server }) => {
  const { link } = await bought(request, server);
  const store = demo();
  const standing = async (window) => {
    Object.assign(store.upgrades[0], window);
    expect((await importStore(request, store)).status()).toBe(200);
    return offer(request, { link });
  };
  const [past, future] = ['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'];
  try {
    expect(await standing({ startsAt: future })).toMatchObject({ status: 'notStarted', grant: null });
    expect(await standing({ startsAt: null, endsAt: past })).toMatchObject({ status: 'ended', grant: null, endsAt: past });
    const open = await standing({ endsAt: future });
    expect(open).toMatchObject({ status: 'open', endsAt: future });
    store.upgrades = [];
    store.promotionSets = store.promotionSets.filter(({ id }) => id !== 's-thanks');
    await importStore(request, store);
    expect(await redeeming(request, [open.grant])).toMatchObject({ total: '14.00', grants: [{ status: 'gone' }] });
  } finally {
    await restore(request);
  }
});

test('a grant is the edge’s own, and of one store', async ({ request, server }) => {
  const { link } = await bought(request, server);
  const open = await offer(request, { link });
  const quote = (grants) => sendJson(request, withKey('/v1/quotes'), { lines: lines(OFFERED), grants });
  for (const [at, forged] of [`${open.grant}x`, open.grant.replace('g1', 'l1'), link, ''].entries()) {
    const reply = await answer(await quote([open.grant, forged]));
    expect(reply, String(at)).toEqual(invalid(['/grants/1', 'invalidGrant']));
  }
  expect(await answer(await quote([{ upgrade: 'u-holmes', sku: OFFERED }]))).toEqual(invalid(['/grants/0', 'wrongType']));
  expect(await answer(await quote(Array(101).fill(open.grant)))).toEqual(invalid(['/grants', 'tooManyGrants']));
});

test('one order keeps its offer when it is repeated', async ({ request, server }) => {
  const { link } = await bought(request, server);
  const { grant } = await offer(request, { link });
  const quote = await redeeming(request, [grant]);
  const asked = { reference: unique(), quote: quote.token };
  const [first, second] = [await reserve(request, server, asked), await reserve(request, server, asked)];
  expect(await answer(second)).toEqual(await answer(first));
  expect((await order(request, server, asked.reference)).body.total).toBe('10.50');
});

/** The reservation of one offered product by a cart of the shop's own records. */
async function sold(request, server, ...grants) {
  const cart = { lines: lines(OFFERED), grants: grants.map((more) => ({ upgrade: 'u-holmes', sku: OFFERED, ...more })) };
  return answer(await reserve(request, server, { reference: unique(), cart }));
}

test('a cart of the shop’s own redeems an offer by the order that earned it, once', async ({ request, server }) => {
  const { link, reference } = await bought(request, server);
  const first = await sold(request, server, { order: reference });
  expect(first.body).toMatchObject({ total: '10.50', changed: null, quote: { applied: [{ discount: OFFER }] } });
  expect((await offer(request, { link })).status).toBe('redeemed');
  const second = await sold(request, server, { order: reference });
  expect(second.body).toMatchObject({ total: '14.00', changed: { reason: 'redeemed' } });
});

test('a cart of the shop’s own names the order that earned an offer', async ({ request, server }) => {
  const { reference } = await bought(request, server);
  const nameless = await sold(request, server, { order: reference }, {});
  expect(nameless).toEqual(invalid(['/cart/grants/1/order', 'missingField']));
  const quote = await quoted(request, { lines: lines(OFFERED) });
  const cart = { lines: lines(OFFERED), grants: [{ upgrade: 'u-holmes', sku: OFFERED }] };
  const beside = await answer(await reserve(request, server, { reference: unique(), quote: quote.token, cart }));
  expect(beside, 'what was quoted has its own').toEqual(invalid(['/cart/grants', 'unknownField']));
});

test('an order without a trigger, or none at all, has earned nothing', async ({ request, server }) => {
  const [earning, other] = [await bought(request, server), await bought(request, server, ['CAB19'])];
  for (const order of [other.reference, unique()]) {
    const reply = await sold(request, server, { order: earning.reference }, { order });
    expect(reply, order).toEqual(invalid(['/cart/grants/1/order', 'invalidGrant']));
  }
  const unpaid = await reserved(request, server, { lines: lines(TRIGGER) });
  const early = await sold(request, server, { order: unpaid.reference });
  expect(early.body).toMatchObject({ total: '14.00', changed: { reason: 'withdrawn' } });
  const gone = await sold(request, server, { upgrade: 'u-nothing', order: earning.reference });
  expect(gone).toEqual(invalid(['/cart/grants/0', 'unknownGrant']));
  expect((await sold(request, server, { order: earning.reference })).body.total).toBe('10.50');
});

test('a pass must be one, and a good one', async ({ request }) => {
  for (const pass of [{}, { link: 'l1.a', visit: 'v1.a' }]) {
    expect(await session(request, pass)).toEqual(invalid(['', 'missingField']));
  }
  expect(await session(request, { link: 'l1.k.a.b' })).toEqual(problem(422, 'invalidLink'));
  expect(await session(request, { visit: 'v1.k.a.b' })).toEqual(problem(422, 'invalidLink'));
  expect(await session(request, { customerToken: 'c1.k.a.b' })).toEqual(problem(401, 'invalidCustomerToken'));
  expect(await session(request, { link: 'l1', price: '1.00' })).toEqual(invalid(['/price', 'unknownField']));
});

refusesBadBodies(withKey(PATH), 256 * 1024);
