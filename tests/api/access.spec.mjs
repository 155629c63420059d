// Who may use what: every route, method and caller of `routes.mjs`, and no store reaching into another.
import { readFileSync } from 'node:fs';
import {
  ADMIN,
  FOREIGN,
  JSON_TYPE,
  KEY,
  admin as askStaff,
  answer,
  context,
  demo,
  each,
  expect,
  importStore,
  makeServer,
  makeStaff,
  problem,
  sendJson,
  test,
  withKey,
} from './calls.mjs';
import { OFFERED, bought, inAnotherStore, offer, session, visited } from './buyers.mjs';
import { ROUTES, at } from './routes.mjs';

/** The other store. */
const OTHER = '?store=second';

/** Who may use what is for whom. */
const MAY = {
  page: ['page'],
  server: ['server', 'server of the other store'],
  viewer: ['viewer', 'editor', 'owner', 'owner of the other store', 'deployment', 'deployment in the other store'],
  editor: ['editor', 'owner', 'owner of the other store', 'deployment', 'deployment in the other store'],
  owner: ['owner', 'owner of the other store', 'deployment', 'deployment in the other store'],
};

/** Each caller's headers and query; made before the tests and taken away after them. */
const callers = {
  nobody: {},
  page: { query: `?key=${KEY}` },
  server: {},
  'server of the other store': {},
  viewer: {},
  editor: {},
  owner: {},
  'owner of the other store': {},
  deployment: { headers: ADMIN },
  'deployment in the other store': { headers: ADMIN, query: OTHER },
};
const made = [];

test.beforeAll(async ({ playwright }) => {
  const request = await context(playwright);
  await importStore(request, demo(), OTHER);
  const pages = { order: 'https://second.example/order', offers: 'https://second.example/offers' };
  await askStaff(request, 'PUT', `mail${OTHER}`, { from: { email: 'shop@second.example' }, pages });
  const keep = async (name, list, credential, query = '') => {
    callers[name] = { headers: credential.headers, id: credential.id, customerSecret: credential.customerSecret };
    made.push(`/admin/api/${list}/${credential.id}${query}`);
  };
  await keep('server', 'server-keys', await makeServer(request));
  await keep('server of the other store', 'server-keys', await makeServer(request, OTHER), OTHER);
  for (const role of ['viewer', 'editor', 'owner']) {
    await keep(role, 'admin-tokens', await makeStaff(request, role));
  }
  await keep('owner of the other store', 'admin-tokens', await makeStaff(request, 'owner', OTHER), OTHER);
  await request.dispose();
});

test.afterAll(async ({ playwright }) => {
  const request = await context(playwright);
  for (const path of made.splice(0)) await request.delete(path, { headers: ADMIN });
  await request.dispose();
});

/** What a route answers this caller, by the table. */
function expected({ path, whom, answered }, caller) {
  if (whom === 'anyone' || MAY[whom].includes(caller)) return answered;
  if (whom === 'page') return '401 unknownSiteKey';
  if (whom === 'server') return '401 unknownServerKey';
  return MAY.viewer.includes(caller) ? '403 forbidden' : '401 unauthorized';
}

async function call(request, { method, whom, body }, path, { headers, query = '' }) {
  const data = body && Buffer.from(body);
  const options = { method, headers: { ...(data && JSON_TYPE), ...headers }, data };
  const response = await request.fetch(`${path}${whom === 'anyone' ? '' : query}`, options);
  const { status, body: told } = await answer(response, demo().discounts.flatMap(({ kind }) => kind.code ?? []));
  return [status, ...(status < 400 || told.code === undefined ? [] : [told.code])].join(' ');
}

for (const caller of Object.keys(callers)) {
  test(`${caller} gets what the table says`, async ({ request }) => {
    const name = ({ method, path }) => `${method} ${path}`;
    const found = await each(ROUTES, async (route) => [
      name(route),
      await call(request, route, at(route), callers[caller]),
    ]);
    const wanted = ROUTES.map((route) => [name(route), expected(route, caller)]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
  });
}

test('the table has every route of the Worker, and no other', () => {
  const text = readFileSync(new URL('../../crates/edge/src/routes/table.rs', import.meta.url), 'utf8');
  const [, list] = /^routes! \{\n([^]*?)^\}/m.exec(text);
  const entries = [...list.matchAll(/"(\/[^"]*)":([^;]*);/g)].flatMap(([, path, methods]) =>
    [...methods.matchAll(/"([A-Z]+)" (\w+)(?:\((\w+)\))? =>/g)].map(([, method, access, role]) => {
      const whom = { Open: 'anyone', Site: 'page', Server: 'server' }[access] ?? role.toLowerCase();
      return `${method} ${path} ${whom}`;
    }),
  );
  // Each arrow is a method: none was passed over.
  expect(entries.length).toBe(list.split('=>').length - 1);
  expect(ROUTES.map(({ method, path, whom }) => `${method} ${path} ${whom}`).sort()).toEqual(entries.sort());
});

test('a token of one store opens no other', async ({ request }) => {
  for (const [name, query] of [
    ['owner', OTHER],
    ['owner of the other store', '?store=default'],
  ]) {
    const response = await request.get(`/admin/api/discounts${query}`, { headers: callers[name].headers });
    expect(await answer(response), name).toEqual(problem(401, 'unauthorized'));
  }
});

test('no page of another origin may speak to staff or servers', async ({ request }) => {
  for (const route of ROUTES.filter(({ whom }) => !['anyone', 'page'].includes(whom))) {
    const headers = { Origin: FOREIGN, 'Access-Control-Request-Method': route.method };
    const preflight = await request.fetch(at(route), { method: 'OPTIONS', headers });
    const names = Object.keys(preflight.headers()).filter((name) => name.startsWith('access-control-'));
    expect([preflight.status(), names], route.path).toEqual([204, []]);
  }
});

test("nobody of one store sees or changes another's things", async ({ request }) => {
  const { server } = callers;
  const [theirServer, theirOwner] = [callers['server of the other store'], callers['owner of the other store']];
  const admin = (method, path, body, { headers }) => askStaff(request, method, path, body, headers);
  const name = `test-${crypto.randomUUID()}`;
  const key = `pk_${name.replaceAll('-', '_')}`;
  const order = { reference: name, cart: { lines: [{ sku: 'CAB19', quantity: 1 }], customer: { id: name } } };
  await sendJson(request, '/v1/orders', order, { headers: server.headers });
  await admin('PUT', `customers/${name}`, { email: `${name}@example.com`, clubs: ['cellar-club'] }, callers.owner);
  await admin('PUT', `site-keys/${key}`, { origins: [] }, callers.owner);
  const hook = await admin('POST', 'webhooks', { url: `https://${name}.example/`, enabled: false }, callers.owner);
  const { id: webhook } = await hook.json();
  const all = async (caller) => {
    const texts = [];
    for (const list of ['orders', 'customers', 'site-keys', 'server-keys', 'admin-tokens', 'webhooks', 'audit']) {
      texts.push(await (await admin('GET', list, undefined, caller)).text());
    }
    const order = await request.get(`/v1/orders/${name}`, { headers: server.headers });
    return [await order.text(), ...(caller === theirOwner ? texts : texts.slice(1, -1))];
  };
  const before = await all(callers.owner);

  const items = {
    '/v1/orders/{}': name,
    '/admin/api/customers/{}': name,
    '/admin/api/site-keys/{}': key,
    '/admin/api/webhooks/{}': webhook,
    '/admin/api/server-keys/{}': server.id,
    '/admin/api/admin-tokens/{}': callers.viewer.id,
  };
  for (const route of ROUTES.filter(({ path, method }) => path.includes('{}') && method !== 'PUT')) {
    const [thing] = /^.*\{\}/.exec(route.path);
    const item = items[thing];
    if (item === undefined) continue;
    const caller = route.whom === 'server' ? theirServer : theirOwner;
    expect(await call(request, route, at(route, item), caller), `${route.method} ${route.path}`).toBe(route.answered);
  }
  const put = await admin('PUT', `site-keys/${key}`, { origins: [FOREIGN] }, theirOwner);
  expect(await answer(put)).toEqual(problem(409, 'siteKeyTaken'));
  const url = `https://${name}.example/`;
  expect(await answer(await admin('PUT', `webhooks/${webhook}`, { url }, theirOwner))).toEqual(
    problem(404, 'notFound'),
  );

  // A customer and an order of the same name are theirs, and leave ours as they are.
  expect((await admin('PUT', `customers/${name}`, { tags: ['trade'] }, theirOwner)).status()).toBe(200);
  const theirs = await sendJson(request, '/v1/orders', order, { headers: theirServer.headers });
  expect((await answer(theirs)).status).toBe(201);
  await sendJson(request, `/v1/orders/${name}/commit`, {}, { headers: theirServer.headers });
  expect(await all(callers.owner)).toEqual(before);
  await admin('DELETE', `customers/${name}`, undefined, theirOwner);

  const seen = (await all(theirOwner)).slice(1).join('\n');
  const ours = [`${name}@example.com`, key, webhook, server.id, callers.viewer.id, 'cellar-club'];
  expect(ours.filter((text) => seen.includes(text))).toEqual([]);
  await admin('DELETE', `webhooks/${webhook}`, undefined, callers.owner);
  await admin('DELETE', `customers/${name}`, undefined, callers.owner);
  await admin('DELETE', `site-keys/${key}`, undefined, callers.owner);
});

test('nothing that one store signed is good in another', async ({ request }) => {
  const { server } = callers;
  const theirs = callers['server of the other store'];
  const lines = [{ sku: 'CAB19', quantity: 1 }];
  const { body: quote } = await answer(await sendJson(request, withKey('/v1/quotes'), { lines }));
  const order = { reference: `test-${crypto.randomUUID()}`, quote: quote.token };
  const sold = await sendJson(request, '/v1/orders', order, { headers: theirs.headers });
  expect(await answer(sold)).toEqual(problem(422, 'invalidQuote'));

  const customer = { id: 'c-1', clubs: ['cellar-club'] };
  const signed = async (headers) => {
    const { body } = await answer(await sendJson(request, '/v1/customers/token', customer, { headers }));
    return answer(await sendJson(request, withKey('/v1/quotes'), { lines, customerToken: body.token }));
  };
  expect((await signed(server.headers)).body.total).toBe('28.80');
  expect(await signed(theirs.headers)).toEqual(problem(401, 'invalidCustomerToken'));
});

test('nothing that a buyer of one store was given is good in another', async ({ request }) => {
  const { link } = await bought(request, callers.server);
  const { grant } = await offer(request, { link });
  const visit = await visited(request, callers.server);
  const { body } = await answer(
    await sendJson(request, '/v1/customers/token', { id: 'c-1' }, { headers: callers.server.headers }),
  );
  const passes = { link: '422 invalidLink', visit: '422 invalidLink', customerToken: '401 invalidCustomerToken' };
  const given = { link, visit, customerToken: body.token };
  const quote = async (at) =>
    answer(await sendJson(request, at('/v1/quotes'), { lines: [{ sku: OFFERED, quantity: 1 }], grants: [grant] }));
  await inAnotherStore(request, async (at) => {
    for (const [pass, refused] of Object.entries(passes)) {
      expect((await session(request, { [pass]: given[pass] })).status, pass).toBe(200);
      const reply = await session(request, { [pass]: given[pass] }, at);
      expect(`${reply.status} ${reply.body.code}`, pass).toBe(refused);
    }
    expect((await quote(withKey)).body.grants).toMatchObject([{ status: 'open' }]);
    expect(await quote(at)).toEqual(problem(422, 'invalidInput', [['/grants/0', 'invalidGrant']]));
  });
  // Their buyer's order of the same product is no order of ours.
  const theirs = await bought(request, callers['server of the other store']);
  expect(await session(request, { link: theirs.link })).toEqual(problem(422, 'invalidLink'));
});
