// POST /v1/orders, again and again: what is asked twice happens once, and what an order’s name may come to stand for.
import { answer, expect, problem, test } from './calls.mjs';
import { BOTTLE, CASE, act, halfOff, having, order, quoted, reserve, reserved, unique, uses } from './checkout.mjs';

for (const by of ['a quote', 'a cart']) {
  test(`the same by ${by} again is the same order, to the byte`, async ({ request, server }) => {
    const source = by === 'a quote' ? { quote: (await quoted(request, CASE)).token } : { cart: CASE };
    const reference = unique();
    const first = await (await reserve(request, server, { reference, ...source })).text();
    // The order of fields says nothing, and neither does a key of the call.
    for (const headers of [{}, { 'Idempotency-Key': reference }]) {
      const again = await reserve(request, server, { ...source, replace: false, reference }, headers);
      expect([again.status(), await again.text()]).toEqual([201, first]);
    }
    await act(request, server, reference, 'commit');
    const { body } = await answer(await reserve(request, server, { reference, ...source }));
    expect([body.status, body.revision]).toEqual(['committed', 2]);
  });
}

test('fifty at once are one order and one use', async ({ request, server }) => {
  const discount = halfOff({ usageLimit: { type: 'perStore', orders: 10 } });
  await having(request, [discount], async () => {
    for (const source of [{ cart: BOTTLE }, { quote: (await quoted(request, BOTTLE)).token }]) {
      const [before] = await uses(request, discount.id);
      const body = { reference: unique(), ...source };
      const replies = await Promise.all(Array.from({ length: 50 }, () => reserve(request, server, body)));
      const texts = await Promise.all(replies.map(async (reply) => `${reply.status()} ${await reply.text()}`));
      expect(new Set(texts).size).toBe(1);
      expect(texts[0]).toMatch(/^201 .*"revision":1,.*"total":"16.00"/);
      expect(await uses(request, discount.id)).toEqual([before + 1, 0]);
    }
  });
});

test('another cart under one reference is refused, unless it replaces the first', async ({ request, server }) => {
  const discount = halfOff({ usageLimit: { type: 'perStore', orders: 1 } });
  await having(request, [discount], async () => {
    const { reference } = await reserved(request, server);
    const other = { reference, cart: { lines: [{ sku: 'CAB19', quantity: 2 }] } };
    expect(await answer(await reserve(request, server, other))).toEqual(problem(409, 'orderExists'));
    expect((await order(request, server, reference)).body).toMatchObject({ revision: 1, total: '16.00' });
    // The use it has is its own: it has not run out for it.
    const replaced = await answer(await reserve(request, server, { ...other, replace: true }));
    expect(replaced.body).toMatchObject({ revision: 2, total: '32.00', changed: null });
    expect(await uses(request, discount.id)).toEqual([1, 0]);
    const books = { reference, cart: { lines: [{ sku: 'SCARLET', quantity: 1 }] }, replace: true };
    expect((await answer(await reserve(request, server, books))).body.revision).toBe(3);
    expect(await uses(request, discount.id)).toEqual([0, 0]);
  });
});

test('what is paid is not replaced, what came to nothing may be tried again', async ({ request, server }) => {
  const { reference } = await reserved(request, server);
  const other = { reference, cart: CASE, replace: true };
  await act(request, server, reference, 'release');
  expect(await answer(await reserve(request, server, other))).toMatchObject({
    status: 201,
    body: { status: 'reserved', revision: 3, total: '307.20', closedAt: null },
  });
  await act(request, server, reference, 'commit');
  const third = { reference, cart: BOTTLE, replace: true };
  expect(await answer(await reserve(request, server, third))).toEqual(problem(409, 'orderCommitted'));
  await act(request, server, reference, 'release', { reason: 'cancelled' });
  expect(await answer(await reserve(request, server, third))).toEqual(problem(409, 'orderClosed'));
});
