// POST /admin/api/discounts/{id}/stop and /resume
import {
  ADMIN,
  admin,
  answer,
  demo,
  expect,
  good,
  importStore,
  invalid,
  problem,
  restore,
  sendJson,
  test,
  version,
  withKey,
} from './calls.mjs';
import {
  BOTTLE,
  CASE,
  CODES,
  act,
  halfOff,
  having,
  quoted,
  reserve,
  reserved,
  unique,
  uses,
} from './checkout.mjs';

function stop(request, id) {
  return admin(request, 'POST', `discounts/${id}/stop`, {});
}

function resume(request, id) {
  return admin(request, 'POST', `discounts/${id}/resume`, {});
}

/** What the list of discounts says of one. */
async function listed(request, id) {
  const { body } = await answer(await admin(request, 'GET', `discounts?q=${id}`), CODES);
  return body.discounts.find((discount) => discount.id === id);
}

async function sell(request, server, token) {
  return (await answer(await reserve(request, server, { reference: unique(), quote: token }))).body;
}

test.afterEach(async ({ request }) => {
  const { body } = await answer(await admin(request, 'GET', 'discounts?limit=200'), CODES);
  for (const { id } of body.discounts.filter(({ stopped }) => stopped)) await resume(request, id);
});

test('binds at once at the checkout, whatever was quoted before', async ({ request, server }) => {
  const [quote, paid] = [await quoted(request, CASE), await reserved(request, server, CASE)];
  expect(quote.total).toBe('307.20');
  const reply = await answer(await stop(request, 'd-case'));
  expect(reply).toEqual(good({ discount: 'd-case', stopped: true, snapshotVersion: await version(request) }));
  const sold = await sell(request, server, quote.token);
  // What it had beaten is next.
  expect(sold).toMatchObject({
    total: '326.40',
    quote: { applied: [{ discount: 'd-mixed' }] },
    changed: {
      reason: 'stopped',
      before: '307.20',
      after: '326.40',
      discounts: [{ discount: 'd-case', title: 'Case discount', reason: 'stopped' }],
    },
  });
  expect(await reserved(request, server, CASE)).toMatchObject({ total: '326.40', changed: null });
  // An order that was reserved before is paid as it is.
  const { body } = await answer(await act(request, server, paid.reference, 'commit', { total: '307.20' }));
  expect(body.status).toBe('committed');
});

test('is gone from quotes, pages and simulations with the next request', async ({ request }) => {
  const before = await version(request);
  await stop(request, 'd-case');
  expect((await quoted(request, CASE)).total).toBe('326.40');
  const { body } = await answer(await request.get(withKey('/v1/snapshot')));
  expect([body.discounts.some(({ id }) => id === 'd-case'), body.version === before]).toEqual([false, false]);
  expect(await listed(request, 'd-case')).toMatchObject({ stopped: true, enabled: true });
  expect(await answer(await resume(request, 'd-case'))).toEqual(
    good({ discount: 'd-case', stopped: false, snapshotVersion: before }),
  );
  expect((await quoted(request, CASE)).total).toBe('307.20');
  expect(await listed(request, 'd-case')).toMatchObject({ stopped: false, enabled: true });
});

test('a stopped code is refused like one that never was', async ({ request }) => {
  const check = async (code) => {
    const response = await sendJson(request, withKey('/v1/coupons/check'), { code });
    return [response.status(), await response.text()];
  };
  const unknown = await check('NEVER');
  expect((await check('SAVE10'))[0]).toBe(200);
  await stop(request, 'c-save10');
  expect(await check('SAVE10')).toEqual(unknown);
});

test('other discounts of a quote are honoured', async ({ request, server }) => {
  const cart = { ...CASE, shippingService: 'two-day', codes: ['COURTESY5'] };
  const { token } = await quoted(request, CASE);
  await stop(request, 'd-mixed');
  expect(await sell(request, server, token)).toMatchObject({ total: '307.20', changed: null });
  expect((await quoted(request, cart)).total).toBe('335.20');
});

test('outlives imports, until it is resumed', async ({ request, server }) => {
  await stop(request, 'd-case');
  const stopped = await version(request);
  const { body } = await answer(await importStore(request, demo()));
  expect([body.stopped, body.version, await version(request)]).toEqual([['d-case'], stopped, stopped]);
  expect((await reserved(request, server, CASE)).total).toBe('326.40');
  const { body: dry } = await answer(await importStore(request, demo(), '?dryRun=true'));
  expect(dry.stopped).toEqual(['d-case']);
  // Resumed, it is as the file that came last says.
  const store = demo();
  store.discounts.find(({ id }) => id === 'd-case').benefit.value.percent = '25';
  await importStore(request, store);
  await resume(request, 'd-case');
  expect((await quoted(request, CASE)).total).toBe('288.00');
  await restore(request);
});

test('of one that is off anyway leaves it off when it is resumed', async ({ request }) => {
  const before = await version(request);
  await stop(request, 'c-inkwell');
  await resume(request, 'c-inkwell');
  expect([await version(request), (await listed(request, 'c-inkwell')).enabled]).toEqual([before, false]);
});

test('twice is once', async ({ request }) => {
  const first = await answer(await stop(request, 'd-case'));
  expect(await answer(await stop(request, 'd-case'))).toEqual(first);
  const second = await answer(await resume(request, 'd-case'));
  expect(await answer(await resume(request, 'd-case'))).toEqual(second);
});

test('by a repeated call is done once, whatever was done since', async ({ request }) => {
  const key = { ...ADMIN, 'Idempotency-Key': unique() };
  const ask = async (path) => answer(await admin(request, 'POST', path, {}, key));
  const since = (await answer(await admin(request, 'GET', 'audit?limit=1'))).body.changes[0].sequence;
  const replies = await Promise.all(Array.from({ length: 5 }, () => ask('discounts/d-case/stop')));
  expect(replies).toEqual(Array(5).fill(good({ discount: 'd-case', stopped: true, snapshotVersion: await version(request) })));
  const { body } = await answer(await admin(request, 'GET', 'audit?limit=9'));
  expect(body.changes.filter(({ sequence }) => sequence > since).map(({ action }) => action)).toEqual(['discount.stop']);
  for (const path of ['discounts/d-case/resume', 'discounts/d-mixed/stop']) {
    expect(await ask(path), path).toEqual(problem(422, 'keyReused'));
  }
  await resume(request, 'd-case');
  expect(await ask('discounts/d-case/stop')).toEqual(replies[0]);
  expect(await listed(request, 'd-case')).toMatchObject({ stopped: false });
});

test('several are stopped together', async ({ request }) => {
  const before = await version(request);
  await Promise.all(['d-case', 'd-mixed', 'd-ship'].map((id) => stop(request, id)));
  expect((await quoted(request, CASE)).total).toBe('384.00');
  await Promise.all(['d-case', 'd-mixed', 'd-ship'].map((id) => resume(request, id)));
  expect([await version(request), (await quoted(request, CASE)).total]).toEqual([before, '307.20']);
});

test('no order that begins after a stop has it, whatever is going on', async ({ request, server }) => {
  const discount = halfOff();
  await having(request, [discount], async () => {
    const cart = () => ({ lines: [{ ...BOTTLE.lines[0], id: unique() }] });
    const quotes = await Promise.all(Array.from({ length: 10 }, () => quoted(request, cart())));
    const running = Array.from({ length: 10 }, () => reserved(request, server));
    await stop(request, discount.id);
    const [held] = await uses(request, discount.id);
    const after = await Promise.all(quotes.map(({ token }) => sell(request, server, token)));
    expect(after.map(({ total }) => total)).toEqual(Array(10).fill('32.00'));
    await Promise.all(running);
    expect((await uses(request, discount.id))[0]).toBe(held);
    await resume(request, discount.id);
  });
});

test('a discount is called by its id, whatever is in it', async ({ request, server }) => {
  for (const id of [`${unique()} ☂/é?`, `${unique()}%41`]) {
    const discount = halfOff({ id });
    await having(request, [discount], async () => {
      expect((await reserved(request, server)).total).toBe('16.00');
      expect((await stop(request, encodeURIComponent(id))).status(), id).toBe(200);
      expect((await reserved(request, server)).total).toBe('32.00');
      expect((await resume(request, encodeURIComponent(id))).status(), id).toBe(200);
    });
  }
});

test('what is no discount', async ({ request }) => {
  for (const id of ['d-nowhere', 's-case', 'SAVE10', '%20']) {
    for (const response of [await stop(request, id), await resume(request, id)]) {
      expect(await answer(response), id).toEqual(problem(404, 'notFound'));
    }
  }
  expect(await answer(await admin(request, 'POST', 'discounts/d-case/stop?dryRun=true', {}))).toEqual(
    invalid(['/dryRun', 'unknownParameter']),
  );
});

test('says nothing more: what would be left undone is refused', async ({ request }) => {
  for (const verb of ['stop', 'resume']) {
    const ask = async (body) => answer(await admin(request, 'POST', `discounts/d-case/${verb}`, body));
    const before = await listed(request, 'd-case');
    expect(await ask({ until: '2030-01-01T00:00:00Z' }), verb).toEqual(invalid(['/until', 'unknownField']));
    expect(await ask([]), verb).toEqual(invalid(['', 'wrongType']));
    expect(await listed(request, 'd-case'), verb).toEqual(before);
    // Without a body there is nothing to say what it is.
    const bare = await request.fetch(`/admin/api/discounts/d-case/${verb}`, { method: 'POST', headers: ADMIN });
    expect([(await ask(undefined)).status, (await ask({})).status, bare.status()], verb).toEqual([200, 200, 200]);
  }
});
