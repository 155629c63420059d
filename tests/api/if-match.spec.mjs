// If-Match on what staff read and change at one address: a change is carried out only if nobody made another since.
import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { url } from '../support/environment.mjs';
import { bought, offer, redeemed } from './buyers.mjs';
import { ADMIN, JSON_TYPE, admin, answer, expect, problem, restore, test } from './calls.mjs';
import { unique } from './checkout.mjs';

const WINE = { triggers: ['CAB19'], offers: [{ sku: 'DECANT', value: { type: 'percentOff', percent: '10' } }] };
const MAIL = { from: { email: 'orders@shop.example' }, pages: { order: 'https://shop.example/order', offers: 'https://shop.example/offers' } };
const EDITION = { subject: 'New', body: 'A new edition.', products: ['HOUNDS'] };
const WEBHOOK = { url: 'https://shop.example/hook', events: [], enabled: false };

async function made(request, path, body) {
  const { id } = await (await admin(request, 'POST', path, body)).json();
  return `${path}/${id}`;
}

/** Each kind of thing: how one comes to be, and two ways for it to be. */
const THINGS = {
  customer: [async () => `customers/${unique()}`, { clubs: ['a'] }, { clubs: ['b'] }],
  upgrade: [async () => `upgrades/${unique()}`, WINE, { ...WINE, title: 'Another' }],
  webhook: [(request) => made(request, 'webhooks', WEBHOOK), WEBHOOK, { ...WEBHOOK, url: 'https://shop.example/other' }],
  update: [(request) => made(request, 'updates', EDITION), EDITION, { ...EDITION, subject: 'Newer' }],
  'the mail settings': [async () => 'mail?store=if-match', MAIL, { ...MAIL, footer: 'Shop' }],
};

const conditional = (tag) => ({ ...ADMIN, 'If-Match': tag });
const tagOf = async (request, path) => (await admin(request, 'GET', path)).headers().etag;
const changed = problem(412, 'changedSince');

/** Begins a change, and ends it when asked to: by then its `If-Match` was held against what is there. */
function begun(path, body, tag) {
  const text = JSON.stringify(body);
  const headers = { ...conditional(tag), ...JSON_TYPE, 'Content-Length': Buffer.byteLength(text) };
  const sent = httpRequest(`${url}/admin/api/${path}`, { method: 'PUT', headers });
  const status = new Promise((resolve, reject) => {
    sent.on('response', (reply) => resolve(reply.resume().statusCode)).on('error', reject);
  });
  sent.write(text.slice(0, -1));
  return () => {
    sent.end(text.slice(-1));
    return status;
  };
}

test.afterEach(async ({ request }) => restore(request));

for (const [name, [make, first, second]] of Object.entries(THINGS)) {
  test(`${name}: a change is made to what was read, or not at all`, async ({ request }) => {
    const path = await make(request);
    const put = (body, tag) => admin(request, 'PUT', path, body, tag === undefined ? ADMIN : conditional(tag));
    const old = (await put(first)).headers().etag;
    expect(old).toMatch(/^"sha256-[0-9a-f]{64}"$/);
    expect(await tagOf(request, path)).toBe(old);

    const reply = await put(second, old);
    expect(reply.status()).toBe(200);
    const now = reply.headers().etag;
    expect(now).not.toBe(old);
    expect(await tagOf(request, path)).toBe(now);

    for (const tag of [old, '"made up"', `W/${old}`]) {
      expect(await answer(await put(first, tag)), tag).toEqual(changed);
    }
    expect(await tagOf(request, path)).toBe(now);
    for (const tag of [now, `W/${now}`, `${old}, ${now}`, '*']) expect((await put(second, tag)).status(), tag).toBe(200);

    if (path.startsWith('mail')) return;
    expect(await answer(await admin(request, 'DELETE', path, undefined, conditional(old)))).toEqual(changed);
    expect((await admin(request, 'DELETE', path, undefined, conditional(now))).status()).toBe(204);
    expect(await answer(await put(first, '*'))).toEqual(changed);
  });

  test(`${name}: of changes at once one gets through`, async ({ request }) => {
    const path = await make(request);
    const tag = (await admin(request, 'PUT', path, first)).headers().etag;
    const changes = Array.from({ length: 6 }, () => begun(path, second, tag));
    await sleep(500);
    const statuses = await Promise.all(changes.map((end) => end()));
    expect(statuses.sort()).toEqual([200, 412, 412, 412, 412, 412]);
    if (!path.startsWith('mail')) await admin(request, 'DELETE', path);
  });
}

test('that an offer was redeemed is no change of its upgrade', async ({ request, server }) => {
  const before = await tagOf(request, 'upgrades/u-holmes');
  const { grant } = await offer(request, { link: (await bought(request, server)).link });
  await redeemed(request, server, grant);
  expect(await tagOf(request, 'upgrades/u-holmes')).toBe(before);
});
