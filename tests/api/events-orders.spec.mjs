// POST /v1/events/orders
import { answer, expect, good, invalid, problem, refusesBadBodies, sendJson, test } from './calls.mjs';
import { OFFERED, TRIGGER, address, offer, redeemed, session } from './buyers.mjs';
import { act, order, unique } from './checkout.mjs';

const PATH = '/v1/events/orders';

function past(more = {}) {
  return {
    reference: unique(),
    paidAt: '2024-05-01T10:00:00Z',
    total: '12.00',
    customer: { email: address() },
    lines: [{ sku: TRIGGER, quantity: 2 }],
    ...more,
  };
}

function tell(request, server, body, headers = {}) {
  return sendJson(request, PATH, body, { headers: { ...server.headers, ...headers } });
}

test('an order from elsewhere is an order that is paid', async ({ request, server }) => {
  const asked = past();
  const reply = await answer(await tell(request, server, asked));
  expect([reply.status, reply.body]).toEqual([
    201,
    {
      reference: asked.reference,
      status: 'committed',
      revision: 1,
      currency: 'USD',
      total: '12.00',
      refunded: '0.00',
      reservedAt: asked.paidAt,
      expiresAt: null,
      committedAt: asked.paidAt,
      closedAt: null,
      customer: { id: null, email: asked.customer.email, name: null },
      quote: null,
      changed: null,
      elsewhere: true,
      lines: asked.lines,
      link: expect.stringMatching(/^l1\./),
    },
  ]);
  expect(await order(request, server, asked.reference)).toEqual(good(reply.body));
  expect(await answer(await tell(request, server, asked))).toEqual(reply);
  const other = await answer(await tell(request, server, { ...asked, total: '13.00' }));
  expect(other).toEqual(problem(409, 'orderExists'));
  // Nothing replaces what was paid, and this route has no such field.
  expect(other.body.detail).not.toContain('replace');
});

test('its buyer has earned what any buyer has', async ({ request, server }) => {
  const { body } = await answer(await tell(request, server, past()));
  const open = await offer(request, { link: body.link });
  expect(open).toMatchObject({ sku: OFFERED, status: 'open', order: body.reference });
  expect((await redeemed(request, server, open.grant)).total).toBe('10.50');
});

test('it is refunded like any order, and withdraws its offers', async ({ request, server }) => {
  const { body } = await answer(await tell(request, server, past()));
  expect((await act(request, server, body.reference, 'refund', { id: 'r' })).status()).toBe(200);
  expect((await session(request, { link: body.link })).body.offers[0].status).toBe('withdrawn');
});

test('each fault has its place', async ({ request, server }) => {
  const faults = async (more) => answer(await tell(request, server, past(more)));
  expect(await faults({ customer: {} })).toEqual(invalid(['/customer', 'missingField']));
  expect(await faults({ lines: [] })).toEqual(invalid(['/lines', 'emptyList']));
  expect(await faults({ customer: { email: 'nonsense' } })).toEqual(invalid(['/customer/email', 'invalidEmail'], ['/customer', 'missingField']));
  expect(await faults({ paidAt: '2099-01-01T00:00:00Z' })).toEqual(invalid(['/paidAt', 'inTheFuture']));
  expect(await faults({ reference: 'a/b' })).toEqual(invalid(['/reference', 'invalidReference']));
  expect(await faults({ discount: '1.00' })).toEqual(invalid(['/discount', 'unknownField']));
});

refusesBadBodies(PATH, 256 * 1024, { isForServers: true });
