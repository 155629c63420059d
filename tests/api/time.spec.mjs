// What ends by itself: quotes, reservations, customers' tokens, keys of calls. Each to the millisecond.
import {
  ADMIN,
  admin,
  answer,
  demo,
  expect,
  importStore,
  makeServer,
  problem,
  sendJson,
  withKey,
} from './calls.mjs';
import { BOTTLE, CASE, act, halfOff, having, order, quoted, reserve, reserved, unique, uses } from './checkout.mjs';
import { DAY, HOUR, MINUTE, test } from './clockwork.mjs';
import { Receiver, refusal } from './receiver.mjs';

const instant = (at) => new Date(at).toISOString().replace('.000Z', 'Z');

async function sell(request, server, quote, reference = unique()) {
  return answer(await reserve(request, server, { reference, quote }));
}

test('a quote is honoured for a quarter of an hour', async ({ request, server, clock }) => {
  const discount = halfOff();
  await having(request, [discount], async () => {
    const start = await clock(0);
    const [first, second] = [await quoted(request, BOTTLE), await quoted(request, BOTTLE)];
    expect([first.asOf, first.expiresAt]).toEqual([instant(start), instant(start + 15 * MINUTE)]);
    await clock(15 * MINUTE - 1);
    const sold = await sell(request, server, first.token, 'test-in-time');
    expect([sold.status, sold.body.total]).toEqual([201, '16.00']);
    await clock(15 * MINUTE);
    expect(await sell(request, server, second.token)).toEqual(problem(410, 'quoteExpired'));
    // The same call again is no new sale.
    expect(await sell(request, server, first.token, 'test-in-time')).toEqual(sold);
  });
});

test('a call whose quote is over gets its first answer, whatever that was', async ({ request, server, clock }) => {
  await clock(0);
  const { reference } = await reserved(request, server, CASE);
  const { token: quote } = await quoted(request, BOTTLE);
  const key = { 'Idempotency-Key': unique() };
  const ask = async (order, headers = key) => answer(await reserve(request, server, { reference, ...order }, headers));
  const first = await ask({ quote });
  expect(first).toEqual(problem(409, 'orderExists'));
  await clock(15 * MINUTE);
  expect(await ask({ quote })).toEqual(first);
  expect(await ask({ quote, replace: true })).toEqual(problem(422, 'keyReused'));
  // A call that nobody made before is told what stands against it now.
  for (const headers of [{}, { 'Idempotency-Key': unique() }]) {
    expect(await ask({ quote }, headers)).toEqual(problem(410, 'quoteExpired'));
  }
});

test('a reservation that ends gives its use to the very next order', async ({ request, server, clock }) => {
  const discount = halfOff({ usageLimit: { type: 'perStore', orders: 1 } });
  await having(request, [discount], async () => {
    const start = await clock(0);
    const first = await reserved(request, server);
    expect([first.total, first.expiresAt]).toEqual(['16.00', instant(start + 30 * MINUTE)]);
    await clock(30 * MINUTE - 1);
    expect((await reserved(request, server)).total).toBe('32.00');
    // Nobody asks for anything between this and the next, and no alarm has rung.
    await clock(30 * MINUTE);
    const next = await reserved(request, server);
    expect([next.total, next.changed]).toEqual(['16.00', null]);
    const { body } = await order(request, server, first.reference);
    expect(body).toMatchObject({ status: 'expired', expiresAt: null, closedAt: instant(start + 30 * MINUTE) });
    expect(await uses(request, discount.id)).toEqual([1, 0]);
    // Its payment comes too late; that of the next does not.
    const late = await answer(await act(request, server, first.reference, 'commit'));
    expect(late).toEqual(problem(409, 'reservationExpired'));
    await act(request, server, next.reference, 'commit');
    expect(await uses(request, discount.id)).toEqual([0, 1]);
  });
});

test('a payment that comes late is taken while its uses are left', async ({ request, server, clock }) => {
  const discount = halfOff({ usageLimit: { type: 'perStore', orders: 1 } });
  await having(request, [discount], async () => {
    await clock(0);
    const { reference } = await reserved(request, server);
    await clock(30 * MINUTE);
    expect(await answer(await act(request, server, reference, 'extend'))).toEqual(problem(409, 'reservationExpired'));
    const { body } = await answer(await act(request, server, reference, 'commit', { total: '16.00' }));
    expect([body.status, await uses(request, discount.id)]).toEqual(['committed', [0, 1]]);
  });
});

test('a reservation is extended for a day at most', async ({ request, server, clock }) => {
  const start = await clock(0);
  const { reference } = await reserved(request, server);
  const extend = async () => (await answer(await act(request, server, reference, 'extend'))).body;
  for (let at = 29 * MINUTE; at < DAY; at += 29 * MINUTE) {
    await clock(at);
    expect((await extend()).expiresAt).toBe(instant(start + Math.min(at + 30 * MINUTE, DAY)));
  }
  await clock(DAY - 1);
  expect((await order(request, server, reference)).body.status).toBe('reserved');
  await clock(DAY);
  expect((await order(request, server, reference)).body.status).toBe('expired');
});

test("a customer's token is good until its end", async ({ request, server, clock }) => {
  await clock(0);
  const customer = { id: 'c-9', clubs: ['cellar-club'] };
  const made = await sendJson(request, '/v1/customers/token', customer, { headers: server.headers });
  const customerToken = (await answer(made)).body.token;
  const price = async () => answer(await sendJson(request, withKey('/v1/quotes'), { ...BOTTLE, customerToken }));
  await clock(HOUR - 1);
  expect((await price()).body.total).toBe('28.80');
  await clock(HOUR);
  expect(await price()).toEqual(problem(401, 'customerTokenExpired'));
});

test('the secret before signs customers until its overlap ends', async ({ request, clock }) => {
  await clock(0);
  const server = await makeServer(request);
  const made = await sendJson(request, '/v1/customers/token', { id: 'c-9' }, { headers: server.headers });
  const customerToken = (await answer(made)).body.token;
  const price = async () => (await sendJson(request, withKey('/v1/quotes'), { ...BOTTLE, customerToken })).status();
  await admin(request, 'POST', `server-keys/${server.id}/rotate`, { overlapSeconds: 60 });
  await clock(MINUTE - 1);
  expect(await price()).toBe(200);
  await clock(MINUTE);
  expect(await price()).toBe(401);
});

test('orders of one moment are listed each once, page by page', async ({ request, clock }) => {
  const store = '?store=moment';
  await clock(0);
  await importStore(request, demo(), store);
  const server = await makeServer(request, store);
  const references = [];
  for (let at = 0; at < 5; at += 1) references.push((await reserved(request, server)).reference);
  const page = async (query) => (await answer(await admin(request, 'GET', `orders${store}${query}`))).body;
  await expect.poll(async () => (await page('')).orders.length, { timeout: 15_000 }).toBe(5);
  const listed = [];
  for (let cursor = ''; cursor !== null; ) {
    const { orders, nextCursor } = await page(`&limit=2${cursor}`);
    listed.push(...orders);
    cursor = nextCursor && `&cursor=${nextCursor}`;
  }
  expect(new Set(listed.map(({ reservedAt }) => reservedAt)).size).toBe(1);
  expect(listed.map(({ reference }) => reference)).toEqual(references.sort());
});

test('the key of a call of staff is kept for a day', async ({ request, clock }) => {
  await clock(0);
  const key = { ...ADMIN, 'Idempotency-Key': unique() };
  const switched = (verb) => admin(request, 'POST', `discounts/d-case/${verb}`, {}, key).then(answer);
  const first = await switched('stop');
  expect(first.status).toBe(200);
  await clock(DAY - 1);
  expect([await switched('stop'), await switched('resume')]).toEqual([first, problem(422, 'keyReused')]);
  await clock(DAY);
  expect(await switched('resume')).toMatchObject({ status: 200, body: { stopped: false } });
});

test('the key of a call is kept for a day', async ({ request, server, clock }) => {
  await clock(0);
  const key = { 'Idempotency-Key': unique() };
  const ask = async () => answer(await reserve(request, server, { reference: unique(), cart: BOTTLE }, key));
  expect((await ask()).status).toBe(201);
  await clock(DAY - 1);
  expect(await ask()).toEqual(problem(422, 'keyReused'));
  await clock(DAY);
  expect((await ask()).status).toBe(201);
});

test('the secret before signs for a day beside the new one', async ({ request, clock }) => {
  // A store of its own, where nothing waits to be told that has happened later.
  const store = '?store=yesterday';
  const receiver = await Receiver.open();
  try {
    // Before now, so that what is due by the shop's clock is sent at once.
    const yesterday = Date.now() - DAY - HOUR;
    await clock(0, yesterday);
    await importStore(request, demo(), store);
    const server = await makeServer(request, store);
    const asked = { url: receiver.url, events: ['order.committed'] };
    const { body: first } = await answer(await admin(request, 'POST', `webhooks${store}`, asked));
    const { body: second } = await answer(await admin(request, 'POST', `webhooks/${first.id}/rotate${store}`, {}));
    for (const [after, believed] of [
      [DAY - 1, [null, null]],
      [DAY, ['No matching signature found', null]],
    ]) {
      const now = await clock(after, yesterday);
      const { reference } = await reserved(request, server);
      await act(request, server, reference, 'commit');
      await expect.poll(() => receiver.about(reference).length, { timeout: 15_000 }).toBe(1);
      const [message] = receiver.about(reference);
      expect([first, second].map(({ secret }) => refusal(secret, message, now))).toEqual(believed);
    }
  } finally {
    await receiver.close();
  }
});
