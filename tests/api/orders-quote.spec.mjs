// POST /v1/orders by a signed quote: for one order, one cart, one customer, at its price.
import { answer, demo, each, expect, good, importStore, invalid, problem, restore, test } from './calls.mjs';
import { BOTTLE, CASE, act, order, quoted, reserve, reserved, unique } from './checkout.mjs';

function actAs(request, server, customer) {
  return request.post('/v1/customers/token', { headers: server.headers, data: customer });
}

async function sell(request, server, more) {
  return answer(await reserve(request, server, { reference: unique(), ...more }));
}

test('a quote is good for one order', async ({ request, server }) => {
  const { token } = await quoted(request, CASE);
  const { body } = await sell(request, server, { quote: token });
  const reused = problem(409, 'quoteUsed');
  expect(await sell(request, server, { quote: token })).toEqual(reused);
  await act(request, server, body.reference, 'release');
  expect(await sell(request, server, { quote: token })).toEqual(reused);
});

test('a quote of nothing is no order’s', async ({ request, server }) => {
  const { token } = await quoted(request, { lines: [] });
  expect(await sell(request, server, { quote: token })).toEqual(invalid(['/quote', 'emptyList']));
});

test('a quote of the same cart at the same moment is another for another shopper', async ({ request }) => {
  const quotes = await Promise.all(Array.from({ length: 40 }, () => quoted(request, BOTTLE)));
  expect(new Set(quotes.map(({ token }) => token)).size).toBe(40);
});

test('a quote is good for the cart it was made for', async ({ request, server }) => {
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

test('a quote is good for the customer it was made for', async ({ request, server }) => {
  const customer = { id: unique(), email: `${unique()}@example.com` };
  const { body } = await answer(await actAs(request, server, customer));
  const { token } = await quoted(request, { ...BOTTLE, customerToken: body.token });
  for (const other of [{ id: 'c-other' }, { email: 'other@example.com' }, { ...customer, id: 'c-other' }]) {
    expect(await sell(request, server, { quote: token, customer: other })).toEqual(problem(409, 'quoteMismatch'));
  }
  const same = { id: customer.id, email: customer.email.toUpperCase() };
  expect((await sell(request, server, { quote: token, customer: same })).body.customer).toEqual({ ...customer, name: null });
});

test('a quote is refused when any character of it is another', async ({ request, server }) => {
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

test('a quote keeps its price when the merchant changes it', async ({ request, server }) => {
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

test('an order is answered again although its product is gone', async ({ request, server }) => {
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
