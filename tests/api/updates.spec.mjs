// /admin/api/updates and /u/{token}: mails to past buyers
import { url } from '../support/environment.mjs';
import { linkIn, mailsTo, nextMail, source } from '../support/mailbox.mjs';
import { ADMIN, admin, answer, everyPage, expect, importStore, demo, invalid, problem, refusesBadBodies, restore, sendJson, test } from './calls.mjs';
import { OFFERED, TRIGGER, address, bought, session } from './buyers.mjs';
import { act, unique } from './checkout.mjs';

const BODY = 'Dear [name],\n\nyour book has a new edition:\n[download_link]\n\nYours, [shop]';
const EDITION = { subject: 'News of [shop]', body: BODY, products: [TRIGGER] };

/** Two products of this test's own, so that nobody else has bought them. */
async function products(request) {
  const store = demo();
  const skus = [unique(), unique()];
  for (const sku of skus) store.products.push({ ...store.products[0], sku, title: sku });
  expect((await importStore(request, store)).status()).toBe(200);
  return skus;
}

async function create(request, wanted) {
  const { status, body } = await answer(await admin(request, 'POST', 'updates', { ...EDITION, ...wanted }));
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

async function get(request, id) {
  return (await answer(await admin(request, 'GET', `updates/${id}`))).body;
}

/** Past buyers of a product, by an order from elsewhere: no receipt. */
async function buyers(request, server, sku, count) {
  const made = [];
  for (let at = 0; at < count; at += 1) {
    const order = { reference: unique(), paidAt: '2025-01-01T00:00:00Z', total: '1.00', customer: { email: address() }, lines: [{ sku }] };
    const reply = await answer(await sendJson(request, '/v1/events/orders', order, { headers: server.headers }));
    expect(reply.status).toBe(201);
    made.push({ email: order.customer.email, reference: order.reference, link: reply.body.link });
  }
  return made;
}

async function send(request, id) {
  expect((await admin(request, 'POST', `updates/${id}/send`)).status()).toBe(200);
}

async function until(request, id, state) {
  await expect.poll(async () => (await get(request, id)).progress.state, { timeout: 20_000 }).toBe(state);
}

test.afterEach(async ({ request }) => restore(request));

test('goes once to each past buyer, with a link of their own', async ({ request, server }) => {
  const [sku] = await products(request);
  const [ann, bob] = await buyers(request, server, sku, 2);
  // A second order of the same buyer is no second mail.
  const again = { reference: unique(), paidAt: '2025-02-01T00:00:00Z', total: '1.00', customer: { email: ann.email }, lines: [{ sku }] };
  await sendJson(request, '/v1/events/orders', again, { headers: server.headers });
  const { id } = await create(request, { products: [sku] });
  await expect.poll(async () => (await get(request, id)).progress).toMatchObject({ state: 'draft', audience: 2, sent: 0 });
  await send(request, id);
  await until(request, id, 'done');
  expect((await get(request, id)).progress).toEqual({ state: 'done', audience: 2, sent: 2, failed: 0, unsubscribed: 0, error: null });
  const mail = await nextMail(bob.email);
  expect(mail.subject).toBe('News of Baker Street Cellars & Books');
  expect(linkIn(mail, `${url}/demo/order/`)).toBe(`${url}/demo/order/#farthing-link=${bob.link}`);
  const raw = await source(mail);
  expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(raw).toMatch(/^Message-ID: <upd_[0-9a-f]{32}@bakerstreet\.example>/m);
  // Sending once more sends nobody anything.
  await send(request, id);
  expect(await mailsTo(ann.email)).toHaveLength(1);
});

test('a past buyer comes by it to their offers', async ({ request, server }) => {
  const email = address();
  await bought(request, server, [TRIGGER], email);
  await nextMail(email);
  const { id } = await create(request, {});
  await send(request, id);
  const mail = await nextMail(email, 1);
  const link = linkIn(mail, `${url}/demo/order/`).split('#farthing-link=')[1];
  const { body } = await session(request, { link });
  expect(body.offers).toMatchObject([{ sku: OFFERED, status: 'open' }]);
  await admin(request, 'POST', `updates/${id}/pause`);
});

test('are listed from page to page, the latest first', async ({ request }) => {
  const made = [];
  for (let at = 0; at < 5; at += 1) made.push((await create(request, {})).id);
  const paged = await everyPage(request, 'updates', 'updates');
  const ids = paged.map(({ id }) => id);
  expect(ids.filter((id) => made.includes(id)).sort()).toEqual([...made].sort());
  expect(new Set(ids).size).toBe(ids.length);
  const times = paged.map(({ createdAt }) => Date.parse(createdAt));
  expect(times).toEqual([...times].sort((a, b) => b - a));
  for (const id of made) expect((await admin(request, 'DELETE', `updates/${id}`)).status()).toBe(204);
});

test('who wants no more gets no more, by one click, and only by a click', async ({ request, server }) => {
  const [sku] = await products(request);
  const [ann, bob] = await buyers(request, server, sku, 2);
  const first = await create(request, { products: [sku] });
  await expect.poll(async () => (await get(request, first.id)).progress.audience).toBe(2);
  await send(request, first.id);
  await until(request, first.id, 'done');
  const leave = linkIn(await nextMail(ann.email), `${url}/u/`).slice(url.length);
  for (const method of ['GET', 'HEAD', 'GET']) expect((await request.fetch(leave, { method })).status()).toBe(200);
  expect((await get(request, (await create(request, { products: [sku] })).id)).progress.audience).toBe(2);
  const form = { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, data: 'List-Unsubscribe=One-Click' };
  expect((await request.fetch(leave, form)).status()).toBe(200);
  const second = await create(request, { products: [sku] });
  expect(second.progress.audience).toBe(1);
  await send(request, second.id);
  await until(request, second.id, 'done');
  await nextMail(bob.email, 1);
  expect(await mailsTo(ann.email)).toHaveLength(1);
  expect((await request.fetch(`${leave}x`)).status()).toBe(404);
});

test('who gave the purchase back is no past buyer', async ({ request, server }) => {
  const [sku] = await products(request);
  const [ann, bob] = await buyers(request, server, sku, 2);
  await act(request, server, ann.reference, 'refund', { id: 'r' });
  const { id } = await create(request, { products: [sku] });
  await expect.poll(async () => (await get(request, id)).progress.audience).toBe(1);
  await send(request, id);
  await until(request, id, 'done');
  expect([await mailsTo(ann.email), (await mailsTo(bob.email)).length]).toEqual([[], 1]);
});

test('is about what was sold, though it is sold no longer', async ({ request, server }) => {
  const [sku] = await products(request);
  const [ann] = await buyers(request, server, sku, 1);
  const { id } = await create(request, { products: [sku] });
  await expect.poll(async () => (await get(request, id)).progress.audience).toBe(1);
  await restore(request);
  const late = await create(request, { products: [TRIGGER, sku] });
  expect(late.products).toEqual([TRIGGER, sku]);
  const words = { ...EDITION, products: [sku] };
  expect((await admin(request, 'PUT', `updates/${late.id}`, words)).status()).toBe(200);
  await send(request, late.id);
  await until(request, late.id, 'done');
  expect(await mailsTo(ann.email)).toHaveLength(1);
  // What nobody ever bought is no product of the store's.
  const never = await answer(await admin(request, 'POST', 'updates', { ...EDITION, products: [sku, unique()] }));
  expect(never).toEqual(invalid(['/products/1', 'unknownSku']));
  const elsewhere = await answer(await admin(request, 'POST', 'updates?store=none', { ...EDITION, products: [sku] }));
  expect(elsewhere).toEqual(invalid(['/products/0', 'unknownSku']));
});

test('pauses and goes on', async ({ request, server }) => {
  const [sku] = await products(request);
  const all = await buyers(request, server, sku, 30);
  const { id } = await create(request, { products: [sku] });
  await expect.poll(async () => (await get(request, id)).progress.audience).toBe(30);
  await send(request, id);
  await expect.poll(async () => (await get(request, id)).progress.sent).toBeGreaterThan(0);
  await admin(request, 'POST', `updates/${id}/pause`);
  const { progress } = await get(request, id);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const later = (await get(request, id)).progress;
  // At most the one that was in flight.
  expect(later.sent - progress.sent).toBeLessThanOrEqual(1);
  expect(later.state).toBe(later.sent === 30 ? 'done' : 'paused');
  await send(request, id);
  await until(request, id, 'done');
  for (const { email } of all) expect(await mailsTo(email)).toHaveLength(1);
});

test('is tried before it is sent, and stays as it is after', async ({ request, server }) => {
  const [sku] = await products(request);
  const { id } = await create(request, { products: [sku] });
  const preview = await answer(await admin(request, 'POST', `updates/${id}/preview`));
  expect(preview.body.subject).toBe('News of Baker Street Cellars & Books');
  expect(preview.body.text).toContain('Dear there,');
  const to = address();
  expect((await admin(request, 'POST', `updates/${id}/test`, { to })).status()).toBe(200);
  expect((await nextMail(to)).subject).toBe(preview.body.subject);
  const changed = await answer(await admin(request, 'PUT', `updates/${id}`, { ...EDITION, subject: 'Other', products: [sku] }));
  expect(changed.body).toMatchObject({ id, subject: 'Other', sentAt: null });
  await send(request, id);
  for (const [method, body] of [['PUT', { ...EDITION, products: [sku] }], ['DELETE', undefined]]) {
    expect(await answer(await admin(request, method, `updates/${id}`, body))).toEqual(problem(409, 'updateSent'));
  }
  const other = await create(request, { products: [sku] });
  expect((await admin(request, 'DELETE', `updates/${other.id}`)).status()).toBe(204);
  expect((await admin(request, 'GET', `updates/${other.id}`)).status()).toBe(404);
});

test('is written once by a repeated call', async ({ request }) => {
  const [sku] = await products(request);
  const headers = { ...ADMIN, 'Idempotency-Key': unique() };
  const wanted = { ...EDITION, subject: unique(), products: [sku] };
  const ask = async (body = wanted) => answer(await admin(request, 'POST', 'updates', body, headers));
  const replies = await Promise.all(Array.from({ length: 10 }, () => ask()));
  expect(replies).toEqual(Array(10).fill(replies[0]));
  expect([replies[0].status, replies[0].body.subject]).toEqual([201, wanted.subject]);
  const { body } = await answer(await admin(request, 'GET', 'updates'));
  expect(body.updates.filter(({ subject }) => subject === wanted.subject)).toEqual([replies[0].body]);
  expect(await ask({ ...wanted, subject: 'Other' })).toEqual(problem(422, 'keyReused'));
  // The first answer, whatever was done since: changed, with a product that the store has no more, thrown away.
  const path = `updates/${replies[0].body.id}`;
  expect((await admin(request, 'PUT', path, { ...EDITION, products: [sku] })).status()).toBe(200);
  await restore(request);
  expect(await ask()).toEqual(replies[0]);
  expect((await admin(request, 'DELETE', path)).status()).toBe(204);
  expect(await ask()).toEqual(replies[0]);
  for (const bad of ['a b', 'x'.repeat(256)]) {
    const reply = await admin(request, 'POST', 'updates', EDITION, { ...ADMIN, 'Idempotency-Key': bad });
    expect(await answer(reply)).toEqual(problem(400, 'invalidIdempotencyKey'));
  }
});

test('is tried once by a repeated call', async ({ request }) => {
  const [sku] = await products(request);
  const { id } = await create(request, { products: [sku] });
  const headers = { ...ADMIN, 'Idempotency-Key': unique() };
  const to = address();
  const ask = async (path, body) => answer(await admin(request, 'POST', path, body, headers));
  const first = await ask(`updates/${id}/test`, { to });
  expect(first.status).toBe(200);
  expect(await ask(`updates/${id}/test`, { to })).toEqual(first);
  expect(await ask(`updates/${id}/test`, { to: address() })).toEqual(problem(422, 'keyReused'));
  expect(await ask('mail/test', { to })).toEqual(problem(422, 'keyReused'));
  await nextMail(to);
  expect(await mailsTo(to)).toHaveLength(1);
});

test('is sent and paused once by a repeated call', async ({ request, server }) => {
  const [sku] = await products(request);
  await buyers(request, server, sku, 1);
  const { id } = await create(request, { products: [sku] });
  await expect.poll(async () => (await get(request, id)).progress.audience).toBe(1);
  const asking = () => {
    const headers = { ...ADMIN, 'Idempotency-Key': unique() };
    return async (verb, of = id) => answer(await admin(request, 'POST', `updates/${of}/${verb}`, {}, headers));
  };
  const [pausing, sending] = [asking(), asking()];
  const paused = await pausing('pause');
  const sent = await sending('send');
  expect([paused.status, sent.status, sent.body.id]).toEqual([200, 200, id]);
  await until(request, id, 'done');
  // The first answers, although it has come further.
  expect([await pausing('pause'), await sending('send')]).toEqual([paused, sent]);
  expect(await sending('pause')).toEqual(problem(422, 'keyReused'));
  const other = await create(request, { products: [sku] });
  expect(await sending('send', other.id)).toEqual(problem(422, 'keyReused'));
  expect((await get(request, other.id)).progress.state).toBe('draft');
});

test('is sent, paused and shown by calls that say nothing more', async ({ request }) => {
  const [sku] = await products(request);
  const { id } = await create(request, { products: [sku] });
  for (const verb of ['preview', 'pause', 'send']) {
    const ask = async (body) => answer(await admin(request, 'POST', `updates/${id}/${verb}`, body));
    expect(await ask({ at: '2030-01-01T00:00:00Z' }), verb).toEqual(invalid(['/at', 'unknownField']));
    expect(await ask([]), verb).toEqual(invalid(['', 'wrongType']));
    for (const body of [undefined, {}]) expect((await ask(body)).status, verb).toBe(200);
  }
});

test('each fault has its place', async ({ request }) => {
  const faults = async (more) => answer(await admin(request, 'POST', 'updates', { ...EDITION, ...more }));
  expect(await faults({ products: [] })).toEqual(invalid(['/products', 'emptyList']));
  expect(await faults({ products: [TRIGGER, 'NONE'] })).toEqual(invalid(['/products/1', 'unknownSku']));
  expect(await faults({ body: 'Dear [first_name]' })).toEqual(invalid(['/body', 'unknownMergeField']));
  expect(await faults({ subject: '[link]' })).toEqual(invalid(['/subject', 'unknownMergeField']));
  // A subject is written down on its way.
  expect(await faults({ subject: '[download_link]' })).toEqual(invalid(['/subject', 'unknownMergeField']));
  expect((await faults({ subject: 'a'.repeat(201) })).status).toBe(422);
});

refusesBadBodies('/admin/api/updates', 256 * 1024, { headers: ADMIN });
