// POST /admin/api/simulate
import {
  ADMIN,
  answer,
  expect,
  good,
  invalid,
  refusesBadBodies,
  refusesOthers,
  sendJson,
  test,
  version,
} from './calls.mjs';

const PATH = '/admin/api/simulate';

const INPUT = {
  snapshot: {
    version: 'sha256-mine',
    store: { currency: 'USD', timeZone: 'UTC' },
    products: [{ sku: 'CAB19', title: 'Cabernet', price: '32.00' }],
    discounts: [
      {
        id: 'd-gold',
        kind: { type: 'promotion' },
        title: 'Gold',
        audience: { type: 'clubs', clubs: ['gold'] },
        benefit: {
          type: 'products',
          value: { type: 'percentOff', percent: '20' },
          scope: { include: { type: 'store' } },
        },
        startsAt: '2026-01-01T00:00:00Z',
      },
    ],
  },
  asOf: '2026-01-15T12:00:00Z',
  cart: { lines: [{ id: 'a', sku: 'CAB19', quantity: 12 }], customer: { clubs: ['gold'] } },
};

function simulate(request, input) {
  return sendJson(request, PATH, input, { headers: ADMIN });
}

test('prices any cart for any customer at any time', async ({ request }) => {
  const line = {
    id: 'a',
    sku: 'CAB19',
    quantity: 12,
    unitPrice: '32.00',
    subtotal: '384.00',
    discount: '76.80',
    total: '307.20',
    unitDiscounts: [{ quantity: 12, amount: '6.40' }],
  };
  expect(await answer(await simulate(request, INPUT))).toEqual(
    good({
      snapshotVersion: 'sha256-mine',
      asOf: '2026-01-15T12:00:00Z',
      currency: 'USD',
      lines: [{ ...line, discounts: [{ discount: 'd-gold', amount: '76.80' }] }],
      subtotal: '384.00',
      productDiscount: '76.80',
      shipping: null,
      total: '307.20',
      saving: '76.80',
      shippingPending: expect.any(Boolean),
      applied: [{ discount: 'd-gold', title: 'Gold', code: null, productAmount: '76.80', shippingAmount: '0.00' }],
      codes: [],
      verdicts: [{ discount: 'd-gold', type: 'applied', reasons: [] }],
      messages: [],
      nudges: [],
      digest: expect.stringMatching(/^sha256-[0-9a-f]{64}$/),
    }),
  );
});

test('the same input gives the same bytes', async ({ request }) => {
  const [first, second] = [await simulate(request, INPUT), await simulate(request, INPUT)];
  expect(await second.text()).toBe(await first.text());
});

test('tells a merchant why a discount did not apply', async ({ request }) => {
  const { body } = await answer(await simulate(request, { ...INPUT, cart: { lines: INPUT.cart.lines } }));
  expect([body.total, body.verdicts]).toEqual([
    '384.00',
    [{ discount: 'd-gold', type: 'ineligible', reasons: [{ type: 'wrongAudience' }] }],
  ]);
});

test('leaves the store as it is', async ({ request }) => {
  const before = await version(request);
  await simulate(request, INPUT);
  expect(await version(request)).toBe(before);
});

test.describe('refuses', () => {
  const { snapshot, asOf, cart } = INPUT;
  const bad = {
    'a missing snapshot': [{ asOf, cart }, ['/snapshot', 'missingField']],
    'a missing moment': [{ snapshot, cart }, ['/asOf', 'missingField']],
    'a missing cart': [{ snapshot, asOf }, ['/cart', 'missingField']],
    'a moment without a zone': [{ snapshot, asOf: '2026-01-15T12:00:00', cart }, ['/asOf', 'invalidInstant']],
    'an unknown SKU': [
      { snapshot, asOf, cart: { lines: [{ sku: 'NOPE', quantity: 1 }] } },
      ['/cart/lines/0/sku', 'unknownSku'],
    ],
    'an unknown field': [{ ...INPUT, price: '1' }, ['/price', 'unknownField']],
  };
  for (const [name, [input, ...faults]] of Object.entries(bad)) {
    test(name, async ({ request }) => {
      expect(await answer(await simulate(request, input))).toEqual(invalid(...faults));
    });
  }

  refusesBadBodies(PATH, 8 * 1024 * 1024, { headers: ADMIN });
  refusesOthers(PATH, 'POST');
});
