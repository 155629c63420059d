// /v1/orders/{reference} and what becomes of it: commit, release, refund, extend
import { answer, expect, good, invalid, problem, refusesBadBodies, test } from './calls.mjs';
import { BOTTLE, CASE, act, halfOff, having, order, reserve, reserved, unique, uses } from './checkout.mjs';

const later = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

/** What can be done about an order. */
const DEEDS = {
  commit: ['commit', {}],
  release: ['release', {}],
  abandon: ['release', { reason: 'abandoned' }],
  cancel: ['release', { reason: 'cancelled' }],
  extend: ['extend', {}],
  refund: ['refund', { id: 'rest' }],
};

/** What is done to bring an order to a state, and what each deed then makes of it; a conflict changes nothing. */
const STATES = {
  reserved: [
    [],
    {
      commit: 'committed',
      release: 'released',
      abandon: 'released',
      cancel: 'released',
      extend: 'reserved',
      refund: 'orderNotCommitted',
    },
  ],
  committed: [
    ['commit'],
    {
      commit: 'committed',
      release: 'orderCommitted',
      abandon: 'orderCommitted',
      cancel: 'cancelled',
      extend: 'orderCommitted',
      refund: 'refunded',
    },
  ],
  released: [
    ['release'],
    {
      commit: 'orderClosed',
      release: 'released',
      abandon: 'released',
      cancel: 'released',
      extend: 'orderClosed',
      refund: 'orderClosed',
    },
  ],
  cancelled: [
    ['commit', 'cancel'],
    {
      commit: 'orderClosed',
      release: 'cancelled',
      abandon: 'cancelled',
      cancel: 'cancelled',
      extend: 'orderClosed',
      refund: 'orderClosed',
    },
  ],
  refunded: [
    ['commit', 'refund'],
    {
      commit: 'orderClosed',
      release: 'orderClosed',
      abandon: 'orderClosed',
      cancel: 'orderClosed',
      extend: 'orderClosed',
      // The same refund again.
      refund: 'refunded',
    },
  ],
};

const USES = { reserved: [1, 0], committed: [0, 1], released: [0, 0], cancelled: [0, 0], refunded: [0, 0] };

for (const [state, [path, outcomes]] of Object.entries(STATES)) {
  test(`what may become of an order that is ${state}`, async ({ request, server }) => {
    const discount = halfOff();
    await having(request, [discount], async () => {
      for (const [deed, outcome] of Object.entries(outcomes)) {
        const [held, spent] = await uses(request, discount.id);
        const { reference } = await reserved(request, server);
        for (const step of path) await act(request, server, reference, ...DEEDS[step]);
        const before = await order(request, server, reference);
        expect(before.body).toMatchObject({ status: state, total: '16.00', revision: path.length + 1 });
        const reply = await answer(await act(request, server, reference, ...DEEDS[deed]));
        const after = await order(request, server, reference);
        if (outcome in STATES) {
          expect([reply.status, reply.body.status], deed).toEqual([200, outcome]);
          expect(after, deed).toEqual(good(reply.body));
          const isChanged = outcome !== state || deed === 'extend';
          expect(after.body.revision - before.body.revision, deed).toBe(isChanged ? 1 : 0);
        } else {
          expect(reply, deed).toEqual(problem(409, outcome));
          expect(after, deed).toEqual(before);
        }
        const [moreHeld, moreSpent] = USES[after.body.status];
        expect(await uses(request, discount.id), deed).toEqual([held + moreHeld, spent + moreSpent]);
      }
    });
  });
}

test('an order that is not there', async ({ request, server }) => {
  for (const reference of [unique(), 'a%20b', 'é', 'x'.repeat(101), '%00']) {
    expect(await order(request, server, reference), reference).toEqual(problem(404, 'unknownOrder'));
    for (const [verb, body] of Object.values(DEEDS)) {
      expect(await answer(await act(request, server, reference, verb, body)), verb).toEqual(
        problem(404, 'unknownOrder'),
      );
    }
  }
});

test('a payment is for the total that was reserved', async ({ request, server }) => {
  const { reference } = await reserved(request, server, CASE);
  const commit = async (total) => answer(await act(request, server, reference, 'commit', { total }));
  for (const total of ['307.19', '384.00', '0.00']) {
    expect(await commit(total), total).toEqual(problem(409, 'totalMismatch'));
  }
  for (const [total, code] of [
    [307.2, 'wrongType'],
    ['-307.20', 'negativeAmount'],
    ['307.201', 'tooPrecise'],
    ['$307.20', 'invalidMoney'],
  ]) {
    expect(await commit(total), String(total)).toEqual(invalid(['/total', code]));
  }
  expect((await order(request, server, reference)).body.status).toBe('reserved');
  const { body } = await commit('307.20');
  expect(body).toMatchObject({ status: 'committed', committedAt: later, expiresAt: null, closedAt: null });
  expect((await commit('307.2')).body).toEqual(body);
  expect(await commit('307.19')).toEqual(problem(409, 'totalMismatch'));
});

test('money is given back in parts, each once', async ({ request, server }) => {
  const discount = halfOff();
  await having(request, [discount], async () => {
    const { reference } = await reserved(request, server);
    await act(request, server, reference, 'commit');
    const refund = async (id, amount) => {
      const { status, body } = await answer(await act(request, server, reference, 'refund', { id, amount }));
      return status === 200 ? [body.status, body.refunded] : [status, body.code];
    };
    expect(await refund('a', '10.00')).toEqual(['committed', '10.00']);
    expect(await refund('a', '10.00')).toEqual(['committed', '10.00']);
    expect(await refund('a', '9.00')).toEqual([409, 'refundExists']);
    expect(await refund('b', '6.01')).toEqual([409, 'refundTooLarge']);
    expect(await uses(request, discount.id)).toEqual([0, 1]);
    expect(await refund('b', '5.99')).toEqual(['committed', '15.99']);
    expect(await refund('c')).toEqual(['refunded', '16.00']);
    expect(await uses(request, discount.id)).toEqual([0, 0]);
    expect(await refund('c')).toEqual(['refunded', '16.00']);
    expect(await refund('a', '10.00')).toEqual(['refunded', '16.00']);
    // It was not all that was left.
    expect(await refund('a')).toEqual([409, 'refundExists']);
    expect(await refund('d', '0.01')).toEqual([409, 'orderClosed']);
    expect(await uses(request, discount.id)).toEqual([0, 0]);
  });
});

test('an order that costs nothing is given back whole', async ({ request, server }) => {
  const free = halfOff();
  free.benefit.value.percent = '100';
  await having(request, [free], async () => {
    const { reference } = await reserved(request, server);
    await act(request, server, reference, 'commit', { total: '0.00' });
    const { body } = await answer(await act(request, server, reference, 'refund', { id: 'a' }));
    expect([body.status, body.total, body.refunded]).toEqual(['refunded', '0.00', '0.00']);
  });
});

test('more time is half an hour from now', async ({ request, server }) => {
  const made = await reserved(request, server);
  await new Promise((done) => setTimeout(done, 50));
  const { body } = await answer(await act(request, server, made.reference, 'extend'));
  const [before, after] = [made, body].map(({ expiresAt }) => Date.parse(expiresAt));
  expect(after).toBeGreaterThanOrEqual(before + 50);
  expect(Math.abs(after - Date.now() - 30 * 60_000)).toBeLessThan(10_000);
  expect(body).toEqual({ ...made, revision: 2, expiresAt: body.expiresAt });
});

test('of a payment and a release at once one counts, and the use comes back once', async ({ request, server }) => {
  const discount = halfOff({ usageLimit: { type: 'perStore', orders: 100 } });
  await having(request, [discount], async () => {
    const orders = await Promise.all(Array.from({ length: 10 }, () => reserved(request, server)));
    const races = orders.flatMap(({ reference }) =>
      ['commit', 'release', 'cancel', 'commit', 'cancel', 'refund'].map((deed) =>
        act(request, server, reference, ...DEEDS[deed]),
      ),
    );
    await Promise.all(races);
    const statuses = [];
    for (const { reference } of orders) statuses.push((await order(request, server, reference)).body.status);
    expect(statuses.filter((status) => status === 'reserved')).toEqual([]);
    const paid = statuses.filter((status) => status === 'committed').length;
    expect(await uses(request, discount.id)).toEqual([0, paid]);
  });
});

test.describe('Idempotency-Key', () => {
  const keyed = (key) => ({ 'Idempotency-Key': key });
  const told = async (reply) => `${reply.status()} ${await reply.text()}`;

  test('one key has one answer, whatever became of the order since', async ({ request, server }) => {
    const reference = unique();
    const asked = { reference, cart: BOTTLE };
    const calls = [
      () => reserve(request, server, asked, keyed(`${reference}/reserve`)),
      () => act(request, server, reference, 'extend', {}, keyed(`${reference}/extend`)),
      () => act(request, server, reference, 'refund', { id: 'a' }, keyed(`${reference}/early`)),
      () => act(request, server, reference, 'commit', { total: '32.00' }, keyed(`${reference}/commit`)),
      () => act(request, server, reference, 'refund', { id: 'a', amount: '1.00' }, keyed(`${reference}/refund`)),
      () => act(request, server, reference, 'release', { reason: 'cancelled' }, keyed(`${reference}/release`)),
    ];
    const first = [];
    for (const call of calls) first.push(await told(await call()));
    expect(first.map((text) => text.slice(0, 3))).toEqual(['201', '200', '409', '200', '200', '200']);
    for (const [at, call] of calls.entries()) expect(await told(await call())).toBe(first[at]);
    expect((await order(request, server, reference)).body).toMatchObject({ status: 'cancelled', revision: 5 });
  });

  test('twenty at once have one effect', async ({ request, server }) => {
    const { reference } = await reserved(request, server);
    const extend = () => act(request, server, reference, 'extend', {}, keyed(reference));
    const replies = await Promise.all(Array.from({ length: 20 }, async () => told(await extend())));
    expect(new Set(replies).size).toBe(1);
    expect((await order(request, server, reference)).body.revision).toBe(2);
  });

  test('another request under the key is refused, and does nothing', async ({ request, server }) => {
    const [first, other] = [unique(), await reserved(request, server)];
    const made = await answer(await reserve(request, server, { reference: first, cart: BOTTLE }, keyed(first)));
    expect(made.status).toBe(201);
    const reused = problem(422, 'keyReused');
    const others = [
      reserve(request, server, { reference: first, cart: CASE }, keyed(first)),
      reserve(request, server, { reference: first, cart: CASE, replace: true }, keyed(first)),
      reserve(request, server, { reference: unique(), cart: BOTTLE }, keyed(first)),
      act(request, server, first, 'commit', {}, keyed(first)),
      act(request, server, other.reference, 'release', {}, keyed(first)),
    ];
    for (const reply of others) expect(await answer(await reply)).toEqual(reused);
    expect(await order(request, server, first)).toEqual(good(made.body));
    expect(await order(request, server, other.reference)).toEqual(good(other));
    // Neither is the same of another order, or something else of the same.
    const third = await reserved(request, server);
    expect((await act(request, server, third.reference, 'extend', {}, keyed(third.reference))).status()).toBe(200);
    for (const [reference, verb] of [
      [other.reference, 'extend'],
      [third.reference, 'commit'],
    ]) {
      expect(await answer(await act(request, server, reference, verb, {}, keyed(third.reference))), verb).toEqual(reused);
    }
  });

  test('a call that could not be read leaves the key free', async ({ request, server }) => {
    const reference = unique();
    const bad = { reference, cart: { lines: [{ sku: 'NOPE', quantity: 1 }] } };
    expect((await reserve(request, server, bad, keyed(reference))).status()).toBe(422);
    const { status } = await answer(await reserve(request, server, { reference, cart: BOTTLE }, keyed(reference)));
    expect(status).toBe(201);
  });

  test('an order whose discount ran out is one order under its key', async ({ request, server }) => {
    const discount = halfOff({ usageLimit: { type: 'perStore', orders: 1 } });
    await having(request, [discount], async () => {
      const first = await reserved(request, server);
      const asked = { reference: unique(), cart: BOTTLE };
      const dear = await told(await reserve(request, server, asked, keyed(asked.reference)));
      expect(dear).toContain('limitReached');
      // The use came back, and the order came to nothing; the answer does not change, and nothing is reserved anew.
      await act(request, server, first.reference, 'release');
      await act(request, server, asked.reference, 'release');
      expect(await told(await reserve(request, server, asked, keyed(asked.reference)))).toBe(dear);
      expect(await uses(request, discount.id)).toEqual([0, 0]);
      expect((await order(request, server, asked.reference)).body.status).toBe('released');
    });
  });
});

test.describe('refuses', () => {
  const bad = {
    commit: [
      [[], ['', 'wrongType']],
      [{ amount: '1.00' }, ['/amount', 'unknownField']],
    ],
    release: [
      [{ reason: 'bored' }, ['/reason', 'unknownVariant']],
      [{ reason: 1 }, ['/reason', 'wrongType']],
      [{ why: 'failed' }, ['/why', 'unknownField']],
    ],
    refund: [
      [{}, ['/id', 'missingField']],
      [{ id: '' }, ['/id', 'textEmpty']],
      [{ id: 'a', amount: 1 }, ['/amount', 'wrongType']],
      [{ id: 'a', amount: '-1.00' }, ['/amount', 'negativeAmount']],
      [{ id: 'a', amount: '1.001' }, ['/amount', 'tooPrecise']],
      [{ id: 'a', total: '1.00' }, ['/total', 'unknownField']],
      [{ id: '', amount: '1.001', why: 'broken' }, ['/id', 'textEmpty'], ['/amount', 'tooPrecise'], ['/why', 'unknownField']],
    ],
    extend: [
      [{ minutes: 5 }, ['/minutes', 'unknownField']],
      [null, ['', 'wrongType']],
    ],
  };
  for (const [verb, cases] of Object.entries(bad)) {
    test(`bad bodies of ${verb}`, async ({ request, server }) => {
      const made = await reserved(request, server);
      for (const [body, ...faults] of cases) {
        const reply = await answer(await act(request, server, made.reference, verb, body));
        expect(reply, JSON.stringify(body)).toEqual(invalid(...faults));
      }
      expect(await order(request, server, made.reference)).toEqual(good(made));
    });
  }

  refusesBadBodies('/v1/orders/nothing/extend', 256 * 1024, { isForServers: true });
});
