// Paths that are not there, and methods that a path does not have.
import { ADMIN, answer, expect, problem, test, withKey } from './calls.mjs';
import { allowed, at } from './routes.mjs';

for (const path of [
  '/v1',
  '/v1/nothing',
  '/v1/snapshot/',
  '/v1/QUOTES',
  '/admin/api',
  '/admin/api/site-keys/a/b',
  '/health/x',
  '/v1/orders/',
  '/v1/orders/1/2/commit',
  '/v1/orders/1/cancel',
]) {
  test(`${path} is not there`, async ({ request }) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const { status, body } = await answer(await request.fetch(path, { method, maxRedirects: 0 }));
      expect([status, body.code], method).toEqual([404, 'notFound']);
    }
  });
}

for (const { path, whom, allowed: methods } of allowed()) {
  test(`${path} says which methods it has`, async ({ request, server }) => {
    const { headers } = whom === 'server' ? server : { headers: ADMIN };
    const address = whom === 'page' ? withKey(path) : at({ path });
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'].filter(
      (method) => !methods.split(', ').includes(method),
    );
    for (const method of others) {
      const response = await request.fetch(address, { method, headers });
      expect(await answer(response), method).toEqual(problem(405, 'methodNotAllowed'));
      expect(response.headers().allow, method).toBe(methods);
    }
    const response = await request.fetch(address, { method: 'OPTIONS' });
    expect([response.status(), response.headers().allow]).toEqual([204, methods]);
  });
}

test('a path that can not be decoded names nothing', async ({ request, server }) => {
  for (const item of ['%ff', '%C3%28', '%', '%4', '%zz', 'a%']) {
    for (const [method, path, { headers }] of [
      ['GET', `/v1/orders/${item}`, server],
      ['PUT', `/admin/api/customers/${item}`, { headers: ADMIN }],
      ['POST', `/admin/api/discounts/${item}/stop`, { headers: ADMIN }],
    ]) {
      const reply = await answer(await request.fetch(path, { method, headers, data: {} }));
      expect(reply, `${method} ${path}`).toEqual(problem(400, 'malformedUrl'));
    }
  }
});

test('what is missing is told from a path that is none', async ({ request }) => {
  const detail = async (path) => (await answer(await request.get(path, { headers: ADMIN }))).body.detail;
  expect(await detail('/admin/api/webhook/1')).toContain('No route');
  expect(await detail('/admin/api/webhooks/1')).not.toContain('No route');
});

test('a HEAD is a GET without its body', async ({ request }) => {
  const [get, head] = [await request.get(withKey('/v1/snapshot')), await request.head(withKey('/v1/snapshot'))];
  expect([head.status(), (await head.body()).length, head.headers().etag]).toEqual([200, 0, get.headers().etag]);
});
