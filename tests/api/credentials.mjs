// What server keys and admin tokens have in common. Each kind says what is `wanted` of it and how its secret `opens`.
import { ADMIN, admin, answer, expect, good, invalid, problem, refusesBadBodies, test } from './calls.mjs';
import { unique } from './checkout.mjs';

const DAY = 24 * 60 * 60 * 1000;

export function behavesAsCredentials({ path, list, wanted, prefix, facts, secrets, opens }) {
  const made = [];

  async function make(request, headers = {}, title = unique()) {
    const body = { title, ...wanted };
    const reply = await answer(await admin(request, 'POST', path, body, { ...ADMIN, ...headers }));
    if (reply.status === 201) made.push(reply.body.id);
    return { ...reply, title: body.title };
  }

  async function listed(request) {
    const { body } = await answer(await admin(request, 'GET', path));
    return body[list];
  }

  function rotate(request, id, body = {}, headers = {}) {
    return admin(request, 'POST', `${path}/${id}/rotate`, body, { ...ADMIN, ...headers });
  }

  test.afterEach(async ({ request }) => {
    for (const id of made.splice(0)) await admin(request, 'DELETE', `${path}/${id}`);
  });

  test('is made, and shows its secret once', async ({ request }) => {
    const { title, ...reply } = await make(request);
    const { id, secret, createdAt } = reply.body;
    const told = { id, title, ...facts, createdAt, rotatedAt: null, previousUntil: null };
    const shown = Object.fromEntries(secrets.map((name) => [name, expect.any(String)]));
    expect(reply).toEqual(good({ ...told, ...shown }, 201));
    expect(secret).toMatch(new RegExp(`^${prefix}${id}_[0-9a-f]{64}$`));
    expect(Math.abs(Date.parse(createdAt) - Date.now())).toBeLessThan(60_000);
    expect((await listed(request)).find((known) => known.id === id)).toEqual(told);
    // Neither it nor its hash is told again, anywhere.
    const lists = ['server-keys', 'admin-tokens', 'audit?limit=200'];
    const texts = await Promise.all(lists.map(async (list) => (await admin(request, 'GET', list)).text()));
    for (const name of secrets) expect(texts.join('').includes(reply.body[name].slice(-32)), name).toBe(false);
    expect(await opens(request, reply.body)).toBe(true);
  });

  test('is in a list, in the order of its making', async ({ request }) => {
    const ids = [];
    for (let at = 0; at < 3; at += 1) ids.push((await make(request)).body.id);
    expect((await listed(request)).map(({ id }) => id).slice(-3)).toEqual(ids);
  });

  test('opens nothing with another secret', async ({ request }) => {
    const { body } = await make(request);
    const others = [body.secret.slice(0, -1), `${body.secret}0`, `${body.secret.slice(0, -1)}x`, prefix, body.id];
    for (const secret of others) expect(await opens(request, { ...body, secret }), secret).toBe(false);
  });

  test('gets a new secret, and the one before is good for a day', async ({ request }) => {
    const { body: first } = await make(request);
    const reply = await answer(await rotate(request, first.id));
    const { rotatedAt, previousUntil, secret } = reply.body;
    expect([reply.status, reply.body.id, secret === first.secret]).toEqual([200, first.id, false]);
    expect(Date.parse(previousUntil) - Date.parse(rotatedAt)).toBe(DAY);
    expect([await opens(request, first), await opens(request, reply.body)]).toEqual([true, true]);
    // One before that is good no longer.
    const { body: third } = await answer(await rotate(request, first.id, { overlapSeconds: 60 }));
    const opened = [await opens(request, first), await opens(request, reply.body), await opens(request, third)];
    expect(opened).toEqual([false, true, true]);
  });

  test('gets a new secret at once, where nothing may overlap', async ({ request }) => {
    const { body: first } = await make(request);
    const { body: second } = await answer(await rotate(request, first.id, { overlapSeconds: 0 }));
    expect(second.previousUntil).toBe(null);
    expect([await opens(request, first), await opens(request, second)]).toEqual([false, true]);
  });

  test('has an overlap that ends', async ({ request }) => {
    const { body: first } = await make(request);
    await rotate(request, first.id, { overlapSeconds: 2 });
    expect(await opens(request, first)).toBe(true);
    await expect.poll(() => opens(request, first)).toBe(false);
  });

  test('opens nothing once it is deleted', async ({ request }) => {
    const { body } = await make(request);
    await rotate(request, body.id);
    expect((await answer(await admin(request, 'DELETE', `${path}/${body.id}`))).status).toBe(204);
    expect(await opens(request, body)).toBe(false);
    expect((await listed(request)).filter(({ id }) => id === body.id)).toEqual([]);
    expect(await answer(await admin(request, 'DELETE', `${path}/${body.id}`))).toEqual(problem(404, 'notFound'));
    expect(await answer(await rotate(request, body.id))).toEqual(problem(404, 'notFound'));
  });

  test('is made once by a repeated call', async ({ request }) => {
    const key = { 'Idempotency-Key': unique() };
    const { body: first, title } = await make(request, key);
    const { title: same, ...again } = await make(request, key, title);
    expect(again).toEqual(problem(409, 'alreadyMade'));
    expect(again.body.detail).toContain(first.id);
    const rotation = { 'Idempotency-Key': unique() };
    const { body: second } = await answer(await rotate(request, first.id, {}, rotation));
    expect(await answer(await rotate(request, first.id, {}, rotation))).toEqual(problem(409, 'alreadyMade'));
    expect(await opens(request, second)).toBe(true);
    const { title: third, ...late } = await make(request, key, title);
    expect(late, 'the first call again, after a rotation').toEqual(problem(409, 'alreadyMade'));
  });

  test('is made once by many calls at once', async ({ request }) => {
    for (let time = 0; time < 3; time += 1) {
      const [key, title] = [{ 'Idempotency-Key': unique() }, unique()];
      const replies = await Promise.all(Array.from({ length: 25 }, () => make(request, key, title)));
      const told = replies.map(({ status, body }) => (status === 201 ? 'made' : `${status} ${body.code}`));
      expect(told.sort()).toEqual([...Array(24).fill('409 alreadyMade'), 'made']);
    }
  });

  test('is not made by a call whose key came with another', async ({ request }) => {
    const key = { 'Idempotency-Key': unique() };
    const { body: first, title } = await make(request, key);
    const reused = problem(422, 'keyReused');
    const headers = { ...ADMIN, ...key };
    const ask = async (path, body) => answer(await admin(request, 'POST', path, body, headers));
    const { title: other, ...another } = await make(request, key);
    expect(another).toEqual(reused);
    expect(await answer(await rotate(request, first.id, {}, key))).toEqual(reused);
    const [kind, more] = path === 'server-keys' ? ['admin-tokens', { role: 'viewer' }] : ['server-keys', {}];
    expect(await ask(kind, { title, ...more })).toEqual(reused);
    expect(await ask('webhooks', { url: `https://${title}.example/` })).toEqual(reused);
    expect(await opens(request, first)).toBe(true);
    const [rotation, overlap] = [{ 'Idempotency-Key': unique() }, { overlapSeconds: 60 }];
    expect((await rotate(request, first.id, overlap, rotation)).status()).toBe(200);
    expect(await answer(await rotate(request, first.id, {}, rotation))).toEqual(reused);
    expect(await answer(await rotate(request, first.id, overlap, rotation))).toEqual(problem(409, 'alreadyMade'));
  });

  test('is made by one of many calls at once that ask for others', async ({ request }) => {
    const key = { 'Idempotency-Key': unique() };
    const replies = await Promise.all(Array.from({ length: 10 }, () => make(request, key)));
    const told = replies.map(({ status, body }) => (status === 201 ? 'made' : `${status} ${body.code}`));
    expect(told.sort()).toEqual([...Array(9).fill('422 keyReused'), 'made']);
  });

  test.describe('refuses', () => {
    for (const [name, [body, ...faults]] of Object.entries({
      'no title': [{ ...wanted }, ['/title', 'missingField']],
      'an empty title': [{ ...wanted, title: '' }, ['/title', 'textEmpty']],
      'a title too long': [{ ...wanted, title: 'x'.repeat(257) }, ['/title', 'textTooLong']],
      'a title that is a number': [{ ...wanted, title: 1 }, ['/title', 'wrongType']],
      'a secret of its own': [{ ...wanted, title: 'x', secret: 'x' }, ['/secret', 'unknownField']],
      'a list': [[], ['', 'wrongType']],
    })) {
      test(name, async ({ request }) => {
        expect(await answer(await admin(request, 'POST', path, body))).toEqual(invalid(...faults));
      });
    }

    test('an overlap of other than 0 to 604800 seconds', async ({ request }) => {
      const { body: first } = await make(request);
      for (const [overlapSeconds, code] of [
        [604_801, 'outOfRange'],
        [-1, 'outOfRange'],
        [1.5, 'outOfRange'],
        ['60', 'wrongType'],
      ]) {
        const reply = await answer(await rotate(request, first.id, { overlapSeconds }));
        expect([reply.status, reply.body.errors[0].pointer], `${overlapSeconds} ${code}`).toEqual([
          422,
          '/overlapSeconds',
        ]);
      }
      expect(await opens(request, first)).toBe(true);
    });

    refusesBadBodies(`/admin/api/${path}`, 256 * 1024, { headers: ADMIN });
  });
}
