// GET /admin/api/site-keys
import { ADMIN, KEY, ORIGIN, answer, expect, good, invalid, refusesOthers, sendJson, test } from './calls.mjs';

const PATH = '/admin/api/site-keys';

test('lists every key in order, each with its origins in order', async ({ request }) => {
  const origins = ['https://b.example', 'https://a.example'];
  await sendJson(request, `${PATH}/pk_aaa`, { origins }, { method: 'PUT', headers: ADMIN });
  const { status, body } = await answer(await request.get(PATH, { headers: ADMIN }));
  const names = body.siteKeys.map(({ key }) => key);
  expect([status, names]).toEqual([200, [...names].sort()]);
  expect(body.siteKeys[0]).toEqual({ key: 'pk_aaa', origins: ['https://a.example', 'https://b.example'] });
  expect(body.siteKeys.find(({ key }) => key === KEY).origins).toContain(ORIGIN);
  expect(await answer(await request.get(PATH, { headers: ADMIN }))).toEqual(good(body));
});

test('takes no parameters', async ({ request }) => {
  expect(await answer(await request.get(`${PATH}?page=2`, { headers: ADMIN }))).toEqual(
    invalid(['/page', 'unknownParameter']),
  );
});

test.describe('is for the administrator', () => refusesOthers(PATH, 'GET'));
