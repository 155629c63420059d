// What is done elsewhere than in the database is written down first: where the audit can't have its row, nothing is done.
import { admin, answer, expect, problem, sendJson } from './calls.mjs';
import { CASE, CODES, quoted, reserve, reserved, unique } from './checkout.mjs';
import { TRIGGER, address } from './buyers.mjs';
import { test } from './faulty.mjs';

const PATIENCE = { timeout: 15_000 };

/** Does `work` while the audit takes no row. */
async function unaudited(sql, work) {
  const fails = `BEGIN SELECT RAISE(ABORT, 'the audit is full'); END`;
  expect((await sql(`CREATE TRIGGER full BEFORE INSERT ON audit ${fails}`)).status).toBe(200);
  try {
    await work();
  } finally {
    await sql('DROP TRIGGER full');
  }
}

/** Asks for what must be written down first. */
async function refused(request, path) {
  expect(await answer(await admin(request, 'POST', path, {})), path).toEqual(problem(500, 'internal'));
}

test('a discount is not stopped', async ({ request, server, sql }) => {
  const { token } = await quoted(request, CASE);
  await unaudited(sql, () => refused(request, 'discounts/d-case/stop'));
  const { body } = await answer(await admin(request, 'GET', 'discounts?q=d-case'), CODES);
  expect(body.discounts.find(({ id }) => id === 'd-case').stopped).toBe(false);
  const sold = await answer(await reserve(request, server, { reference: unique(), quote: token }));
  expect([sold.body.total, sold.body.changed]).toEqual(['307.20', null]);
});

test('a discount is not resumed', async ({ request, sql }) => {
  const stopped = await answer(await admin(request, 'POST', 'discounts/d-mixed/stop', {}));
  expect(stopped.body.stopped).toBe(true);
  await unaudited(sql, () => refused(request, 'discounts/d-mixed/resume'));
  const { body } = await answer(await admin(request, 'GET', 'discounts?q=d-mixed'), CODES);
  expect(body.discounts.find(({ id }) => id === 'd-mixed').stopped).toBe(true);
});

test('a mail to past buyers is neither sent nor paused', async ({ request, server, sql }) => {
  const pages = { order: 'https://shop.example/order', offers: 'https://shop.example/offers' };
  expect((await admin(request, 'PUT', 'mail', { from: { email: 'shop@shop.example' }, pages })).status()).toBe(200);
  const order = { reference: unique(), paidAt: '2025-01-01T00:00:00Z', total: '1.00', customer: { email: address() }, lines: [{ sku: TRIGGER }] };
  expect((await sendJson(request, '/v1/events/orders', order, { headers: server.headers })).status()).toBe(201);
  const made = await answer(await admin(request, 'POST', 'updates', { subject: 'News', body: 'News', products: [TRIGGER] }));
  const path = `updates/${made.body.id}`;
  const progress = async () => (await answer(await admin(request, 'GET', path))).body.progress;
  const state = async () => (await progress()).state;
  // The order is in the merchant's database a moment later.
  await expect.poll(async () => (await progress()).audience, PATIENCE).toBeGreaterThan(0);
  await unaudited(sql, () => refused(request, `${path}/send`));
  expect(await state()).toBe('draft');
  // Nobody takes mails here, so that it goes on being sent.
  expect((await admin(request, 'POST', `${path}/send`, {})).status()).toBe(200);
  await expect.poll(state, PATIENCE).toBe('sending');
  await unaudited(sql, () => refused(request, `${path}/pause`));
  expect(await state()).toBe('sending');
  const paused = await answer(await admin(request, 'POST', `${path}/pause`, {}));
  expect(paused.body.progress.state).toBe('paused');
});

test('a delivery is not tried again', async ({ request, server, sql }) => {
  const asked = { url: 'http://127.0.0.1:1/', events: ['order.reserved'] };
  const { body: webhook } = await answer(await admin(request, 'POST', 'webhooks', asked));
  await reserved(request, server);
  const waiting = async () => {
    const { body } = await answer(await admin(request, 'GET', 'outbox'));
    return body.deliveries.find((delivery) => delivery.webhook === webhook.id);
  };
  // Tried again five minutes after its second failure.
  await expect.poll(async () => (await waiting())?.attempts, PATIENCE).toBe(2);
  const { id } = await waiting();
  await unaudited(sql, () => refused(request, `outbox/${id}/retry`));
  expect((await waiting()).attempts).toBe(2);
  expect((await admin(request, 'POST', `outbox/${id}/retry`, {})).status()).toBe(204);
  await expect.poll(async () => (await waiting()).attempts, PATIENCE).toBe(1);
});
