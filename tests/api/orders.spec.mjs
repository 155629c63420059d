// POST /v1/orders: what is reserved, and what is refused
import { answer, expect, good, invalid, problem, refusesBadBodies, test } from './calls.mjs';
import { BOTTLE, CASE, ORDERS, act, order, quoted, reserve, reserved, unique } from './checkout.mjs';

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
    'a cart with nothing in it': [{ reference: 'r', cart: { lines: [] } }, ['/cart/lines', 'emptyList']],
    'what is no address': [
      { reference: 'r', cart: { ...cart, customer: { id: 'c', email: 'nonsense' } } },
      ['/cart/customer/email', 'invalidEmail'],
    ],
    'what is no address beside a quote': [
      { reference: 'r', quote: 'q1.k1.x.y', customer: { email: 'a@b@c.com' } },
      ['/customer/email', 'invalidEmail'],
    ],
    'ids of two lines': [
      {
        reference: 'r',
        cart: { lines: [{ ...line, id: 'a\nb' }, { sku: 'CAB19\u2028', quantity: 1 }], customer: { id: 'c\r' } },
      },
      ['/cart/lines/0/id', 'invalidId'],
      ['/cart/lines/1/sku', 'invalidId'],
      ['/cart/customer/id', 'invalidId'],
    ],
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
