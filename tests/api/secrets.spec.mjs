// No code, no address and no secret reaches a page that did not bring it: public answers are searched for all of them.
import {
  JSON_TYPE,
  KEY,
  admin,
  context,
  demo,
  each,
  expect,
  fromElsewhere,
  importStore,
  restore,
  sendJson,
  test,
} from './calls.mjs';
import { act, halfOff, quoted, reserved, unique } from './checkout.mjs';
import { ROUTES, at } from './routes.mjs';

// Hundreds of calls, of which none is worth a look.
test.use({ trace: 'off' });

const name = unique();
const short = name.slice(-12);
const PLANTED = {
  code: `PLANTED-${short}`.toUpperCase(),
  'a code that is off': `OFF-${short}`.toUpperCase(),
  'a code for a club': `CLUB-${short}`.toUpperCase(),
  'a code that is used up': `GONE-${short}`.toUpperCase(),
  'an address': `${name}@planted.example`,
  'a name of staff': `Title ${name}`,
};
const DEMO = demo().discounts.flatMap(({ kind }) => kind.code ?? []);

/** An answer as text: status line, headers, body, and what is written in the tokens of the body. */
async function told(response) {
  const headers = Object.entries(response.headers()).flat().join('\n');
  const body = await response.text();
  const payloads = [...body.matchAll(/\b[qc]1\.[^."]+\.([\w-]+)\./g)].map(([, payload]) =>
    Buffer.from(payload, 'base64url').toString(),
  );
  return [headers, body, ...payloads].join('\n');
}

/** Which of the secrets a text tells. */
function leaks(text, secrets) {
  return secrets.filter((secret) => text.toUpperCase().includes(secret.toUpperCase()));
}

const made = [];
let secrets = [];

test.beforeAll(async ({ playwright, server }) => {
  const request = await context(playwright);
  const store = demo();
  const coupon = (code, more = {}) => ({ ...halfOff(more), title: `Title ${code}`, kind: { type: 'coupon', code } });
  store.discounts.push(
    coupon(PLANTED.code),
    coupon(PLANTED['a code that is off'], { enabled: false }),
    coupon(PLANTED['a code for a club'], { audience: { type: 'clubs', clubs: ['cellar-club'] } }),
    coupon(PLANTED['a code that is used up'], { usageLimit: { type: 'perStore', orders: 1 } }),
  );
  const imported = await importStore(request, store);
  expect(imported.status(), await imported.text()).toBe(200);
  await admin(request, 'PUT', `customers/${name}`, { email: PLANTED['an address'], clubs: ['cellar-club'] });
  made.push(`customers/${name}`);
  const shown = [];
  for (const [path, body] of [
    ['server-keys', { title: PLANTED['a name of staff'] }],
    ['admin-tokens', { title: PLANTED['a name of staff'], role: 'owner' }],
    ['webhooks', { url: `https://${name}.example/`, enabled: false }],
  ]) {
    const { id, secret, customerSecret } = await (await admin(request, 'POST', path, body)).json();
    made.push(`${path}/${id}`);
    shown.push(secret, customerSecret ?? secret);
  }
  const customer = { id: name, email: PLANTED['an address'] };
  const cart = { lines: [{ sku: 'CAB19', quantity: 1 }], codes: [PLANTED['a code that is used up']], customer };
  const { reference } = await reserved(request, server, cart);
  await act(request, server, reference, 'commit');
  secrets = [...DEMO, ...Object.values(PLANTED), ...shown, server.secret, server.customerSecret, reference];
  await request.dispose();
});

test.afterAll(async ({ playwright }) => {
  const request = await context(playwright);
  for (const path of made.splice(0)) await admin(request, 'DELETE', path);
  await restore(request);
  await request.dispose();
});

test('the search finds what is there', async ({ request }) => {
  const { code } = PLANTED;
  const response = await sendJson(request, `/v1/quotes?key=${KEY}`, {
    lines: [{ sku: 'CAB19', quantity: 1 }],
    codes: [code.toLowerCase()],
  });
  expect(leaks(await told(response), secrets)).toEqual([code]);
  const token = Buffer.from((await response.json()).token.split('.')[2], 'base64url').toString();
  expect(leaks(token, secrets)).toEqual([code]);
});

test('whatever a page asks, it learns none of them', async ({ request, baseURL }) => {
  const key = `?key=${KEY}`;
  const everything = demo().products.map(({ sku }) => ({ sku, quantity: 24 }));
  const bodies = ['', '{', '[]', '{}', 'null', '"x"', '{"code":"NOPE"}', '{"code":1}', '{"lines":[]}'];
  bodies.push(JSON.stringify({ lines: everything, shippingService: 'two-day' }));
  bodies.push(JSON.stringify({ lines: everything, codes: ['NOPE', '%', "' OR 1=1 --", '*', name] }));
  bodies.push(JSON.stringify({ code: 'PLANTED' }), JSON.stringify({ code: '%', customerToken: 'c1.x.y.z' }));
  const queries = [key, '', `${key}&sku=CAB19`, `${key}&sku=${name}`, `${key}&key=x`, '?key=%', `${key}&q=PLANTED`];
  const headers = [
    {},
    { Origin: baseURL },
    { Origin: 'https://elsewhere.example' },
    { 'Farthing-Customer': 'c1.x.y.z' },
    { Authorization: 'Bearer x' },
    { 'If-None-Match': '*' },
  ];
  const asked = [];
  for (const path of new Set(ROUTES.map((route) => at(route, name)))) {
    const isForPages = ROUTES.some((route) => route.whom === 'page' && at(route, name) === path);
    asked.push([path + key, { method: 'OPTIONS', headers: headers[1] }]);
    for (const [number, query] of queries.entries()) {
      asked.push([path + query, { method: 'GET', headers: headers[number % headers.length] }]);
    }
    // Others are told no before their bodies are read.
    for (const [number, body] of (isForPages ? bodies : bodies.slice(-3)).entries()) {
      const more = { ...JSON_TYPE, ...fromElsewhere(), ...headers[number % headers.length] };
      asked.push([path + key, { method: 'POST', headers: more, data: Buffer.from(body) }]);
    }
  }
  expect(asked.length).toBeGreaterThan(300);
  const found = [];
  await each(asked, async ([path, options]) => {
    const response = await request.fetch(path, options);
    expect(response.status(), path).not.toBe(500);
    // What a path itself names is no secret, and neither is a code of the demo that the description has in its examples:
    // that text is part of the Worker, whatever its stores have.
    const known = path.startsWith('/openapi.json') ? [name, ...DEMO] : [name];
    const leaked = leaks(await told(response), secrets.filter((secret) => !known.includes(secret)));
    if (leaked.length > 0) found.push([options.method, path, leaked]);
  });
  expect(found).toEqual([]);
});

test('a customer learns the codes they typed, and no others', async ({ request, server }) => {
  const made = await sendJson(request, '/v1/customers/token', { id: name }, { headers: server.headers });
  const { token } = await made.json();
  const snapshot = await request.get(`/v1/snapshot?key=${KEY}`, { headers: { 'Farthing-Customer': token } });
  expect([snapshot.status(), leaks(await told(snapshot), secrets)]).toEqual([200, []]);
  const lines = [{ sku: 'CAB19', quantity: 1 }];
  const typed = PLANTED['a code for a club'];
  const quote = await sendJson(request, `/v1/quotes?key=${KEY}`, { lines, codes: [typed], customerToken: token });
  // Their own address is theirs.
  expect(leaks(await told(quote), secrets).filter((secret) => secret !== PLANTED['an address'])).toEqual([typed]);
});

test('a code that is used up is refused like one that never was', async ({ request }) => {
  const check = async (code) => {
    const response = await sendJson(request, `/v1/coupons/check?key=${KEY}`, { code }, { headers: fromElsewhere() });
    const { date, ...headers } = response.headers();
    return JSON.stringify([response.status(), headers, await response.text()]);
  };
  const never = await check('NEVER-MADE');
  for (const code of ['a code that is off', 'a code for a club', 'a code that is used up']) {
    // The counts that a quote is made by are a few seconds old at most.
    await expect.poll(() => check(PLANTED[code]), { timeout: 10_000 }).toBe(never);
  }
  expect(await check(PLANTED.code)).not.toBe(never);
});

test('a quote says of them what it says of any wrong code', async ({ request }) => {
  const lines = [{ sku: 'CAB19', quantity: 1 }];
  for (const code of ['a code that is off', 'a code for a club', 'a code that is used up']) {
    const { codes, total } = await quoted(request, { lines, codes: [PLANTED[code]] });
    expect([total, codes]).toEqual(['32.00', [{ code: PLANTED[code], status: 'unknown', discount: null }]]);
  }
});
