// PUT /admin/api/site-keys/{key}
import {
  ADMIN,
  answer,
  expect,
  good,
  invalid,
  problem,
  refusesBadBodies,
  refusesOthers,
  sendJson,
  test,
} from './calls.mjs';

const KEY = 'pk_test_site';
const PATH = `/admin/api/site-keys/${KEY}`;
const SHOP = 'https://shop.example';

function put(request, origins, key = KEY) {
  return sendJson(request, `/admin/api/site-keys/${key}`, { origins }, { method: 'PUT', headers: ADMIN });
}

/** What a page of `origin` gets with the key. */
async function page(request, origin) {
  const response = await request.get(`/v1/snapshot?key=${KEY}`, { headers: { Origin: origin } });
  return [response.status(), response.headers()['access-control-allow-origin']];
}

test('sets the origins, as often as it is called', async ({ request }) => {
  const expected = good({ key: KEY, origins: ['http://localhost:3000', SHOP] });
  for (let time = 0; time < 2; time += 1) {
    expect(await answer(await put(request, [SHOP, 'http://localhost:3000', SHOP]))).toEqual(expected);
  }
  const { body } = await answer(await request.get('/admin/api/site-keys', { headers: ADMIN }));
  expect(body.siteKeys.filter(({ key }) => key === KEY)).toEqual([expected.body]);
});

test('an origin may ask with the next request, and may not once it is taken out', async ({ request }) => {
  await put(request, [SHOP]);
  expect(await page(request, SHOP)).toEqual([200, SHOP]);
  await put(request, ['https://other.example']);
  expect(await page(request, SHOP)).toEqual([403, undefined]);
  expect(await page(request, 'https://other.example')).toEqual([200, 'https://other.example']);
  await put(request, []);
  expect(await page(request, 'https://other.example')).toEqual([403, undefined]);
});

test('an origin is that scheme, that host and that port', async ({ request }) => {
  await put(request, [SHOP]);
  const others = [
    'http://shop.example',
    `${SHOP}:8443`,
    'https://www.shop.example',
    'https://shop.example.elsewhere.example',
    'https://SHOP.example',
  ];
  for (const origin of others) {
    expect(await page(request, origin), origin).toEqual([403, undefined]);
  }
});

test('refuses what is no origin, each with its place, and keeps the old ones', async ({ request }) => {
  await put(request, [SHOP]);
  const bad = [
    `${SHOP}/`,
    `${SHOP}/cart`,
    'https://*.example',
    '*',
    'null',
    'shop.example',
    'https://Shop.example',
    `${SHOP}:443`,
    'ftp://shop.example',
    '',
    1,
  ];
  const faults = bad.map((origin, at) => [
    `/origins/${at}`,
    typeof origin === 'string' ? 'invalidOrigin' : 'wrongType',
  ]);
  expect(await answer(await put(request, bad))).toEqual(invalid(...faults));
  expect(await page(request, SHOP)).toEqual([200, SHOP]);
});

test('has at most fifty origins', async ({ request }) => {
  const origins = Array.from({ length: 51 }, (_, at) => `https://shop-${at}.example`);
  expect((await put(request, origins.slice(1))).status()).toBe(200);
  expect(await answer(await put(request, origins))).toEqual(invalid(['/origins', 'tooManyOrigins']));
});

test('refuses other fields and none', async ({ request }) => {
  const options = { method: 'PUT', headers: ADMIN };
  expect(await answer(await sendJson(request, PATH, { origins: [], key: 'pk_x' }, options))).toEqual(
    invalid(['/key', 'unknownField']),
  );
  expect(await answer(await sendJson(request, PATH, {}, options))).toEqual(invalid(['/origins', 'missingField']));
});

for (const key of [
  'pk_',
  'pk_ab',
  'sk_abc',
  'PK_abc',
  'pk_a-b',
  'pk_a%20b',
  `pk_${'a'.repeat(65)}`,
  '%F0%9F%8D%B7',
]) {
  test(`refuses the key ${key}`, async ({ request }) => {
    expect(await answer(await put(request, [], key))).toEqual(invalid(['', 'invalidSiteKey']));
  });
}

test('a key that was never made opens nothing', async ({ request }) => {
  const response = await request.get('/v1/snapshot?key=pk_a-b');
  expect(await answer(response)).toEqual(problem(401, 'unknownSiteKey'));
});

test.describe('body', () => refusesBadBodies(PATH, 256 * 1024, { method: 'PUT', headers: ADMIN }));
test.describe('is for the administrator', () => refusesOthers(PATH, 'PUT'));
