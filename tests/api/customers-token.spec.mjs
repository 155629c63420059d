// POST /v1/customers/token, and who is shopping by such a token: the edge's or the shop's own
import { createHmac } from 'node:crypto';
import {
  answer,
  demo,
  each,
  expect,
  good,
  invalid,
  problem,
  refusesBadBodies,
  sendJson,
  test,
  withKey,
  withoutNulls,
} from './calls.mjs';
import { BOTTLE, quoted, reserve, unique } from './checkout.mjs';

const PATH = '/v1/customers/token';
const SNAPSHOT = withKey('/v1/snapshot');
const MEMBER = { id: 'c-9', email: 'ann@example.com', clubs: ['cellar-club'] };

function ask(request, server, customer) {
  return sendJson(request, PATH, customer, { headers: server.headers });
}

async function tokenOf(request, server, customer) {
  return (await answer(await ask(request, server, customer))).body.token;
}

/** A token as a shop makes it itself. */
function signed(server, customer, { seconds = 600, secret = server.customerSecret, key = server.id, ...more } = {}) {
  const { expiresAt = new Date(Date.now() + seconds * 1000).toISOString() } = more;
  const payload = Buffer.from(JSON.stringify({ ...customer, expiresAt })).toString('base64url');
  const message = `c1.${key}.${payload}`;
  return `${message}.${createHmac('sha256', secret).update(message).digest('base64url')}`;
}

async function quote(request, customerToken) {
  return answer(await sendJson(request, withKey('/v1/quotes'), { ...BOTTLE, customerToken }));
}

test('signs who is shopping, for an hour or less', async ({ request, server }) => {
  for (const [customer, seconds] of [
    [MEMBER, 3600],
    [{ ...MEMBER, expiresIn: 60 }, 60],
    [{ email: 'ann@example.com', expiresIn: 1 }, 1],
  ]) {
    const response = await ask(request, server, customer);
    const token = expect.stringMatching(new RegExp(`^c1\\.${server.id}\\.[\\w-]+\\.[\\w-]{43}$`));
    const reply = await answer(response);
    expect(reply).toEqual(good({ token, expiresAt: expect.any(String) }));
    expect(Math.abs(Date.parse(reply.body.expiresAt) - Date.now() - seconds * 1000)).toBeLessThan(5_000);
    expect(response.headers()['cache-control']).toBe('no-store');
  }
});

test('a shop signs the same itself', async ({ request, server }) => {
  for (const token of [await tokenOf(request, server, MEMBER), signed(server, MEMBER)]) {
    const { status, body } = await quote(request, token);
    expect([status, body.total, body.applied.map(({ discount }) => discount)]).toEqual([200, '28.80', ['d-club']]);
  }
  expect((await quote(request)).body.total).toBe('32.00');
});

test('an order by the quote has the price and the customer', async ({ request, server }) => {
  const { token } = await quoted(request, { ...BOTTLE, customerToken: signed(server, MEMBER) });
  const { body } = await answer(await reserve(request, server, { reference: unique(), quote: token }));
  expect(body).toMatchObject({ total: '28.80', customer: { id: 'c-9', email: 'ann@example.com' }, changed: null });
});

test('a tag alone decides too, and is no secret to whom it names', async ({ request, server }) => {
  const customerToken = signed(server, { id: 'c', tags: ['trade'] });
  const cases = { lines: [{ sku: 'CAB19', quantity: 24 }], customerToken };
  const { verdicts } = await quoted(request, cases);
  expect(verdicts.find(({ discount }) => discount === 'd-trade')).toMatchObject({ type: 'beaten' });
});

test.describe('is refused', () => {
  const wrong = (name, make, code) =>
    test(name, async ({ request, server }) => {
      const token = await make(server, request);
      expect(await quote(request, token)).toEqual(problem(401, code));
      const snapshot = await request.get(SNAPSHOT, { headers: { 'Farthing-Customer': token.slice(0, 2_000) } });
      expect((await answer(snapshot)).status).toBe(401);
      const check = await sendJson(request, withKey('/v1/coupons/check'), { code: 'SAVE10', customerToken: token });
      expect(await answer(check)).toEqual(problem(401, code));
    });

  const INVALID = 'invalidCustomerToken';
  wrong('with another secret', (server) => signed(server, MEMBER, { secret: `${server.customerSecret}0` }), INVALID);
  wrong('with the server key itself', (server) => signed(server, MEMBER, { secret: server.secret }), INVALID);
  wrong('of an unknown server key', (server) => signed(server, MEMBER, { key: '000000000000' }), INVALID);
  wrong('for more than an hour', (server) => signed(server, MEMBER, { seconds: 3_700 }), INVALID);
  wrong('with a field that is no part of it', (server) => signed(server, { ...MEMBER, price: '1.00' }), INVALID);
  wrong('when it is over', (server) => signed(server, MEMBER, { seconds: -1 }), 'customerTokenExpired');
  wrong('as plain text', () => 'c-9', INVALID);
  wrong('when it is empty', () => '', INVALID);
  wrong('when it is a quote', async (server, request) => (await quoted(request, BOTTLE)).token, INVALID);
  wrong(
    'without a signature',
    (server) => `${signed(server, MEMBER).split('.').slice(0, 3).join('.')}.`,
    INVALID,
  );
  wrong(
    'with another payload',
    (server) => {
      const [kind, key, , signature] = signed(server, { id: 'c-9' }).split('.');
      return [kind, key, signed(server, MEMBER).split('.')[2], signature].join('.');
    },
    INVALID,
  );

  test('with what is wrong in it, where the shop did sign it', async ({ request, server }) => {
    const detail = async (customer, more) => (await quote(request, signed(server, customer, more))).body.detail;
    const offset = new Date(Date.now() + 60_000).toISOString().replace('Z', '+00:00');
    expect(await detail(MEMBER, { expiresAt: offset })).toContain('`expiresAt`');
    expect(await detail(MEMBER, { seconds: 3_700 })).toContain('3600 seconds');
    expect(await detail({ ...MEMBER, price: '1.00' })).toContain('/price');
    expect(await detail(MEMBER, { secret: 'cs_another' })).not.toContain('expiresAt');
  });

  test('when any character of it is another', async ({ request, server }) => {
    const token = signed(server, MEMBER);
    const forged = [];
    for (let at = 0; at < token.length; at += 7) {
      forged.push(`${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`);
    }
    const replies = await each(forged, (token) => quote(request, token));
    expect(replies).toEqual(forged.map(() => problem(401, INVALID)));
  });

  test('one second after its last', async ({ request, server }) => {
    const token = signed(server, MEMBER, { seconds: 2 });
    expect((await quote(request, token)).status).toBe(200);
    await expect.poll(async () => (await quote(request, token)).status).toBe(401);
  });
});

test.describe('the snapshot of a customer', () => {
  const get = (request, token, headers = {}) =>
    request.get(SNAPSHOT, { headers: { 'Farthing-Customer': token, ...headers } });

  test("has their clubs' rules, and is for nobody else", async ({ request, server }) => {
    const { body: guest } = await answer(await request.get(SNAPSHOT));
    const response = await get(request, signed(server, MEMBER));
    const { status, body } = await answer(response);
    const rule = withoutNulls(demo().discounts.find(({ id }) => id === 'd-club'));
    expect([status, body.customer, body.version]).toEqual([200, { clubs: ['cellar-club'], tags: [] }, guest.version]);
    expect(body.discounts.filter(({ id }) => !guest.discounts.some((known) => known.id === id))).toEqual([rule]);
    const { vary, etag, 'cache-control': caching } = response.headers();
    expect([vary, caching]).toEqual(['Origin, Farthing-Customer', 'private, no-cache']);
    const again = await get(request, signed(server, MEMBER), { 'If-None-Match': etag });
    expect([again.status(), again.headers()['cache-control']]).toEqual([304, 'private, no-cache']);
    // A guest who holds it is told otherwise.
    expect((await request.get(SNAPSHOT, { headers: { 'If-None-Match': etag } })).status()).toBe(200);
  });

  test('says nothing of who they are', async ({ request, server }) => {
    const text = await (await get(request, signed(server, MEMBER))).text();
    expect(['c-9', 'ann@example.com', server.id].filter((word) => text.includes(word))).toEqual([]);
  });

  test('without a club is that of a guest, with their name for nobody', async ({ request, server }) => {
    const { customer, ...body } = await (await get(request, signed(server, { id: 'c-8' }))).json();
    expect(customer).toEqual({ clubs: [], tags: [] });
    expect(body).toEqual(await (await request.get(SNAPSHOT)).json());
  });
});

test.describe('refuses', () => {
  const bad = {
    'nobody at all': [{}, ['', 'missingField']],
    'an address of white space': [{ email: ' ' }, ['/email', 'textEmpty']],
    'clubs of nobody': [{ clubs: ['cellar-club'] }, ['', 'missingField']],
    'a number for an id': [{ id: 9 }, ['/id', 'wrongType']],
    'an empty id': [{ id: '' }, ['/id', 'textEmpty']],
    'clubs as text': [{ id: 'c', clubs: 'cellar-club' }, ['/clubs', 'wrongType']],
    'an unknown field': [{ id: 'c', price: '1.00' }, ['/price', 'unknownField']],
    'an end of its own': [{ id: 'c', expiresAt: '2999-01-01T00:00:00Z' }, ['/expiresAt', 'unknownField']],
    'no time at all': [{ id: 'c', expiresIn: 0 }, ['/expiresIn', 'outOfRange']],
    'more than an hour': [{ id: 'c', expiresIn: 3601 }, ['/expiresIn', 'outOfRange']],
    'a time as text': [{ id: 'c', expiresIn: '60' }, ['/expiresIn', 'wrongType']],
    'a list': [[], ['', 'wrongType']],
  };
  for (const [name, [body, ...faults]] of Object.entries(bad)) {
    test(name, async ({ request, server }) => {
      expect(await answer(await ask(request, server, body))).toEqual(invalid(...faults));
    });
  }

  refusesBadBodies(PATH, 256 * 1024, { isForServers: true });
});
