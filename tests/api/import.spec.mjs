// POST /admin/api/import
import {
  ADMIN,
  answer,
  demo,
  expect,
  good,
  importStore,
  invalid,
  problem,
  refusesBadBodies,
  refusesOthers,
  restore,
  send,
  sendJson,
  test,
  version,
  withKey,
} from './calls.mjs';

const PATH = '/admin/api/import';
const LIMIT = 8 * 1024 * 1024;
const CODES = demo().discounts.flatMap(({ kind }) => kind.code ?? []);

function counts(store) {
  const { departments, collections, products, shippingServices, discounts, promotionSets, upgrades } = store;
  const lists = { departments, collections, products, shippingServices, discounts, promotionSets, upgrades };
  return Object.fromEntries(Object.entries(lists).map(([name, list = []]) => [name, list.length]));
}

/** The demo store with something done to the thing of a list that has this id. */
function changed(list, id, change) {
  const store = demo();
  const at = store[list].findIndex((item) => (item.id ?? item.sku) === id);
  change(store[list][at]);
  return [store, at];
}

function discount(id, change) {
  return changed('discounts', id, change);
}

test('loads a store, and the same again changes nothing', async ({ request }) => {
  const before = await version(request);
  const expected = good({ dryRun: false, version: before, counts: counts(demo()), stopped: [] });
  expect(await answer(await importStore(request, demo()))).toEqual(expected);
  expect(await answer(await importStore(request, demo(), '?dryRun=false'))).toEqual(expected);
  expect(await version(request)).toBe(before);
});

test('by a repeated call is done once, whatever was done since', async ({ request }) => {
  const key = { ...ADMIN, 'Idempotency-Key': crypto.randomUUID() };
  const ask = async (store, query = '') => answer(await sendJson(request, `${PATH}${query}`, store, { headers: key }));
  const store = demo();
  store.products[0].title = 'Another';
  const replies = await Promise.all([ask(store), ask(store), ask(store)]);
  expect(replies).toEqual(Array(3).fill({ ...replies[0], status: 200 }));
  await restore(request);
  const { body: demos } = await answer(await importStore(request, demo(), '?dryRun=true'));
  expect(await ask(store)).toEqual(replies[0]);
  expect(await version(request)).toBe(demos.version);
  expect(await ask(demo())).toEqual(problem(422, 'keyReused'));
  // What writes nothing needs no key.
  expect((await ask(demo(), '?dryRun=true')).status).toBe(200);
});

test('a dry run says what would be, and writes nothing', async ({ request }) => {
  const before = await version(request);
  const [store] = changed('products', 'CAB19', (product) => (product.price = '31.00'));
  const { status, body } = await answer(await importStore(request, store, '?dryRun=true'));
  expect([status, body]).toEqual([
    200,
    { dryRun: true, version: expect.stringMatching(/^sha256-/), counts: counts(store), stopped: [] },
  ]);
  expect(body.version).not.toBe(before);
  expect(await version(request)).toBe(before);
});

test('refuses a dry run that is neither true nor false', async ({ request }) => {
  for (const [query, code] of [
    ['?dryRun=1', 'wrongType'],
    ['?dryRun', 'wrongType'],
    ['?dryRun=true&dryRun=false', 'repeatedParameter'],
  ]) {
    expect(await answer(await importStore(request, demo(), query)), query).toEqual(invalid(['/dryRun', code]));
  }
  expect(await answer(await importStore(request, demo(), '?dryrun=true'))).toEqual(
    invalid(['/dryrun', 'unknownParameter']),
  );
});

test('refuses a store whose time zone nobody knows', async ({ request }) => {
  const store = { ...demo(), store: { ...demo().store, timeZone: 'America/Sherlock' } };
  expect(await answer(await importStore(request, store))).toEqual(invalid(['/store/timeZone', 'unknownTimeZone']));
});

test.describe('replaces', () => {
  test.afterEach(({ request }) => restore(request));

  test('everything that was there, at once', async ({ request }) => {
    const scope = { include: { type: 'store' } };
    const store = {
      store: { currency: 'JPY', timeZone: 'Asia/Tokyo' },
      products: [{ sku: 'TEA', title: 'お茶', price: '1200', collections: [] }],
      shippingServices: [],
      discounts: [
        {
          id: 'd',
          kind: { type: 'promotion' },
          title: 'D',
          benefit: { type: 'products', value: { type: 'percentOff', percent: '10' }, scope },
        },
      ],
    };
    const { body: imported } = await answer(await importStore(request, store));
    expect(imported.counts).toEqual(counts(store));
    const { body: shown } = await answer(await request.get(withKey('/v1/products', '&sku=TEA&sku=CAB19')));
    expect(shown).toEqual({
      snapshotVersion: imported.version,
      products: [
        {
          sku: 'TEA',
          title: 'お茶',
          price: '1200',
          compareAt: null,
          departments: [],
          collections: [],
          discountable: true,
        },
      ],
      unknown: ['CAB19'],
    });
    const { body: quote } = await answer(
      await sendJson(request, withKey('/v1/quotes'), { lines: [{ sku: 'TEA', quantity: 1 }] }),
    );
    expect([quote.currency, quote.total]).toEqual(['JPY', '1080']);
  });

  test('a store with nothing in it', async ({ request }) => {
    const store = { store: { currency: 'USD', timeZone: 'UTC' } };
    expect((await answer(await importStore(request, store))).status).toBe(200);
    expect(await answer(await request.get(withKey('/v1/products', '&sku=CAB19')))).toMatchObject({
      body: { products: [], unknown: ['CAB19'] },
    });
  });

  test('texts of every kind', async ({ request }) => {
    const odd = [
      "'; DROP TABLE discounts; --",
      '🍷',
      '\u202e',
      '$[0]',
      '{"a":1}',
      ' ',
      '\\',
      '"',
      'null',
      '1e3',
    ];
    const store = demo();
    for (const sku of odd) {
      store.products.push({
        sku,
        title: sku,
        price: '1.00',
        collections: ['reds', 'reds'],
        description: sku,
        attributes: { [sku]: sku },
      });
      store.collections.push({ id: sku, title: sku });
    }
    // What is no id may be of several lines, and hold what nobody sees.
    for (const [at, text] of ['\u0000', 'A\u0000B', 'A\nB'].entries()) {
      store.products.push({ sku: `odd-${at}`, title: text, price: '1.00', description: text, attributes: { [text]: text } });
    }
    expect((await answer(await importStore(request, store))).status).toBe(200);
    const query = odd.map((sku) => `&sku=${encodeURIComponent(sku)}`).join('');
    const { body } = await answer(await request.get(withKey('/v1/products', query)));
    expect([body.products.map(({ sku }) => sku), body.unknown]).toEqual([odd, []]);
  });

  test('as many discounts as a store may have', async ({ request }) => {
    test.setTimeout(120_000);
    const store = demo();
    const template = store.discounts.find(({ id }) => id === 'd-case');
    const ids = Array.from({ length: 10_000 - store.discounts.length }, (_, at) => `d-many-${at}`);
    store.discounts.push(...ids.map((id) => ({ ...template, id, title: id, enabled: false })));
    expect(JSON.stringify(store).length).toBeGreaterThan(4_000_000);
    expect((await answer(await importStore(request, store))).body.counts.discounts).toBe(10_000);
    const cart = { lines: [{ sku: 'CAB19', quantity: 12 }] };
    expect((await answer(await sendJson(request, withKey('/v1/quotes'), cart))).body.total).toBe('307.20');
    store.discounts.push({ ...template, id: 'd-one-too-many' });
    expect(await answer(await importStore(request, store))).toEqual(invalid(['/discounts', 'tooManyDiscounts']));
  });
});

test.describe('refuses as a whole', () => {
  let before;
  test.beforeEach(async ({ request }) => (before = await version(request)));
  test.afterEach(async ({ request }) => {
    // Neither the rules nor the products are others than before.
    expect(await version(request)).toBe(before);
    const { body } = await answer(await request.get(withKey('/v1/products', '&sku=CAB19')));
    expect([body.snapshotVersion, body.products[0].price]).toEqual([before, '32.00']);
  });

  const percent = (text) => discount('d-case', ({ benefit }) => (benefit.value.percent = text));
  const bad = {
    'a percentage of 0': [percent('0'), (at) => [`/discounts/${at}/benefit/value/percent`, 'percentOutOfRange']],
    'a percentage of 101': [
      percent('101'),
      (at) => [`/discounts/${at}/benefit/value/percent`, 'percentOutOfRange'],
    ],
    'a percentage of abc': [percent('abc'), (at) => [`/discounts/${at}/benefit/value/percent`, 'invalidPercent']],
    'a percentage that is a number': [
      percent(20),
      (at) => [`/discounts/${at}/benefit/value/percent`, 'wrongType'],
    ],
    'an end before its start': [
      discount('d-case', (rule) => (rule.endsAt = '2025-12-31T08:00:00Z')),
      (at) => [`/discounts/${at}/endsAt`, 'endBeforeStart'],
    ],
    'a minimum above its maximum': [
      discount('d-half', ({ requirement }) => Object.assign(requirement, { minimum: 12, maximum: 11 })),
      (at) => [`/discounts/${at}/requirement/minimum`, 'minimumAboveMaximum'],
    ],
    'an empty scope': [
      discount('d-case', ({ benefit }) => (benefit.scope.include.ids = [])),
      (at) => [`/discounts/${at}/benefit/scope/include/ids`, 'emptyScope'],
    ],
    'a set naming a missing discount': [
      changed('promotionSets', 's-case', (set) => set.discounts.push('d-nowhere')),
      (at) => [`/promotionSets/${at}/discounts/2`, 'unknownDiscount'],
    ],
    'two coupons with one code': [
      discount('c-sleuth', ({ kind }) => (kind.code = ' save10')),
      (at) => [`/discounts/${at}/kind/code`, 'duplicateCode'],
    ],
    'two discounts with one id': [
      discount('d-mixed', (rule) => (rule.id = 'd-case')),
      (at) => [`/discounts/${at}/id`, 'duplicateId'],
    ],
    'two products with one SKU': [
      changed('products', 'HOUNDS', (product) => (product.sku = 'CAB19')),
      (at) => [`/products/${at}/sku`, 'duplicateSku'],
    ],
    'a price below zero': [
      changed('products', 'CAB19', (product) => (product.price = '-1.00')),
      (at) => [`/products/${at}/price`, 'negativeAmount'],
    ],
    'a price of a tenth of a cent': [
      changed('products', 'CAB19', (product) => (product.price = '1.001')),
      (at) => [`/products/${at}/price`, 'tooPrecise'],
    ],
    'a price that is a number': [
      changed('products', 'CAB19', (product) => (product.price = 32)),
      (at) => [`/products/${at}/price`, 'wrongType'],
    ],
    'a collection that is not there': [
      changed('products', 'CAB19', (product) => (product.collections = ['nowhere'])),
      (at) => [`/products/${at}/collections/0`, 'unknownCollection'],
    ],
    'an unknown field': [
      changed('products', 'CAB19', (product) => (product.cost = '12.00')),
      (at) => [`/products/${at}/cost`, 'unknownField'],
    ],
    'an item too large for a row': [
      changed(
        'products',
        'CAB19',
        (product) =>
          (product.attributes = Object.fromEntries(
            Array.from({ length: 20_000 }, (_, at) => [`attribute ${at}`, 'x'.repeat(40)]),
          )),
      ),
      (at) => [`/products/${at}`, 'itemTooLarge'],
    ],
  };
  for (const [name, [[store, at], fault]] of Object.entries(bad)) {
    test(name, async ({ request }) => {
      const response = await importStore(request, store);
      const { status, body } = await answer(response, CODES);
      expect([status, body.code, body.errors[0]]).toEqual([
        422,
        'invalidInput',
        { pointer: fault(at)[0], code: fault(at)[1], detail: expect.any(String) },
      ]);
      // A dry run finds the same.
      expect((await answer(await importStore(request, store, '?dryRun=true'), CODES)).body).toEqual(body);
    });
  }

  test('many faults, each with its place', async ({ request }) => {
    const store = demo();
    const at = (id) => store.discounts.findIndex((rule) => rule.id === id);
    const rule = (id) => store.discounts[at(id)];
    rule('d-case').benefit.value.percent = '0';
    rule('d-mixed').benefit.value.percent = '101';
    rule('d-half').benefit.value.percent = 'abc';
    rule('d-bubbles').endsAt = '2025-01-01T00:00:00Z';
    Object.assign(rule('d-dessert').requirement, { minimum: 3, maximum: 2 });
    rule('d-library').benefit.scope.include = { type: 'products', skus: [] };
    store.products[3].price = 'free';
    store.upgrades[0].triggers = [];
    const faults = [
      ['/products/3/price', 'invalidMoney'],
      [`/discounts/${at('d-case')}/benefit/value/percent`, 'percentOutOfRange'],
      [`/discounts/${at('d-mixed')}/benefit/value/percent`, 'percentOutOfRange'],
      [`/discounts/${at('d-half')}/benefit/value/percent`, 'invalidPercent'],
      [`/discounts/${at('d-bubbles')}/endsAt`, 'endBeforeStart'],
      [`/discounts/${at('d-dessert')}/requirement/minimum`, 'minimumAboveMaximum'],
      [`/discounts/${at('d-library')}/benefit/scope/include/skus`, 'emptyScope'],
      ['/upgrades/0/triggers', 'emptyList'],
    ];
    expect(await answer(await importStore(request, store))).toEqual(invalid(...faults));
  });

  test('many references that lead nowhere, each with its place', async ({ request }) => {
    const store = demo();
    store.promotionSets[0].discounts = ['d-nowhere', 'd-case', 'd-case'];
    store.discounts.push({ ...store.discounts.find(({ id }) => id === 'c-save10'), id: 'c-save10-again' });
    const { status, body } = await answer(await importStore(request, store));
    expect([status, body.errors.map(({ pointer, code }) => [pointer, code])]).toEqual([
      422,
      [
        [`/discounts/${store.discounts.length - 1}/kind/code`, 'duplicateCode'],
        ['/promotionSets/0/discounts/2', 'duplicateMember'],
        ['/promotionSets/0/discounts/0', 'unknownDiscount'],
      ],
    ]);
  });

  test('more faults than anyone reads, and says how many', async ({ request }) => {
    const store = demo();
    store.collections = Array.from({ length: 1_500 }, (_, at) => ({ id: `c-${at}`, title: '' }));
    const { status, body } = await answer(await importStore(request, store));
    expect([status, body.errors.length, body.detail]).toEqual([
      422,
      1_000,
      '1500 faults, the first 1000 listed with their places',
    ]);
  });

  test('a file without a currency', async ({ request }) => {
    expect(await answer(await send(request, PATH, '{}', { headers: ADMIN }))).toEqual(
      invalid(['/store', 'missingField']),
    );
  });

  refusesBadBodies(PATH, LIMIT, { headers: ADMIN });
  refusesOthers(PATH, 'POST');
});
