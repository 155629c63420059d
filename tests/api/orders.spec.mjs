// POST /v1/orders
import {
  answer,
  demo,
  each,
  expect,
  good,
  importStore,
  invalid,
  problem,
  refusesBadBodies,
  restore,
  test,
} from './calls.mjs';
import {
  BOTTLE,
  CASE,
  ORDERS,
  act,
  halfOff,
  having,
  order,
  quoted,
  reserve,
  reserved,
  unique,
  uses,
} from './checkout.mjs';

const HALF_AN_HOUR = 30 * 60_000;
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);

/** What an order keeps of its quote. */
function sale(quote) {
  const { verdicts, messages, nudges, digest, token, expiresAt, shippingPending, ...kept } = quote;
  return kept;
}

test('reserves by a signed quote, at its price, for half an hour', async ({ request, server }) => {
  const quote = await quoted(request, { ...CASE, shippingService: 'ground' });
  const reference = unique();
  const response = await reserve(request, server, { reference, quote: quote.token });
  const reply = await answer(response);
  const expected = {
    reference,
    status: 'reserved',
    revision: 1,
    currency: 'USD',
    total: '319.20',
    refunded: '0.00',
    reservedAt: instant,
    expiresAt: instant,
    committedAt: null,
    closedAt: null,
    customer: null,
    quote: sale(quote),
    changed: null,
    link: expect.stringMatching(/^l1\./),
  };
  expect(reply).toEqual(good(expected, 201));
  expect(Date.parse(reply.body.expiresAt) - Date.parse(reply.body.reservedAt)).toBe(HALF_AN_HOUR);
  expect(Math.abs(Date.parse(reply.body.reservedAt) - Date.now())).toBeLessThan(60_000);
  expect(response.headers()['cache-control']).toBe('no-store');
  expect(await order(request, server, reference)).toEqual(good(reply.body));
});

test('reserves a cart of the shop itself, with what only the shop may say', async ({ request, server }) => {
  const cart = {
    lines: [
      { id: 'a', sku: 'CAB19', quantity: 1 },
      { id: 'b', sku: 'SCARLET', quantity: 1 },
    ],
    codes: ['sleuth'],
    shippingService: 'two-day',
    channel: 'club',
    customer: { id: 'c-9', email: ' Ann@Example.com', clubs: ['cellar-club'], tags: ['vip'] },
    grants: [],
  };
  const made = await reserved(request, server, cart);
  expect(made).toMatchObject({
    customer: { id: 'c-9', email: 'ann@example.com' },
    total: '70.80',
    quote: { applied: [{ discount: 'd-club' }], shipping: { service: 'two-day' } },
    changed: null,
  });
});

test.describe('once', () => {
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
});

test.describe('limits', () => {
  test('a limit of five holds against thirty at once, and a use given back is taken next', async ({
    request,
    server,
  }) => {
    const discount = halfOff({ title: 'First five', usageLimit: { type: 'perStore', orders: 5 } });
    await having(request, [discount], async () => {
      const orders = await Promise.all(Array.from({ length: 30 }, () => reserved(request, server)));
      const cheap = orders.filter(({ total }) => total === '16.00');
      const dear = orders.filter(({ total }) => total === '32.00');
      expect([cheap.length, dear.length, await uses(request, discount.id)]).toEqual([5, 25, [5, 0]]);
      const lost = { discount: discount.id, title: 'First five', reason: 'limitReached' };
      const changed = { reason: 'limitReached', before: '16.00', after: '32.00', discounts: [lost] };
      expect(cheap.map(({ changed }) => changed)).toEqual(Array(5).fill(null));
      expect(dear.map(({ changed }) => changed)).toEqual(Array(25).fill(changed));
      for (const [verb, body] of [
        ['release', {}],
        ['commit', {}],
      ]) {
        await act(request, server, cheap.pop().reference, verb, body);
        expect((await reserved(request, server)).total).toBe(verb === 'release' ? '16.00' : '32.00');
      }
    });
  });

  test('a quote whose discount ran out is sold at the new price, and says what changed', async ({
    request,
    server,
  }) => {
    const discount = halfOff({ title: 'First one', usageLimit: { type: 'perStore', orders: 1 } });
    await having(request, [discount], async () => {
      const [first, second] = [await quoted(request, BOTTLE), await quoted(request, BOTTLE)];
      const sell = async ({ token }) => answer(await reserve(request, server, { reference: unique(), quote: token }));
      expect((await sell(first)).body).toMatchObject({ total: '16.00', changed: null });
      const reference = unique();
      const changed = {
        reason: 'limitReached',
        before: '16.00',
        after: '32.00',
        discounts: [{ discount: discount.id, title: 'First one', reason: 'limitReached' }],
      };
      const { body } = await answer(await reserve(request, server, { reference, quote: second.token }));
      expect(body).toMatchObject({ total: '32.00', quote: { total: '32.00', applied: [] }, changed });
      // The answer stands, also for who looks later.
      expect((await order(request, server, reference)).body.changed).toEqual(changed);
    });
  });

  test('one order a customer, by id or by e-mail address', async ({ request, server }) => {
    const discount = halfOff({ usageLimit: { type: 'perCustomer', orders: 1 } });
    const [id, name] = [unique(), unique()];
    const email = `${name}@example.com`;
    await having(request, [discount], async () => {
      const total = async (customer) => (await reserved(request, server, { ...BOTTLE, customer })).total;
      expect(await total({ id, email })).toBe('16.00');
      for (const same of [{ id }, { email }, { email: ` ${email.toUpperCase()} ` }, { id: unique(), email }]) {
        expect(await total(same), JSON.stringify(same)).toBe('32.00');
      }
      expect(await total({ id: unique(), email: `other.${email}` })).toBe('16.00');
      expect(await uses(request, discount.id)).toEqual([2, 0]);
    });
  });

  test('a guest with the e-mail address of a member shares the count', async ({ request, server }) => {
    const discount = halfOff({ usageLimit: { type: 'perCustomer', orders: 1 } });
    const customer = { email: `${unique()}@example.com` };
    await having(request, [discount], async () => {
      const sell = async (token, customer) =>
        (await answer(await reserve(request, server, { reference: unique(), quote: token, customer }))).body;
      const [guest, member] = [await quoted(request, BOTTLE), await quoted(request, BOTTLE)];
      expect(await sell(guest.token, customer)).toMatchObject({ total: '16.00', customer: { id: null, ...customer } });
      const changed = { reason: 'limitReached', before: '16.00', after: '32.00' };
      expect(await sell(member.token, { id: unique(), ...customer })).toMatchObject({ total: '32.00', changed });
    });
  });

  test('a discount that is counted by customer is not taken by nobody', async ({ request, server }) => {
    const discount = halfOff({ usageLimit: { type: 'perCustomer', orders: 1 } });
    await having(request, [discount], async () => {
      const { token } = await quoted(request, BOTTLE);
      for (const [source, pointer] of [
        [{ quote: token }, '/customer'],
        [{ cart: BOTTLE }, '/cart/customer'],
      ]) {
        const asked = { reference: unique(), ...source };
        expect(await answer(await reserve(request, server, asked))).toEqual(invalid([pointer, 'customerRequired']));
        expect((await order(request, server, asked.reference)).status).toBe(404);
      }
      expect(await uses(request, discount.id)).toEqual([0, 0]);
    });
  });

  test('an order takes all of its discounts or none', async ({ request, server }) => {
    const once = halfOff({ usageLimit: { type: 'perStore', orders: 1 } });
    const often = { ...demo().discounts.find(({ id }) => id === 'd-express'), id: unique() };
    delete often.benefit.mustPurchase;
    often.usageLimit = { type: 'perStore', orders: 9 };
    const store = demo();
    store.discounts.push(once, often);
    store.promotionSets.push({ id: unique(), title: 'Both', discounts: [once.id, often.id] });
    await importStore(request, store);
    try {
      const cart = { ...BOTTLE, shippingService: 'two-day' };
      expect((await reserved(request, server, cart)).total).toBe('30.00');
      const second = await reserved(request, server, cart);
      expect([second.total, second.changed.discounts.map(({ discount }) => discount)]).toEqual(['46.00', [once.id]]);
      expect([await uses(request, once.id), await uses(request, often.id)]).toEqual([
        [1, 0],
        [2, 0],
      ]);
    } finally {
      await restore(request);
    }
  });
});

test.describe('a quote', () => {
  const sell = async (request, server, more) =>
    answer(await reserve(request, server, { reference: unique(), ...more }));

  test('is good for one order', async ({ request, server }) => {
    const { token } = await quoted(request, CASE);
    const { body } = await sell(request, server, { quote: token });
    const reused = problem(409, 'quoteUsed');
    expect(await sell(request, server, { quote: token })).toEqual(reused);
    await act(request, server, body.reference, 'release');
    expect(await sell(request, server, { quote: token })).toEqual(reused);
  });

  test('of the same cart at the same moment is another for another shopper', async ({ request }) => {
    const quotes = await Promise.all(Array.from({ length: 40 }, () => quoted(request, BOTTLE)));
    expect(new Set(quotes.map(({ token }) => token)).size).toBe(40);
  });

  test('is good for the cart it was made for', async ({ request, server }) => {
    const cart = { ...CASE, codes: ['SAVE10'], shippingService: 'ground' };
    const { token } = await quoted(request, cart);
    const others = [
      { ...cart, lines: [{ sku: 'CAB19', quantity: 11 }] },
      { ...cart, lines: [...cart.lines, { sku: 'SCARLET', quantity: 1 }] },
      { ...cart, codes: [] },
      { ...cart, codes: ['SLEUTH'] },
      { ...cart, shippingService: 'two-day' },
      { ...cart, shippingService: null },
    ];
    for (const cart of others) {
      expect(await sell(request, server, { quote: token, cart }), JSON.stringify(cart)).toEqual(
        problem(409, 'quoteMismatch'),
      );
    }
    const same = { ...cart, codes: [' save10'] };
    const sold = await answer(await reserve(request, server, { reference: unique(), quote: token, cart: same }), [
      'SAVE10',
    ]);
    expect(sold.status).toBe(201);
  });

  test('is good for the customer it was made for', async ({ request, server }) => {
    const customer = { id: unique(), email: `${unique()}@example.com` };
    const { body } = await answer(await actAs(request, server, customer));
    const { token } = await quoted(request, { ...BOTTLE, customerToken: body.token });
    for (const other of [{ id: 'c-other' }, { email: 'other@example.com' }, { ...customer, id: 'c-other' }]) {
      expect(await sell(request, server, { quote: token, customer: other })).toEqual(problem(409, 'quoteMismatch'));
    }
    const same = { id: customer.id, email: customer.email.toUpperCase() };
    expect((await sell(request, server, { quote: token, customer: same })).body.customer).toEqual({ ...customer, name: null });
  });

  test('is refused when any character of it is another', async ({ request, server }) => {
    const { token } = await quoted(request, BOTTLE);
    const forged = [];
    for (let at = 0; at < token.length; at += 7) {
      forged.push(`${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`);
    }
    const [kind, key, payload, signature] = token.split('.');
    const cheap = JSON.parse(Buffer.from(payload, 'base64url').toString());
    cheap.total = '0.01';
    const dear = Buffer.from(JSON.stringify(cheap)).toString('base64url');
    forged.push(
      [kind, key, dear, signature].join('.'),
      [kind, 'k2', payload, signature].join('.'),
      ['c1', key, payload, signature].join('.'),
      [kind, key, payload].join('.'),
      `${token}.`,
      `${token}=`,
      ` ${token}`,
      token.slice(0, -1),
      '',
      '...',
      'q1.k1..',
      'q'.repeat(200_001),
    );
    expect(forged.length).toBeGreaterThan(50);
    const replies = await each(forged, (quote) => sell(request, server, { quote }));
    for (const [at, reply] of replies.entries()) {
      expect(reply, forged[at].slice(0, 400)).toEqual(problem(422, 'invalidQuote'));
    }
    // It was good all the time.
    expect((await sell(request, server, { quote: token })).status).toBe(201);
  });

  test('keeps its price when the merchant changes it', async ({ request, server }) => {
    const { token } = await quoted(request, CASE);
    const store = demo();
    store.products.find(({ sku }) => sku === 'CAB19').price = '99.00';
    store.discounts.find(({ id }) => id === 'd-case').enabled = false;
    await importStore(request, store);
    try {
      expect((await quoted(request, BOTTLE)).total).toBe('99.00');
      const { body } = await sell(request, server, { quote: token });
      expect([body.total, body.changed]).toEqual(['307.20', null]);
      expect((await reserved(request, server)).total).toBe('99.00');
    } finally {
      await restore(request);
    }
  });

  test('is answered again although its product is gone', async ({ request, server }) => {
    const asked = { reference: unique(), cart: BOTTLE };
    const first = await (await reserve(request, server, asked)).text();
    const store = demo();
    store.products = store.products.filter(({ sku }) => sku !== 'CAB19');
    await importStore(request, store);
    try {
      expect(await (await reserve(request, server, asked)).text()).toBe(first);
      expect(await sell(request, server, { cart: BOTTLE })).toEqual(invalid(['/cart/lines/0/sku', 'unknownSku']));
    } finally {
      await restore(request);
    }
  });
});

function actAs(request, server, customer) {
  return request.post('/v1/customers/token', { headers: server.headers, data: customer });
}

test.describe('refuses', () => {
  const [line] = BOTTLE.lines;
  const cart = BOTTLE;
  const bad = {
    'a list': [[], ['', 'wrongType']],
    nothing: [{}, ['/reference', 'missingField'], ['', 'missingField']],
    'neither quote nor cart': [{ reference: 'r' }, ['', 'missingField']],
    'no reference': [{ cart }, ['/reference', 'missingField']],
    'a reference that is a number': [{ reference: 1001, cart }, ['/reference', 'wrongType']],
    'a quote that is an object': [{ reference: 'r', quote: {} }, ['/quote', 'wrongType']],
    'a cart that is a list': [{ reference: 'r', cart: [] }, ['/cart', 'wrongType']],
    'a cart without lines': [{ reference: 'r', cart: {} }, ['/cart/lines', 'missingField']],
    'an unknown SKU': [
      { reference: 'r', cart: { lines: [line, { sku: 'NOPE', quantity: 1 }] } },
      ['/cart/lines/1/sku', 'unknownSku'],
    ],
    'a quantity of 0': [
      { reference: 'r', cart: { lines: [{ ...line, quantity: 0 }] } },
      ['/cart/lines/0/quantity', 'quantityOutOfRange'],
    ],
    'an unknown service': [
      { reference: 'r', cart: { ...cart, shippingService: 'owl' } },
      ['/cart/shippingService', 'unknownService'],
    ],
    'an unknown channel': [{ reference: 'r', cart: { ...cart, channel: 'owl' } }, ['/cart/channel', 'unknownVariant']],
    'replace as text': [{ reference: 'r', cart, replace: 'yes' }, ['/replace', 'wrongType']],
    'a customer beside a cart': [{ reference: 'r', cart, customer: { id: 'c' } }, ['/customer', 'unknownField']],
    'an unknown field': [{ reference: 'r', cart, note: 'x' }, ['/note', 'unknownField']],
    // Nothing but the quote or the shop's cart reaches a price.
    'a total': [{ reference: 'r', cart, total: '0.01' }, ['/total', 'unknownField']],
    'a price': [
      { reference: 'r', cart: { lines: [{ ...line, price: '0.01' }] } },
      ['/cart/lines/0/price', 'unknownField'],
    ],
    'a total of the cart': [{ reference: 'r', cart: { ...cart, total: '0.01' } }, ['/cart/total', 'unknownField']],
    'discounts of the cart': [{ reference: 'r', cart: { ...cart, applied: [] } }, ['/cart/applied', 'unknownField']],
    'a time': [{ reference: 'r', cart, asOf: '2029-05-22T12:00:00Z' }, ['/asOf', 'unknownField']],
    uses: [{ reference: 'r', cart, usage: {} }, ['/usage', 'unknownField']],
    'tags beside a quote': [
      { reference: 'r', quote: 'q1.k1.x.y', customer: { id: 'c', tags: ['trade'] } },
      ['/customer', 'unknownField'],
    ],
    'clubs beside a quote': [
      { reference: 'r', quote: 'q1.k1.x.y', customer: { clubs: ['cellar-club'] } },
      ['/customer', 'unknownField'],
    ],
    'a customer in the cart of a quote': [
      { reference: 'r', quote: 'q1.k1.x.y', cart: { ...cart, customer: { id: 'c' } } },
      ['/cart/customer', 'unknownField'],
    ],
    'everything at once': [
      { reference: 'a/b', cart: { lines: [{ sku: '', quantity: 1 }], codes: [1] }, replace: 1, price: '1' },
      ['/reference', 'invalidReference'],
      ['/cart/lines/0/sku', 'textEmpty'],
      ['/cart/codes/0', 'wrongType'],
      ['/replace', 'wrongType'],
      ['/price', 'unknownField'],
    ],
  };
  for (const [name, [body, ...faults]] of Object.entries(bad)) {
    test(name, async ({ request, server }) => {
      expect(await answer(await reserve(request, server, body))).toEqual(invalid(...faults));
    });
  }

  for (const reference of ['', ' ', '.', '..', 'a b', 'a/b', 'é', 'a\u0000', '%41', '../x', 'x'.repeat(101)]) {
    test(`the reference ${JSON.stringify(reference).slice(0, 20)}`, async ({ request, server }) => {
      expect(await answer(await reserve(request, server, { reference, cart: BOTTLE }))).toEqual(
        invalid(['/reference', 'invalidReference']),
      );
    });
  }

  test('an Idempotency-Key that can not be one', async ({ request, server }) => {
    for (const key of ['a b', 'x'.repeat(256)]) {
      const response = await reserve(request, server, { reference: unique(), cart }, { 'Idempotency-Key': key });
      expect(await answer(response)).toEqual(problem(400, 'invalidIdempotencyKey'));
    }
  });

  test('parameters', async ({ request, server }) => {
    const response = await request.post(`${ORDERS}?store=second`, { headers: server.headers, data: {} });
    expect(await answer(response)).toEqual(invalid(['/store', 'unknownParameter']));
  });

  refusesBadBodies(ORDERS, 256 * 1024, { isForServers: true });
});

test('a reference has every character it may', async ({ request, server }) => {
  const reference = `${unique()}.AZ_az~09:-`;
  await reserved(request, server, BOTTLE, reference);
  for (const written of [reference, encodeURIComponent(reference)]) {
    expect((await order(request, server, written)).body.reference, written).toBe(reference);
    expect((await answer(await act(request, server, written, 'extend'))).status, written).toBe(200);
  }
});
