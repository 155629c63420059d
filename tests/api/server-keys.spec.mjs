// /admin/api/server-keys
import { createHmac } from 'node:crypto';
import { ADMIN, admin, answer, expect, problem, sendJson, test, withKey } from './calls.mjs';
import { BOTTLE, unique } from './checkout.mjs';
import { behavesAsCredentials } from './credentials.mjs';

/** Whether a secret opens what is for servers. */
async function opens(request, { secret }) {
  const headers = { Authorization: `Bearer ${secret}` };
  const reply = await answer(await request.get(`/v1/orders/${unique()}`, { headers }));
  if (reply.status === 404) return true;
  expect(reply).toEqual(problem(401, 'unknownServerKey'));
  return false;
}

behavesAsCredentials({
  path: 'server-keys',
  list: 'serverKeys',
  wanted: {},
  prefix: 'sk_',
  facts: {},
  secrets: ['secret', 'customerSecret'],
  opens,
});

test('says how to sign in', async ({ request }) => {
  const response = await request.get('/v1/orders/1');
  expect(await answer(response)).toEqual(problem(401, 'unknownServerKey'));
  expect(response.headers()['www-authenticate']).toBe('Bearer realm="server"');
  const long = `Bearer ${'x'.repeat(5_000)}`;
  for (const Authorization of ['Bearer', 'Bearer ', 'Basic c2s6', ADMIN.Authorization, 'sk_x', long]) {
    const response = await request.get('/v1/orders/1', { headers: { Authorization } });
    expect(await answer(response), Authorization.slice(0, 20)).toEqual(problem(401, 'unknownServerKey'));
  }
});

test("a customer's token is good as long as the secret that signed it", async ({ request }) => {
  const { body: first } = await answer(await admin(request, 'POST', 'server-keys', { title: 'Test' }));
  const token = ({ id, customerSecret }) => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const payload = Buffer.from(JSON.stringify({ id: 'c', clubs: ['cellar-club'], expiresAt })).toString('base64url');
    const message = `c1.${id}.${payload}`;
    return `${message}.${createHmac('sha256', customerSecret).update(message).digest('base64url')}`;
  };
  const good = async (key) => {
    const cart = { ...BOTTLE, customerToken: token(key) };
    return (await sendJson(request, withKey('/v1/quotes'), cart)).status() === 200;
  };
  const rotate = async (overlapSeconds) =>
    (await answer(await admin(request, 'POST', `server-keys/${first.id}/rotate`, { overlapSeconds }))).body;
  const second = await rotate(60);
  expect(second.customerSecret).not.toBe(first.customerSecret);
  expect([await good(first), await good(second)]).toEqual([true, true]);
  const third = await rotate(0);
  expect([await good(first), await good(second), await good(third)]).toEqual([false, false, true]);
  await admin(request, 'DELETE', `server-keys/${first.id}`);
  expect(await good(third)).toBe(false);
});
