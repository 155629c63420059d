// GET /admin/api/orders
import { admin, answer, expect, good, invalid, test } from './calls.mjs';
import { CASE, CODES, act, order, reserve, reserved, unique, unlinked } from './checkout.mjs';

const STATUSES = ['reserved', 'committed', 'released', 'expired', 'cancelled', 'refunded'];

async function list(request, query = '') {
  return answer(await admin(request, 'GET', `orders${query}`), CODES);
}

/** The newest orders of the list, once it has heard of all that was done. */
async function newest(request, count, query = '') {
  return (await list(request, `?limit=${count}${query}`)).body.orders;
}

test('has each order as it stands, the latest first', async ({ request, server }) => {
  const orders = [];
  for (let at = 0; at < 3; at += 1) orders.unshift(await reserved(request, server));
  await expect.poll(() => newest(request, 3)).toEqual(orders.map(unlinked));
  const { body } = await answer(await act(request, server, orders[1].reference, 'commit'));
  await expect.poll(async () => (await newest(request, 3))[1]).toEqual(unlinked(body));
  await act(request, server, orders[1].reference, 'refund', { id: 'a', amount: '2.00' });
  await act(request, server, orders[0].reference, 'release');
  const now = await Promise.all(
    orders.map(async ({ reference }) => unlinked((await order(request, server, reference)).body)),
  );
  expect(now.map(({ status, refunded }) => [status, refunded])).toEqual([
    ['released', '0.00'],
    ['committed', '2.00'],
    ['reserved', '0.00'],
  ]);
  await expect.poll(() => newest(request, 3)).toEqual(now);
});

test('has a customer and what was changed', async ({ request, server }) => {
  const customer = { id: 'c-1', email: `${unique()}@example.com` };
  const made = await reserved(request, server, { ...CASE, customer });
  await expect.poll(async () => (await newest(request, 1))[0]).toEqual(unlinked(made));
});

test('is of one status where it is asked', async ({ request, server }) => {
  const { reference } = await reserved(request, server);
  await act(request, server, reference, 'commit');
  await act(request, server, reference, 'release', { reason: 'cancelled' });
  await expect.poll(async () => (await newest(request, 1, '&status=cancelled'))[0]?.reference).toBe(reference);
  for (const status of STATUSES) {
    const { body } = await list(request, `?limit=200&status=${status}`);
    expect(body.orders.filter((order) => order.status !== status)).toEqual([]);
  }
  expect(await list(request, '?status=expired')).toEqual(good({ orders: [], nextCursor: null }));
  expect(await list(request, '?status=paid')).toEqual(invalid(['/status', 'unknownVariant']));
});

test('goes on from page to page', async ({ request, server }) => {
  const made = await Promise.all(Array.from({ length: 5 }, () => reserved(request, server)));
  const references = made.map(({ reference }) => reference).sort();
  const seen = async () => (await newest(request, 5)).map(({ reference }) => reference).sort();
  await expect.poll(seen).toEqual(references);
  const paged = [];
  let cursor = '';
  while (paged.length < 5) {
    const { body } = await list(request, `?limit=2${cursor}`);
    paged.push(...body.orders);
    cursor = `&cursor=${body.nextCursor}`;
  }
  expect(new Set(paged.map(({ reference }) => reference)).size).toBe(6);
  expect(paged.slice(0, 5).map(({ reference }) => reference).sort()).toEqual(references);
  const times = paged.map(({ reservedAt }) => Date.parse(reservedAt));
  expect(times).toEqual([...times].sort((a, b) => b - a));
});

test('an order that is reserved again comes up again', async ({ request, server }) => {
  const [first, second] = [await reserved(request, server), await reserved(request, server)];
  const asked = { reference: first.reference, cart: CASE, replace: true };
  const { body } = await answer(await reserve(request, server, asked));
  await expect.poll(() => newest(request, 2)).toEqual([unlinked(body), unlinked(second)]);
});
