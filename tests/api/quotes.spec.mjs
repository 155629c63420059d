// POST /v1/quotes
import {
  ADMIN,
  ORIGIN,
  answer,
  demo,
  expect,
  good,
  importStore,
  invalid,
  problem,
  refusesBadBodies,
  restore,
  sendJson,
  test,
  version,
  withKey,
} from './calls.mjs';
import { digest } from './canonical.mjs';

const PATH = withKey('/v1/quotes');
const CASE = { lines: [{ sku: 'CAB19', quantity: 12 }] };

function quote(request, cart) {
  return sendJson(request, PATH, cart);
}

test('prices a case of wine', async ({ request }) => {
  const before = Date.now();
  const response = await quote(request, {
    lines: [{ id: 'case', sku: 'CAB19', quantity: 12 }],
    shippingService: 'ground',
  });
  const { status, type, body } = await answer(response);
  expect([status, type, response.headers()['cache-control']]).toEqual([200, 'application/json', 'no-store']);
  expect(body).toMatchObject({
    snapshotVersion: await version(request),
    currency: 'USD',
    lines: [
      {
        id: 'case',
        sku: 'CAB19',
        quantity: 12,
        unitPrice: '32.00',
        subtotal: '384.00',
        discount: '76.80',
        total: '307.20',
      },
    ],
    subtotal: '384.00',
    productDiscount: '76.80',
    shipping: { service: 'ground', rate: '12.00' },
    applied: [{ discount: 'd-case', title: 'Case discount', code: null, productAmount: '76.80' }],
    digest: expect.stringMatching(/^sha256-[0-9a-f]{64}$/),
    token: expect.stringMatching(/^q1\.[A-Za-z0-9]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/),
  });
  expect(Date.parse(body.expiresAt) - Date.parse(body.asOf)).toBe(15 * 60_000);
  const { token, expiresAt, digest: told, ...quoted } = body;
  expect(told).toBe(digest(quoted));
  // Priced now, by the Worker's clock.
  expect(Math.abs(Date.parse(body.asOf) - before)).toBeLessThan(60_000);
});

test('names lines without an id by their place, and keeps their order', async ({ request }) => {
  const { body } = await answer(
    await quote(request, {
      lines: [
        { sku: 'HOUNDS', quantity: 1 },
        { sku: 'CAB19', quantity: 2 },
      ],
    }),
  );
  expect(body.lines.map(({ id, sku }) => [id, sku])).toEqual([
    ['1', 'HOUNDS'],
    ['2', 'CAB19'],
  ]);
});

test('is the quote that the simulation gives a guest at that moment', async ({ request }) => {
  const cart = { ...CASE, codes: ['save10', 'nope'], shippingService: 'ground' };
  const { body } = await answer(await quote(request, cart), ['SAVE10']);
  const { store, products, shippingServices, discounts, promotionSets, upgrades } = demo();
  const shown = ({ sku, title, price, departments, collections, discountable }) => ({
    sku,
    title,
    price,
    departments,
    collections,
    discountable,
  });
  const snapshot = {
    version: body.snapshotVersion,
    store: { currency: store.currency, timeZone: store.timeZone },
    products: products.map(shown),
    // A merchant is told about every discount, a guest only about those that are for guests, now.
    discounts: discounts.filter(
      ({ enabled, audience, startsAt }) => enabled && audience.type === 'everyone' && startsAt < body.asOf,
    ),
    shippingServices,
    promotionSets: [],
    upgrades,
  };
  const ids = snapshot.discounts.map(({ id }) => id);
  snapshot.promotionSets = promotionSets.map((set) => ({
    ...set,
    discounts: set.discounts.filter((id) => ids.includes(id)),
  }));
  const input = { snapshot, asOf: body.asOf, cart };
  const { body: simulated } = await answer(
    await sendJson(request, '/admin/api/simulate', input, { headers: ADMIN }),
    ['SAVE10'],
  );
  const sums = ({ lines, subtotal, productDiscount, shipping, total, saving, applied, codes, messages }) => ({
    lines,
    subtotal,
    productDiscount,
    shipping,
    total,
    saving,
    applied,
    codes,
    messages,
  });
  expect(sums(simulated)).toEqual(sums(body));
});

test('an unknown code is told as unknown, and nothing else changes', async ({ request }) => {
  const { body: without } = await answer(await quote(request, CASE));
  for (const code of ['NOPE', 'xx', '', 'has space', 'é'].filter(Boolean)) {
    const { status, body } = await answer(await quote(request, { ...CASE, codes: [code] }));
    expect([status, body.codes.map(({ status, discount }) => [status, discount])]).toEqual([
      200,
      [['unknown', null]],
    ]);
    expect([body.total, body.applied]).toEqual([without.total, without.applied]);
  }
});

test('a coupon is found however it is typed, and told when another deal beats it', async ({ request }) => {
  for (const typed of ['SAVE10', ' save10 ', 'ｓａｖｅ１０']) {
    const { body } = await answer(await quote(request, { ...CASE, codes: [typed] }), ['SAVE10']);
    expect(body.codes).toEqual([{ code: 'SAVE10', status: 'beaten', discount: 'c-save10' }]);
    const one = { lines: [{ sku: 'CAB19', quantity: 1 }], codes: [typed] };
    expect((await answer(await quote(request, one), ['SAVE10'])).body.codes[0].status).toBe('applied');
  }
});

test('a coupon that is off is unknown', async ({ request }) => {
  const { body } = await answer(await quote(request, { ...CASE, codes: ['INKWELL'] }), ['INKWELL']);
  expect(body.codes).toEqual([{ code: 'INKWELL', status: 'unknown', discount: null }]);
});

test('says nothing of discounts that are off, or for others', async ({ request }) => {
  const text = await (
    await quote(request, { lines: demo().products.map(({ sku }) => ({ sku, quantity: 24 })) })
  ).text();
  const hidden = ['d-club', 'd-trade', 'c-inkwell', 'c-save10', 'c-welcome15', 'disabled', 'wrongAudience'];
  expect(hidden.filter((word) => text.includes(word))).toEqual([]);
});

test('prices an empty cart and one of five hundred lines', async ({ request }) => {
  const { status, body } = await answer(await quote(request, { lines: [] }));
  expect([status, body.total, body.lines]).toEqual([200, '0.00', []]);
  const lines = Array.from({ length: 500 }, () => ({ sku: 'CAB19', quantity: 1 }));
  const { body: full } = await answer(await quote(request, { lines }));
  expect([full.lines.length, full.subtotal, full.productDiscount]).toEqual([500, '16000.00', '3200.00']);
});

test.describe('refuses', () => {
  const line = { sku: 'CAB19', quantity: 1 };
  const bad = {
    'an unknown SKU': [{ lines: [line, { sku: 'NOPE', quantity: 1 }] }, ['/lines/1/sku', 'unknownSku']],
    'a SKU in another case': [{ lines: [{ sku: 'cab19', quantity: 1 }] }, ['/lines/0/sku', 'unknownSku']],
    'an empty SKU': [{ lines: [{ sku: '', quantity: 1 }] }, ['/lines/0/sku', 'textEmpty']],
    'a SKU that is a number': [{ lines: [{ sku: 19, quantity: 1 }] }, ['/lines/0/sku', 'wrongType']],
    'a missing SKU': [{ lines: [{ quantity: 1 }] }, ['/lines/0/sku', 'missingField']],
    'a missing quantity': [{ lines: [{ sku: 'CAB19' }] }, ['/lines/0/quantity', 'missingField']],
    'missing lines': [{}, ['/lines', 'missingField']],
    'lines that are no list': [{ lines: { 0: line } }, ['/lines', 'wrongType']],
    'a line that is no object': [{ lines: ['CAB19'] }, ['/lines/0', 'wrongType']],
    'an unknown field': [{ lines: [line], cart: 1 }, ['/cart', 'unknownField']],
    'a price': [{ lines: [{ ...line, price: '0.01' }] }, ['/lines/0/price', 'unknownField']],
    'a unit price': [{ lines: [{ ...line, unitPrice: '0.01' }] }, ['/lines/0/unitPrice', 'unknownField']],
    'a total': [{ lines: [line], total: '0.01' }, ['/total', 'unknownField']],
    'a customer': [{ lines: [line], customer: { clubs: ['cellar-club'] } }, ['/customer', 'unknownField']],
    'a time': [{ lines: [line], asOf: '2026-07-01T00:00:00Z' }, ['/asOf', 'unknownField']],
    uses: [{ lines: [line], usage: {} }, ['/usage', 'unknownField']],
    'a snapshot': [{ lines: [line], snapshot: {} }, ['/snapshot', 'unknownField']],
    'an unknown shipping service': [
      { lines: [line], shippingService: 'owl' },
      ['/shippingService', 'unknownService'],
    ],
    'a code that is no text': [{ lines: [line], codes: [10] }, ['/codes/0', 'wrongType']],
    'an empty code': [{ lines: [line], codes: [''] }, ['/codes/0', 'textEmpty']],
    'eleven codes': [{ lines: [line], codes: Array(11).fill('SAVE10') }, ['/codes', 'tooManyCodes']],
    'two lines of one id': [{ lines: [{ id: '2', ...line }, line] }, ['/lines/1', 'duplicateId']],
    '501 lines': [{ lines: Array(501).fill(line) }, ['/lines', 'tooManyLines']],
    'a list': [[], ['', 'wrongType']],
    null: [null, ['', 'wrongType']],
  };
  for (const [name, [cart, ...faults]] of Object.entries(bad)) {
    test(name, async ({ request }) => {
      expect(await answer(await quote(request, cart), ['SAVE10'])).toEqual(invalid(...faults));
    });
  }

  for (const quantity of ['0', '-1', '1.5', '1e9', '1000000000', '1e0', '18446744073709551616', '-0', '1.0']) {
    test(`a quantity of ${quantity}`, async ({ request }) => {
      const body = `{"lines":[{"sku":"CAB19","quantity":${quantity}}]}`;
      const response = await request.post(PATH, {
        headers: { 'Content-Type': 'application/json' },
        data: Buffer.from(body),
      });
      expect(await answer(response)).toEqual(invalid(['/lines/0/quantity', 'quantityOutOfRange']));
    });
  }

  for (const quantity of ['12', true, null, [1]]) {
    test(`a quantity of ${JSON.stringify(quantity)}`, async ({ request }) => {
      const code = quantity === null ? 'missingField' : 'wrongType';
      expect(await answer(await quote(request, { lines: [{ sku: 'CAB19', quantity }] }))).toEqual(
        invalid(['/lines/0/quantity', code]),
      );
    });
  }

  test('everything at once, each with its place', async ({ request }) => {
    const cart = {
      lines: [
        { sku: 'CAB19', quantity: 0 },
        { sku: '', quantity: 1, price: '1' },
      ],
      codes: [1],
      total: '1',
    };
    const faults = [
      ['/lines/0/quantity', 'quantityOutOfRange'],
      ['/lines/1/sku', 'textEmpty'],
      ['/lines/1/price', 'unknownField'],
      ['/codes/0', 'wrongType'],
      ['/total', 'unknownField'],
    ];
    expect(await answer(await quote(request, cart))).toEqual(invalid(...faults));
  });

  test('300 KB', async ({ request }) => {
    const cart = { lines: [{ id: 'x'.repeat(300 * 1024), sku: 'CAB19', quantity: 1 }] };
    expect(await answer(await quote(request, cart))).toEqual(problem(413, 'bodyTooLarge'));
  });

  refusesBadBodies(PATH, 256 * 1024);
});

test('a bad request changes nothing', async ({ request }) => {
  const before = (await request.get(withKey('/v1/snapshot'))).headers().etag;
  await quote(request, { lines: [{ sku: 'NOPE', quantity: -1, price: '0' }] });
  expect((await request.get(withKey('/v1/snapshot'))).headers().etag).toBe(before);
  expect((await answer(await quote(request, CASE))).body.total).toBe('307.20');
});

test('a price that the merchant changes is the next quote', async ({ request }) => {
  const store = demo();
  store.products.find(({ sku }) => sku === 'CAB19').price = '33.00';
  await importStore(request, store);
  try {
    expect((await answer(await quote(request, CASE))).body.subtotal).toBe('396.00');
  } finally {
    await restore(request);
  }
  expect((await answer(await quote(request, CASE))).body.subtotal).toBe('384.00');
});

test('a browser of the shop gets it too', async ({ request }) => {
  const response = await sendJson(request, PATH, CASE, { headers: { Origin: ORIGIN } });
  expect((await answer(response)).body.total).toBe(good('307.20').body);
});

test('tells the part that an order is sold by, the same as in the whole', async ({ request }) => {
  const cart = { ...CASE, codes: ['save10'], shippingService: 'ground' };
  const { body: whole } = await answer(await quote(request, cart), ['SAVE10']);
  const { status, body } = await answer(await sendJson(request, `${PATH}&part=sale`, cart), ['SAVE10']);
  expect(status).toBe(200);
  const { token, expiresAt, digest: told, ...sale } = body;
  expect(told).toBe(digest(sale));
  expect(token).toMatch(/^q1\./);
  for (const [name, value] of Object.entries(sale)) {
    if (name !== 'asOf') expect(value, name).toEqual(whole[name]);
  }
  const left = Object.keys(whole).filter((name) => !(name in body));
  expect(left.sort()).toEqual(['messages', 'nudges', 'shippingPending', 'verdicts']);
});

test('knows one part', async ({ request }) => {
  const refused = { '&part=all': 'wrongType', '&part=': 'wrongType', '&part=sale&part=sale': 'repeatedParameter' };
  for (const [query, code] of Object.entries(refused)) {
    expect(await answer(await sendJson(request, PATH + query, CASE))).toEqual(invalid(['/part', code]));
  }
});

test('tells what a page shows beside the cart, for pages without an engine', async ({ request }) => {
  const { status, body } = await answer(await quote(request, { lines: [], beside: ['CAB19', 'NOTHING'] }));
  expect(status).toBe(200);
  const { beside, token, expiresAt, digest: told, ...quoted } = body;
  expect(told).toBe(digest(quoted));
  expect(beside.products).toEqual([
    {
      sku: 'CAB19',
      title: '2019 Cabernet Sauvignon',
      price: '32.00',
      before: '36.00',
      message: { nudge: null, state: 'requirementUnmet', text: '20% off when you buy a case' },
    },
  ]);
  expect(beside.services[0]).toEqual({ id: 'ground', title: 'Ground, 4–6 days', rate: '12.00' });
  const near = await answer(await quote(request, { lines: [{ id: 'a', sku: 'CAB19', quantity: 10 }], beside: ['CAB19'] }));
  const { nudge } = near.body.beside.products[0].message;
  expect(nudge).toEqual({ discount: 'd-case', saving: '76.80', step: { more: 2, sku: 'CAB19', type: 'quantity' } });
  const many = Array.from({ length: 101 }, (_, number) => `S${number}`);
  expect(await answer(await quote(request, { lines: [], beside: many }))).toEqual(invalid(['/beside', 'tooManySkus']));
});
