// /admin/api/customers and /admin/api/customers/{id}
import {
  ADMIN,
  admin,
  answer,
  everyPage,
  expect,
  good,
  invalid,
  problem,
  refusesBadBodies,
  sendJson,
  test,
  withKey,
} from './calls.mjs';
import { BOTTLE, reserved, unique } from './checkout.mjs';

const made = [];

/** Names that come one after the other in the list. */
function names(count) {
  const name = unique();
  return Array.from({ length: count }, (_, at) => `${name}-${at}`);
}

async function put(request, id, body) {
  made.push(id);
  return answer(await admin(request, 'PUT', `customers/${encodeURIComponent(id)}`, body));
}

async function get(request, id) {
  return answer(await admin(request, 'GET', `customers/${encodeURIComponent(id)}`));
}

test.afterEach(async ({ request }) => {
  for (const id of made.splice(0)) await admin(request, 'DELETE', `customers/${encodeURIComponent(id)}`);
});

test('is kept as it is put, in order, each once', async ({ request }) => {
  const [id] = names(1);
  const email = `${id}@Example.com `;
  const reply = await put(request, id, { email, name: ' Zoë Ó Dálaigh ', clubs: ['gold', 'cellar-club', 'gold'], tags: ['vip'] });
  const expected = good({ id, email: email.trim().toLowerCase(), name: 'Zoë Ó Dálaigh', clubs: ['cellar-club', 'gold'], tags: ['vip'] });
  expect([reply, await get(request, id)]).toEqual([expected, expected]);
  const changed = good({ id, email: null, name: null, clubs: [], tags: ['trade'] });
  expect([await put(request, id, { tags: ['trade'] }), await get(request, id)]).toEqual([changed, changed]);
});

test('is kept without what is null', async ({ request }) => {
  const [id] = names(1);
  const nothing = { id: null, email: null, name: null, clubs: null, tags: null };
  expect(await put(request, id, nothing)).toEqual(good({ id, email: null, name: null, clubs: [], tags: [] }));
});

test('is gone once deleted', async ({ request }) => {
  const [id] = names(1);
  await put(request, id, {});
  expect((await admin(request, 'DELETE', `customers/${id}`)).status()).toBe(204);
  const missing = problem(404, 'notFound');
  expect([await get(request, id), await answer(await admin(request, 'DELETE', `customers/${id}`))]).toEqual([
    missing,
    missing,
  ]);
});

test('is called by any id', async ({ request }) => {
  for (const id of ['é ☂', 'a/b?c#d', '%41', "'; DROP TABLE customers; --", 'x'.repeat(256)]) {
    expect((await put(request, id, { clubs: ['gold'] })).body, id).toMatchObject({ id, clubs: ['gold'] });
    expect((await get(request, id)).body.id, id).toBe(id);
  }
  const reply = await answer(await admin(request, 'PUT', `customers/${'x'.repeat(257)}`, {}));
  expect(reply).toEqual(invalid(['', 'textTooLong']));
  for (const id of ['a\nb', 'a\r', '\0', 'a\u0085b', 'a\u2028b']) {
    expect(await put(request, id, {}), JSON.stringify(id)).toEqual(invalid(['', 'invalidId']));
  }
});

test('are listed in pages, in order of their ids', async ({ request }) => {
  const ids = names(5);
  for (const id of [...ids].reverse()) await put(request, id, {});
  const seen = (await everyPage(request, 'customers', 'customers')).map(({ id }) => id);
  expect(seen).toEqual([...new Set(seen)].sort());
  expect(seen.filter((id) => ids.includes(id))).toEqual(ids);
});

test('are found by their e-mail address', async ({ request }) => {
  const [id] = names(1);
  await put(request, id, { email: `${id}@example.com`, tags: ['vip'] });
  const find = async (email) => answer(await admin(request, 'GET', `customers?email=${encodeURIComponent(email)}`));
  const expected = good({
    customers: [{ id, email: `${id}@example.com`, name: null, clubs: [], tags: ['vip'] }],
    nextCursor: null,
  });
  expect(await find(` ${id.toUpperCase()}@EXAMPLE.com`)).toEqual(expected);
  expect(await find(`${id}@example.co_`)).toEqual(good({ customers: [], nextCursor: null }));
});

test('may share an address: who is named by it alone is the first of them', async ({ request }) => {
  const [first, second] = names(2);
  const email = `${first}@example.com`;
  for (const id of [second, first].reverse()) await put(request, id, { email });
  const found = await answer(await admin(request, 'GET', `customers?email=${email}`));
  expect(found.body.customers.map(({ id }) => id)).toEqual([first]);
  expect((await get(request, second)).body.email).toBe(email);
});

test('have an address in one spelling', async ({ request }) => {
  const [id] = names(1);
  expect((await put(request, id, { email: ' Ada@Bücher.Example ' })).body.email).toBe('ada@xn--bcher-kva.example');
  const { body } = await answer(await admin(request, 'GET', `customers?email=${encodeURIComponent('ada@bücher.example')}`));
  expect(body.customers.map((customer) => customer.id)).toContain(id);
});

test('have their prices, as their server or the shop names them', async ({ request, server }) => {
  const [id] = names(1);
  const email = `${id}@example.com`;
  const total = async (customer) => {
    const made = await sendJson(request, '/v1/customers/token', customer, { headers: server.headers });
    const cart = { ...BOTTLE, customerToken: (await answer(made)).body.token };
    const { body } = await answer(await sendJson(request, withKey('/v1/quotes'), cart));
    return [body.total, (await reserved(request, server, { ...BOTTLE, customer })).total];
  };
  expect(await total({ id })).toEqual(['32.00', '32.00']);
  await put(request, id, { email, clubs: ['cellar-club'] });
  for (const customer of [{ id }, { email }]) {
    expect(await total(customer), JSON.stringify(customer)).toEqual(['28.80', '28.80']);
  }
  expect(await total({ id: `${id}-other` })).toEqual(['32.00', '32.00']);
  // What is taken from them is gone with the next request.
  await put(request, id, { email });
  for (const customer of [{ id }, { email }]) {
    expect(await total(customer), JSON.stringify(customer)).toEqual(['32.00', '32.00']);
  }
});

test.describe('refuses', () => {
  const bad = {
    'an id in the body': [{ id: 'c' }, ['/id', 'unknownField']],
    'a number for an address': [{ email: 1 }, ['/email', 'wrongType']],
    'what is no address': [{ email: 'nonsense' }, ['/email', 'invalidEmail']],
    'a tag of two lines': [{ tags: ['a\nb'] }, ['/tags/0', 'invalidId']],
    'clubs as text': [{ clubs: 'gold' }, ['/clubs', 'wrongType']],
    'an empty tag': [{ tags: [''] }, ['/tags/0', 'textEmpty']],
    'an unknown field': [{ price: '1' }, ['/price', 'unknownField']],
    'a list': [[], ['', 'wrongType']],
  };
  for (const [name, [body, ...faults]] of Object.entries(bad)) {
    test(name, async ({ request }) => {
      const [id] = names(1);
      expect(await put(request, id, body)).toEqual(invalid(...faults));
      expect((await get(request, id)).status).toBe(404);
    });
  }

  test('pages that there are not', async ({ request }) => {
    for (const [query, pointer, code] of [
      ['limit=0', '/limit', 'outOfRange'],
      ['limit=201', '/limit', 'outOfRange'],
      ['limit=two', '/limit', 'outOfRange'],
      ['cursor=%25', '/cursor', 'invalidCursor'],
      ['limit=1&limit=2', '/limit', 'repeatedParameter'],
      ['page=2', '/page', 'unknownParameter'],
    ]) {
      for (const list of ['customers', 'orders', 'discounts', 'audit', 'updates', 'outbox']) {
        const reply = await answer(await admin(request, 'GET', `${list}?${query}`));
        expect(reply, `${list}?${query}`).toEqual(invalid([pointer, code]));
      }
    }
  });

  // A page that began anew here would never end.
  test('cursors that none of its pages gave', async ({ request }) => {
    for (const list of ['orders', 'discounts', 'audit', 'updates', 'outbox']) {
      for (const made of ['made up', 'made up 1', '-1', '1.5', '99999999999999999999']) {
        const cursor = Buffer.from(made).toString('base64url');
        const reply = await answer(await admin(request, 'GET', `${list}?cursor=${cursor}`));
        expect(reply, `${list} after ${made}`).toEqual(invalid(['/cursor', 'invalidCursor']));
      }
    }
  });

  refusesBadBodies('/admin/api/customers/test-nobody', 256 * 1024, { method: 'PUT', headers: ADMIN });
});
