// /admin/api/webhooks, and what a receiver gets
import {
  ADMIN,
  admin,
  answer,
  demo,
  expect,
  good,
  importStore,
  invalid,
  makeServer,
  problem,
  refusesBadBodies,
  test as base,
} from './calls.mjs';
import { OFFERED, bought, offer, redeemed } from './buyers.mjs';
import { CODES, act, halfOff, having, order, reserved, unique, unlinked } from './checkout.mjs';
import { Receiver, refusal } from './receiver.mjs';

const WEBHOOKS = 'webhooks';
const SECRET = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/;
const PATIENCE = { timeout: 15_000 };
const FORGED = 'No matching signature found';

const test = base.extend({
  receiver: async ({}, use) => {
    const receiver = await Receiver.open();
    await use(receiver);
    await receiver.close();
  },
});

const made = [];

async function make(request, body) {
  const reply = await answer(await admin(request, 'POST', WEBHOOKS, body));
  if (reply.status === 201) made.push(reply.body.id);
  return reply;
}

function pathOf({ id }) {
  return `${WEBHOOKS}/${id}`;
}

test.afterEach(async ({ request }) => {
  for (const id of made.splice(0)) await admin(request, 'DELETE', pathOf({ id }));
});

test('is made, and shows its secret once', async ({ request }) => {
  const url = `https://${unique()}.example/hook?a=1`;
  const reply = await make(request, { url });
  const { secret, ...told } = reply.body;
  const facts = { id: told.id, url, events: [], enabled: true, createdAt: told.createdAt, previousUntil: null };
  expect([reply.status, told]).toEqual([201, facts]);
  expect(secret).toMatch(SECRET);
  expect(Buffer.from(secret.slice(6), 'base64').length).toBeGreaterThanOrEqual(24);
  expect(await answer(await admin(request, 'GET', pathOf(told)))).toEqual(good(facts));
  const { body } = await answer(await admin(request, 'GET', WEBHOOKS));
  expect(body.webhooks.filter(({ id }) => id === told.id)).toEqual([facts]);
  const put = { url: `${url}&b=2`, events: ['order.committed'], enabled: false };
  const changed = await answer(await admin(request, 'PUT', pathOf(told), put));
  expect(changed).toEqual(good({ ...facts, ...put }));
  expect((await admin(request, 'DELETE', pathOf(told))).status()).toBe(204);
  for (const [method, path, body] of [
    ['GET', pathOf(told)],
    ['PUT', pathOf(told), put],
    ['DELETE', pathOf(told)],
    ['POST', `${pathOf(told)}/rotate`, {}],
  ]) {
    expect(await answer(await admin(request, method, path, body)), method).toEqual(problem(404, 'notFound'));
  }
});

test('tells of the rules that a store sells by, each time they are published', async ({ request, receiver }) => {
  const { body: webhook } = await make(request, { url: receiver.url, events: ['snapshot.published'] });
  const store = demo();
  store.discounts.push(halfOff());
  const since = Date.now();
  const imported = (file, query) => importStore(request, file, query).then(answer);
  expect((await imported(store, '?dryRun=true')).status).toBe(200);
  const { body: first } = await imported(store);
  const { body: second } = await imported(demo());
  expect(first.version).not.toBe(second.version);
  const bodies = () => receiver.received.map(({ body }) => JSON.parse(body));
  await expect.poll(() => bodies().length, PATIENCE).toBe(2);
  expect(bodies().map(({ data }) => data)).toEqual([{ version: first.version }, { version: second.version }]);
  for (const [at, told] of bodies().entries()) {
    expect(told).toEqual({ type: 'snapshot.published', timestamp: expect.any(String), data: told.data });
    expect(Math.abs(Date.parse(told.timestamp) - since)).toBeLessThan(15_000);
    expect(refusal(webhook.secret, receiver.received[at])).toBeNull();
  }
  // What was there is published again: another message, and so are the rules without a stopped discount.
  await imported(demo());
  const { body: stopped } = await answer(await admin(request, 'POST', 'discounts/d-case/stop', {}));
  const { body: resumed } = await answer(await admin(request, 'POST', 'discounts/d-case/resume', {}));
  await expect.poll(() => bodies().length, PATIENCE).toBe(5);
  const versions = [second.version, stopped.snapshotVersion, resumed.snapshotVersion];
  expect(bodies().slice(2).map(({ data }) => data.version)).toEqual(versions);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(5);
});

test('is made, and rotated, once by a repeated call', async ({ request }) => {
  const headers = () => ({ ...ADMIN, 'Idempotency-Key': unique() });
  const url = `https://${unique()}.example/`;
  const key = headers();
  const calls = Array.from({ length: 10 }, () => admin(request, 'POST', WEBHOOKS, { url }, key));
  const replies = await Promise.all((await Promise.all(calls)).map((reply) => answer(reply)));
  const [{ body: webhook }] = replies.filter(({ status }) => status === 201);
  made.push(webhook.id);
  const refused = replies.filter(({ status }) => status !== 201);
  expect(refused).toEqual(Array(9).fill(problem(409, 'alreadyMade')));
  expect(refused[0].body.detail).toContain(webhook.id);
  const { body } = await answer(await admin(request, 'GET', WEBHOOKS));
  expect(body.webhooks.filter((found) => found.url === url)).toHaveLength(1);
  // A second rotation would end the secret that receivers still verify with.
  const again = headers();
  const rotate = async () => answer(await admin(request, 'POST', `${pathOf(webhook)}/rotate`, {}, again));
  expect((await rotate()).status).toBe(200);
  expect(await rotate()).toEqual(problem(409, 'alreadyMade'));
  // A key that came with another call is none for this one.
  for (const [path, body, headers] of [
    [WEBHOOKS, { url: `${url}other` }, key],
    [WEBHOOKS, { url }, again],
    [`${pathOf(webhook)}/rotate`, {}, key],
    ['server-keys', { title: 'Test' }, key],
  ]) {
    expect(await answer(await admin(request, 'POST', path, body, headers))).toEqual(problem(422, 'keyReused'));
  }
});

test('gets every change of an order, signed', async ({ request, server, receiver }) => {
  const { body: webhook } = await make(request, { url: receiver.url });
  const first = await reserved(request, server);
  const states = [first];
  for (const [verb, body] of [
    ['extend', {}],
    ['commit', {}],
    ['refund', { id: 'a', amount: '2.00' }],
    ['release', { reason: 'cancelled' }],
  ]) {
    states.push((await answer(await act(request, server, first.reference, verb, body))).body);
  }
  const about = () => receiver.about(first.reference);
  await expect.poll(() => about().length, PATIENCE).toBe(5);
  const events = about().map(({ body }) => JSON.parse(body));
  const byRevision = events.sort((a, b) => a.data.revision - b.data.revision);
  expect(byRevision.map(({ type }) => type)).toEqual([
    'order.reserved',
    'order.reserved',
    'order.committed',
    'order.refunded',
    'order.released',
  ]);
  expect(byRevision.map(({ data }) => data)).toEqual(states.map(unlinked));
  expect(new Set(about().map(({ headers }) => headers['webhook-id'])).size).toBe(5);
  for (const message of about()) {
    expect(refusal(webhook.secret, message)).toBe(null);
    expect([message.method, message.headers['content-type'], message.url]).toEqual([
      'POST',
      'application/json',
      '/hook',
    ]);
    expect(message.headers['webhook-id']).toMatch(/^msg_[0-9a-f]{24,}$/);
    // The receiver would notice anything else.
    const { headers, body } = message;
    expect(refusal(webhook.secret, { headers, body: body.replace('32.00', '0.01') })).toBe(FORGED);
    for (const [name, other] of [
      ['webhook-id', 'msg_0'],
      ['webhook-timestamp', String(Number(headers['webhook-timestamp']) - 1)],
    ]) {
      expect(refusal(webhook.secret, { headers: { ...headers, [name]: other }, body })).toBe(FORGED);
    }
    expect(refusal(`whsec_${Buffer.alloc(24).toString('base64')}`, message)).toBe(FORGED);
    // Who sends it once more, much later, is refused though it was signed by us.
    const sentAt = Number(headers['webhook-timestamp']) * 1000;
    expect(refusal(webhook.secret, message, sentAt + 300_000)).toBe(null);
    expect(refusal(webhook.secret, message, sentAt + 301_000)).toBe('Message timestamp too old');
  }
});

test('tells how a discount was lost', async ({ request, server, receiver }) => {
  await make(request, { url: receiver.url });
  const discount = halfOff({ usageLimit: { type: 'perStore', orders: 1 } });
  await having(request, [discount], async () => {
    await reserved(request, server);
    const second = await reserved(request, server);
    await expect.poll(() => receiver.about(second.reference).length, PATIENCE).toBe(1);
    const [{ body }] = receiver.about(second.reference);
    expect(JSON.parse(body).data).toEqual(unlinked(second));
    expect(second.changed.reason).toBe('limitReached');
  });
});

test('is told what a purchase has earned, and what an order has redeemed', async ({ request, server, receiver }) => {
  await make(request, { url: receiver.url, events: ['offer.granted', 'offer.redeemed'] });
  const trigger = await bought(request, server);
  const about = (reference) => receiver.received.map(({ body }) => JSON.parse(body)).filter(({ data }) => data.order === reference);
  await expect.poll(() => about(trigger.reference).length, PATIENCE).toBe(1);
  const offers = [{ upgrade: 'u-holmes', sku: OFFERED, earnedBy: trigger.reference }];
  expect(about(trigger.reference)[0]).toMatchObject({ type: 'offer.granted', data: { offers, customer: trigger.customer } });
  const { grant } = await offer(request, { link: trigger.link });
  const { reference } = await redeemed(request, server, grant);
  await act(request, server, reference, 'commit');
  await expect.poll(() => about(reference).length, PATIENCE).toBe(1);
  expect(about(reference)[0]).toMatchObject({ type: 'offer.redeemed', data: { offers } });
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(ids.length);
});

test('gets what it wants, while it is on', async ({ request, server, receiver }) => {
  const other = await Receiver.open();
  const { body: webhook } = await make(request, { url: receiver.url, events: ['order.committed'] });
  await make(request, { url: other.url, enabled: false });
  const last = await Receiver.open();
  await make(request, { url: last.url });
  const { reference } = await reserved(request, server);
  await act(request, server, reference, 'commit');
  await expect.poll(() => last.about(reference).length, PATIENCE).toBe(2);
  await expect.poll(() => receiver.about(reference).length, PATIENCE).toBe(1);
  expect(JSON.parse(receiver.about(reference)[0].body).type).toBe('order.committed');
  expect(other.received).toEqual([]);
  // What is deleted gets nothing more.
  await admin(request, 'DELETE', pathOf(webhook));
  const { reference: next } = await reserved(request, server);
  await act(request, server, next, 'commit');
  await expect.poll(() => last.about(next).length, PATIENCE).toBe(2);
  expect(receiver.about(next)).toEqual([]);
  await Promise.all([other.close(), last.close()]);
});

test('comes again after a failure, with the same id and bytes', async ({ request, server, receiver }) => {
  const { body: webhook } = await make(request, { url: receiver.url, events: ['order.committed'] });
  // A redirection is no answer: what is signed for one address is not sent to another.
  receiver.answers = [{ status: 302, location: receiver.url }];
  const { reference } = await reserved(request, server);
  await act(request, server, reference, 'commit');
  await expect.poll(() => receiver.received.length, PATIENCE).toBe(2);
  const [first, second] = receiver.received;
  expect(second.body).toBe(first.body);
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
  const [before, after] = [first, second].map(({ headers }) => Number(headers['webhook-timestamp']));
  // Five seconds later, signed anew.
  expect(after - before).toBeGreaterThanOrEqual(4);
  for (const message of [first, second]) expect(refusal(webhook.secret, message)).toBe(null);
});

test('is signed by both secrets after a rotation', async ({ request, server, receiver }) => {
  const { body: webhook } = await make(request, { url: receiver.url, events: ['order.reserved'] });
  const reply = await answer(await admin(request, 'POST', `${pathOf(webhook)}/rotate`, {}));
  expect([reply.status, reply.body.secret === webhook.secret]).toEqual([200, false]);
  expect(reply.body.secret).toMatch(SECRET);
  expect(Math.abs(Date.parse(reply.body.previousUntil) - Date.now() - 86_400_000)).toBeLessThan(60_000);
  const { reference } = await reserved(request, server);
  await expect.poll(() => receiver.about(reference).length, PATIENCE).toBe(1);
  const [message] = receiver.about(reference);
  expect(message.headers['webhook-signature'].split(' ').length).toBe(2);
  for (const secret of [webhook.secret, reply.body.secret]) expect(refusal(secret, message)).toBe(null);
});

test('orders of one name in two stores have ids of their own', async ({ request, server, receiver }) => {
  const store = '?store=second';
  await importStore(request, demo(), store);
  const second = await makeServer(request, store);
  const asked = { url: receiver.url, events: ['order.reserved'] };
  await make(request, asked);
  const { body: webhook } = await answer(await admin(request, 'POST', `${WEBHOOKS}${store}`, asked));
  const { reference } = await reserved(request, server);
  await reserved(request, second, undefined, reference);
  await expect.poll(() => receiver.about(reference).length, PATIENCE).toBe(2);
  const ids = receiver.about(reference).map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(2);
  await admin(request, 'DELETE', `${pathOf(webhook)}${store}`);
  await admin(request, 'DELETE', `server-keys/${second.id}${store}`);
});

test('a receiver that does not answer keeps nobody waiting', async ({ request, server, receiver }) => {
  await make(request, { url: 'http://127.0.0.1:1/', events: ['order.reserved'] });
  await make(request, { url: receiver.url, events: ['order.reserved'] });
  const { reference } = await reserved(request, server);
  await expect.poll(() => receiver.about(reference).length, PATIENCE).toBe(1);
  expect((await order(request, server, reference)).body.status).toBe('reserved');
});

test.describe('refuses', () => {
  const bad = {
    'no address': [{}, ['/url', 'missingField']],
    'an address in the clear': [{ url: 'http://shop.example/' }, ['/url', 'invalidUrl']],
    'an address that looks local': [{ url: 'http://localhost.shop.example/' }, ['/url', 'invalidUrl']],
    'an address of no host': [{ url: 'https://' }, ['/url', 'invalidUrl']],
    'an address with a password': [{ url: 'https://a:b@shop.example/' }, ['/url', 'invalidUrl']],
    'an address with a name to log in by': [{ url: 'https://a@shop.example/' }, ['/url', 'invalidUrl']],
    'another scheme': [{ url: 'ftp://shop.example/' }, ['/url', 'invalidUrl']],
    script: [{ url: 'javascript:alert(1)' }, ['/url', 'invalidUrl']],
    'an address too long': [{ url: `https://shop.example/${'x'.repeat(2_000)}` }, ['/url', 'invalidUrl']],
    'an unknown event': [{ url: 'https://shop.example/', events: ['order.paid'] }, ['/events/0', 'unknownVariant']],
    'events as text': [{ url: 'https://shop.example/', events: 'order.committed' }, ['/events', 'wrongType']],
    'a secret of its own': [{ url: 'https://shop.example/', secret: 'whsec_x' }, ['/secret', 'unknownField']],
    'enabled as text': [{ url: 'https://shop.example/', enabled: 'no' }, ['/enabled', 'wrongType']],
  };
  for (const [name, [body, ...faults]] of Object.entries(bad)) {
    test(name, async ({ request }) => {
      expect(await make(request, body)).toEqual(invalid(...faults));
    });
  }

  test('the twenty-first', async ({ request }) => {
    const { body } = await answer(await admin(request, 'GET', WEBHOOKS), CODES);
    const url = 'https://shop.example/';
    for (let at = body.webhooks.length; at < 20; at += 1) {
      expect((await make(request, { url, enabled: false })).status).toBe(201);
    }
    expect(await make(request, { url, enabled: false })).toEqual(problem(409, 'tooMany'));
  });

  refusesBadBodies(`/admin/api/${WEBHOOKS}`, 256 * 1024, { headers: ADMIN });
});
