// What ends by itself of the links that are asked for by e-mail: a link and a visit after a day, its memory after thirty.
import { PostOffice } from '../support/post-office.mjs';
import { admin, answer, expect, problem, sendJson, withKey } from './calls.mjs';
import { TRIGGER, address, session } from './buyers.mjs';
import { unique } from './checkout.mjs';
import { DAY, clocked, test as base } from './clockwork.mjs';

const EDGE = 'https://edge.example';
const OFFERS = 'https://shop.example/offers';

/** Before now, so that what is due by the shop's clock is sent at once; each test begins after the one before it. */
const [LONG_AGO, LATELY] = [40, 5].map((days) => Date.now() - days * DAY);

/** By a shop that writes to its buyers. */
const test = base.extend({
  office: [
    async ({}, use) => {
      const office = await PostOffice.open({ disabledCommands: ['STARTTLS'] });
      await use(office);
      await office.close();
    },
    { scope: 'worker' },
  ],
  clockwork: [
    async ({ playwright, office }, use) => {
      const SMTP_URL = `smtp://127.0.0.1:${office.port}?tls=none`;
      await clocked(playwright, { MAIL_TRANSPORT: 'smtp', SMTP_URL, PUBLIC_URL: EDGE }, async (shop) => {
        const pages = { order: 'https://shop.example/order', offers: OFFERS };
        const mail = { from: { email: 'shop@shop.example' }, pages, receipts: false };
        expect((await admin(shop.request, 'PUT', 'mail', mail)).status()).toBe(200);
        await use(shop);
      });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

/** The path of the link that a buyer has asked for. */
async function asked(request, server, office) {
  const email = address();
  const order = { reference: unique(), paidAt: '2025-01-01T00:00:00Z', total: '1.00', customer: { email }, lines: [{ sku: TRIGGER }] };
  expect((await sendJson(request, '/v1/events/orders', order, { headers: server.headers })).status()).toBe(201);
  const listed = async () => (await answer(await admin(request, 'GET', 'orders'))).body.orders.map(({ reference }) => reference);
  await expect.poll(listed, { timeout: 15_000 }).toContain(order.reference);
  expect((await sendJson(request, withKey('/v1/offers/links'), { email })).status()).toBe(202);
  const mail = () => office.mails.find(({ to }) => to.includes(email));
  await expect.poll(() => mail() !== undefined, { timeout: 15_000 }).toBe(true);
  const words = mail().text.replace(/=\r\n/g, '').replace(/=3D/g, '=');
  return /\/o\/n1\.[\w.-]+/.exec(words)[0];
}

/** A page's status and text. */
async function shown(reply) {
  return { status: reply.status(), text: await reply.text() };
}

function click(request, link, form = 'page=1') {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return request.fetch(link, { method: 'POST', headers, data: form, maxRedirects: 0 });
}

test('a link works for a day, then sends another, and is forgotten after thirty', async ({ request, server, office, clock }) => {
  await clock(0, LONG_AGO);
  const link = await asked(request, server, office);
  await clock(DAY - 1, LONG_AGO);
  expect((await shown(await request.get(link))).text).toContain('Show my offers');
  await clock(DAY, LONG_AGO);
  for (const reply of [await request.get(link), await click(request, link)]) {
    expect(await shown(reply)).toEqual({ status: 410, text: expect.stringContaining('Send a new link') });
  }
  expect((await click(request, link, 'again=1')).status()).toBe(202);
  // Nobody knows any more where it went, but whose it is.
  await clock(32 * DAY, LONG_AGO);
  await asked(request, server, office);
  const { status, text } = await shown(await request.get(link));
  expect([status, text]).toEqual([410, expect.stringContaining('too old')]);
  expect(text).toContain(`<a href="${OFFERS}">Ask for a new link</a>`);
  expect(text).not.toContain('<form');
});

test('an address that was confirmed is believed for a day', async ({ request, server, office, clock }) => {
  await clock(0, LATELY);
  const link = await asked(request, server, office);
  const clicked = await click(request, link);
  const visit = clicked.headers().location.split('#farthing-visit=')[1];
  await clock(DAY - 1, LATELY);
  expect((await session(request, { visit })).status).toBe(200);
  await clock(DAY, LATELY);
  expect(await session(request, { visit })).toEqual(problem(410, 'visitExpired'));
});
