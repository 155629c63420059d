// Paths that are not there, and methods that a path does not have.
import { expect, test } from '@playwright/test';
import { ADMIN, answer, problem, withKey } from './calls.mjs';

for (const path of [
  '/v1',
  '/v1/nothing',
  '/v1/snapshot/',
  '/v1/QUOTES',
  '/admin/api',
  '/admin/api/site-keys/a/b',
  '/health/x',
]) {
  test(`${path} is not there`, async ({ request }) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const { status, body } = await answer(await request.fetch(path, { method, maxRedirects: 0 }));
      expect([status, body.code], method).toEqual([404, 'notFound']);
    }
  });
}

const routes = [
  ['/health', 'GET, HEAD, OPTIONS'],
  [withKey('/v1/snapshot'), 'GET, HEAD, OPTIONS'],
  [withKey('/v1/products'), 'GET, HEAD, OPTIONS'],
  [withKey('/v1/quotes'), 'POST, OPTIONS'],
  [withKey('/v1/coupons/check'), 'POST, OPTIONS'],
  ['/admin/api/import', 'POST, OPTIONS'],
  ['/admin/api/simulate', 'POST, OPTIONS'],
  ['/admin/api/site-keys', 'GET, HEAD, OPTIONS'],
  ['/admin/api/site-keys/pk_other', 'PUT, OPTIONS'],
];

for (const [path, allowed] of routes) {
  test(`${path.split('?')[0]} says which methods it has`, async ({ request }) => {
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'].filter(
      (method) => !allowed.includes(method),
    );
    for (const method of others) {
      const response = await request.fetch(path, { method, headers: ADMIN });
      expect(await answer(response), method).toEqual(problem(405, 'methodNotAllowed'));
      expect(response.headers().allow, method).toBe(allowed);
    }
    const response = await request.fetch(path, { method: 'OPTIONS' });
    expect([response.status(), response.headers().allow]).toEqual([204, allowed]);
  });
}

test('a HEAD is a GET without its body', async ({ request }) => {
  const [get, head] = [await request.get(withKey('/v1/snapshot')), await request.head(withKey('/v1/snapshot'))];
  expect([head.status(), (await head.body()).length, head.headers().etag]).toEqual([200, 0, get.headers().etag]);
});
