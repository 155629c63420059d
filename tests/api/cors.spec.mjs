// Which pages may read what: the same on every address of /v1.
import { FOREIGN, JSON_TYPE, KEY, ORIGIN, answer, expect, problem, test, withKey } from './calls.mjs';
import { ROUTES } from './routes.mjs';

/** What some of them answer well; of the others a page learns what is wrong with its request. */
const GOOD = {
  '/v1/products': { query: '&sku=CAB19' },
  '/v1/quotes': { data: '{"lines":[{"sku":"CAB19","quantity":1}]}' },
  '/v1/coupons/check': { data: '{"code":"NOT-A-CODE"}' },
  '/v1/offers/links': { data: '{"email":"nobody@nowhere.example"}' },
};

const EXPOSED = 'ETag, RateLimit, RateLimit-Policy, Retry-After';

/** The headers that let a page read an answer. */
function cors(response) {
  const names = Object.keys(response.headers()).filter((name) => name.startsWith('access-control-'));
  return Object.fromEntries(names.map((name) => [name, response.headers()[name]]));
}

for (const { path, method, body } of ROUTES.filter(({ whom }) => whom === 'page')) {
  const { query = '', data = body } = GOOD[path] ?? {};
  const ask = (request, key, headers = {}) =>
    request.fetch(`${path}${key === undefined ? '?' : `?key=${key}`}${query}`, {
      method,
      headers: { ...(data ? JSON_TYPE : {}), ...headers },
      data: data && Buffer.from(data),
    });

  test.describe(path, () => {
    test('answers a page of a listed origin, and names that origin', async ({ request }) => {
      const response = await ask(request, KEY, { Origin: ORIGIN });
      expect(response.status()).not.toBe(403);
      expect(cors(response)).toEqual({
        'access-control-allow-origin': ORIGIN,
        'access-control-expose-headers': EXPOSED,
      });
      expect(response.headers().vary).toBe('Origin, Farthing-Customer');
    });

    test('answers without an origin, and still varies with it', async ({ request }) => {
      const response = await ask(request, KEY);
      expect(response.status()).not.toBe(403);
      expect(cors(response)).toEqual({});
      expect(response.headers().vary).toBe('Origin, Farthing-Customer');
    });

    for (const origin of [FOREIGN, 'null', `${ORIGIN}.elsewhere.example`, `${ORIGIN}/`]) {
      test(`refuses a page of ${origin.replace(/:\d+/, ':<port>')}`, async ({ request }) => {
        const response = await ask(request, KEY, { Origin: origin });
        expect(await answer(response)).toEqual(problem(403, 'originNotAllowed'));
        expect(cors(response)).toEqual({});
        const preflight = await request.fetch(withKey(path), {
          method: 'OPTIONS',
          headers: { Origin: origin, 'Access-Control-Request-Method': method },
        });
        expect(await answer(preflight)).toEqual(problem(403, 'originNotAllowed'));
        expect(cors(preflight)).toEqual({});
      });
    }

    for (const [name, key] of [
      ['a missing', undefined],
      ['an empty', ''],
      ['an unknown', 'pk_nobody'],
      ['a secret-looking', 'sk_demo'],
      ['a quoted', "pk_x'%20OR%20'1"],
    ]) {
      test(`refuses ${name} key`, async ({ request }) => {
        const response = await ask(request, key, { Origin: ORIGIN });
        expect(await answer(response)).toEqual(problem(401, 'unknownSiteKey'));
        expect(cors(response)).toEqual({});
      });
    }

    test('refuses a key said twice', async ({ request }) => {
      const response = await ask(request, `${KEY}&key=${KEY}`);
      expect(await answer(response)).toEqual(problem(422, 'invalidInput', [['/key', 'repeatedParameter']]));
    });

    test('refuses a parameter it does not know', async ({ request }) => {
      const response = await ask(request, `${KEY}&price=1`);
      expect(await answer(response)).toEqual(problem(422, 'invalidInput', [['/price', 'unknownParameter']]));
    });

    test('lets a listed page ask first', async ({ request }) => {
      const response = await request.fetch(withKey(path), {
        method: 'OPTIONS',
        headers: {
          Origin: ORIGIN,
          'Access-Control-Request-Method': method,
          'Access-Control-Request-Headers': 'content-type, farthing-customer, idempotency-key',
        },
      });
      expect([response.status(), await response.text()]).toEqual([204, '']);
      expect(cors(response)).toEqual({
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-methods': expect.stringContaining(method),
        'access-control-allow-headers': 'Content-Type, Farthing-Customer, Idempotency-Key',
        'access-control-expose-headers': EXPOSED,
        'access-control-max-age': '600',
      });
    });
  });
}

test('a page may read what was wrong with its request', async ({ request }) => {
  const response = await request.post(withKey('/v1/quotes'), {
    headers: { ...JSON_TYPE, Origin: ORIGIN },
    data: Buffer.from('{"lines":1}'),
  });
  expect(await answer(response)).toEqual(problem(422, 'invalidInput', [['/lines', 'wrongType']]));
  expect(response.headers()['access-control-allow-origin']).toBe(ORIGIN);
});
