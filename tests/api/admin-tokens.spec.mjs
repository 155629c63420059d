// /admin/api/admin-tokens
import { admin, answer, expect, invalid, makeStaff, problem, test } from './calls.mjs';
import { behavesAsCredentials } from './credentials.mjs';

/** Whether a secret opens what is for staff. */
async function opens(request, { secret }) {
  const headers = { Authorization: `Bearer ${secret}` };
  const reply = await answer(await admin(request, 'GET', 'customers', undefined, headers));
  if (reply.status === 200) return true;
  expect(reply).toEqual(problem(401, 'unauthorized'));
  return false;
}

behavesAsCredentials({
  path: 'admin-tokens',
  list: 'adminTokens',
  wanted: { role: 'viewer' },
  prefix: 'ft_',
  facts: { role: 'viewer' },
  secrets: ['secret'],
  opens,
});

test('has a role, and keeps it', async ({ request }) => {
  for (const role of ['viewer', 'editor', 'owner']) {
    const staff = await makeStaff(request, role);
    const { body } = await answer(await admin(request, 'POST', `admin-tokens/${staff.id}/rotate`, {}));
    const { body: listed } = await answer(await admin(request, 'GET', 'admin-tokens'));
    expect([body.role, listed.adminTokens.find(({ id }) => id === staff.id).role]).toEqual([role, role]);
    await admin(request, 'DELETE', `admin-tokens/${staff.id}`);
  }
});

test('an owner makes another, and takes itself away', async ({ request }) => {
  const first = await makeStaff(request, 'owner');
  const asked = { title: 'Second', role: 'owner' };
  const { body: second } = await answer(await admin(request, 'POST', 'admin-tokens', asked, first.headers));
  const headers = { Authorization: `Bearer ${second.secret}` };
  for (const id of [first.id, second.id]) {
    expect((await admin(request, 'DELETE', `admin-tokens/${id}`, undefined, headers)).status()).toBe(204);
  }
  expect([await opens(request, first), await opens(request, second)]).toEqual([false, false]);
});

test('a role that there is not', async ({ request }) => {
  for (const [role, code] of [
    ['admin', 'unknownVariant'],
    ['Owner', 'unknownVariant'],
    [3, 'wrongType'],
    [undefined, 'missingField'],
  ]) {
    expect(await answer(await admin(request, 'POST', 'admin-tokens', { title: 'x', role }))).toEqual(
      invalid(['/role', code]),
    );
  }
});
