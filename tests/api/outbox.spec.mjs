// GET /admin/api/outbox and POST /admin/api/outbox/{id}/retry
import { ADMIN, admin, answer, everyPage, expect, invalid, problem, test } from './calls.mjs';
import { reserved, unique } from './checkout.mjs';
import { Receiver } from './receiver.mjs';

const PATIENCE = { timeout: 15_000 };

async function waiting(request, webhook) {
  const { status, body } = await answer(await admin(request, 'GET', 'outbox?limit=200'));
  expect(status).toBe(200);
  return body.deliveries.filter((delivery) => delivery.webhook === webhook);
}

function retry(request, id) {
  return admin(request, 'POST', `outbox/${id}/retry`, {});
}

test('has what could not be sent, with the reason, until it is sent', async ({ request, server }) => {
  const receiver = await Receiver.open();
  const asked = { url: receiver.url, events: ['order.reserved'] };
  const { body: webhook } = await answer(await admin(request, 'POST', 'webhooks', asked));
  try {
    receiver.answers = Array(20).fill({ status: 500 });
    const { reference } = await reserved(request, server);
    // An order of a moment ago may still be told to this webhook too.
    const own = async () => {
      const message = receiver.about(reference)[0]?.headers['webhook-id'];
      return (await waiting(request, webhook.id)).find((delivery) => delivery.message === message);
    };
    await expect.poll(async () => (await own())?.attempts, PATIENCE).toBe(2);
    const [first] = receiver.about(reference);
    const delivery = await own();
    expect(delivery).toEqual({
      id: expect.any(Number),
      message: first.headers['webhook-id'],
      webhook: webhook.id,
      event: 'order.reserved',
      attempts: 2,
      dueAt: expect.any(String),
      deadAt: null,
      error: 'it answered 500',
    });
    // Tried again five minutes after its second failure, unless somebody asks for it now.
    expect(Math.abs(Date.parse(delivery.dueAt) - Date.now() - 300_000)).toBeLessThan(10_000);
    receiver.answers = [];
    const key = { ...ADMIN, 'Idempotency-Key': unique() };
    const again = async (id) => answer(await admin(request, 'POST', `outbox/${id}/retry`, {}, key));
    const done = await again(delivery.id);
    expect([done.status, done.body]).toEqual([204, '']);
    await expect.poll(() => receiver.about(reference).length, PATIENCE).toBe(3);
    await expect.poll(own, PATIENCE).toBeUndefined();
    const last = receiver.about(reference)[2];
    expect([last.headers['webhook-id'], last.body]).toEqual([first.headers['webhook-id'], first.body]);
    expect(await answer(await retry(request, delivery.id))).toEqual(problem(404, 'notFound'));
    // The same call gets its answer, though there is nothing to send any more.
    expect(await again(delivery.id)).toEqual(done);
    expect(await again(delivery.id + 1)).toEqual(problem(422, 'keyReused'));
  } finally {
    await admin(request, 'DELETE', `webhooks/${webhook.id}`);
    await receiver.close();
  }
});

test('what waits for a webhook that is deleted is not sent', async ({ request, server }) => {
  const asked = { url: 'http://127.0.0.1:1/', events: ['order.reserved'] };
  const { body: webhook } = await answer(await admin(request, 'POST', 'webhooks', asked));
  await reserved(request, server);
  await expect.poll(async () => (await waiting(request, webhook.id))[0]?.attempts, PATIENCE).toBe(1);
  const [{ error }] = await waiting(request, webhook.id);
  expect(error).toContain('could not be reached');
  await admin(request, 'DELETE', `webhooks/${webhook.id}`);
  await expect.poll(() => waiting(request, webhook.id), PATIENCE).toEqual([]);
});

test('goes on from page to page', async ({ request, server }) => {
  const asked = { url: 'http://127.0.0.1:1/', events: ['order.reserved'] };
  const { body: webhook } = await answer(await admin(request, 'POST', 'webhooks', asked));
  try {
    for (let at = 0; at < 5; at += 1) await reserved(request, server);
    // Tried again five seconds and then five minutes later: they wait, and none of them goes away meanwhile.
    await expect.poll(async () => (await waiting(request, webhook.id)).length, PATIENCE).toBe(5);
    const wanted = (await waiting(request, webhook.id)).map(({ id }) => id);
    const paged = await everyPage(request, 'outbox', 'deliveries');
    expect(paged.filter((delivery) => delivery.webhook === webhook.id).map(({ id }) => id)).toEqual(wanted);
    expect(new Set(paged.map(({ id }) => id)).size).toBe(paged.length);
  } finally {
    await admin(request, 'DELETE', `webhooks/${webhook.id}`);
  }
});

test('what is no delivery', async ({ request }) => {
  for (const id of ['0', '-1', '999999999', 'x', '9'.repeat(30), '1.5']) {
    expect(await answer(await retry(request, id)), id).toEqual(problem(404, 'notFound'));
  }
  const asked = await answer(await admin(request, 'POST', 'outbox/0/retry', { at: '2030-01-01T00:00:00Z' }));
  expect(asked).toEqual(invalid(['/at', 'unknownField']));
});
