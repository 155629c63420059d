// POST /v1/offers/links and /o/{token}: P19 and P20
import { mailbox, url } from '../support/environment.mjs';
import { linkIn, mailsTo, nextMail, source } from '../support/mailbox.mjs';
import { answer, expect, fromElsewhere, good, invalid, problem, refusesBadBodies, sendJson, test, withKey } from './calls.mjs';
import { BOTTLE, reserve, unique } from './checkout.mjs';
import { OFFERED, TRIGGER, address, bought, inAnotherStore, redeemed, session, visited } from './buyers.mjs';

const PATH = '/v1/offers/links';

function ask(request, email, headers = {}) {
  return sendJson(request, withKey(PATH), { email }, { headers });
}

/** A buyer whose order is in the merchant's database. */
async function buyer(request, server) {
  const email = address();
  await bought(request, server, [TRIGGER], email);
  // The receipt goes after the order was written there.
  await nextMail(email);
  return email;
}

/** A link that has come to a buyer. */
async function link(request, server) {
  const email = await buyer(request, server);
  expect((await ask(request, email)).status()).toBe(202);
  const mail = await nextMail(email, 1);
  return { email, mail, link: linkIn(mail, `${url}/o/`).slice(url.length) };
}

function open(request, link, method = 'GET') {
  return request.fetch(link, { method, maxRedirects: 0 });
}

function click(request, link, form = 'page=1') {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return request.fetch(link, { method: 'POST', headers, data: form, maxRedirects: 0 });
}

/** The nonce of the page that a link opens. */
async function page(request, link) {
  return (await (await open(request, link)).text()).match(/name="page" value="([0-9a-f]+)"/)[1];
}

test('a buyer is sent a link, which a click confirms and which leads to the offers', async ({ request, server }) => {
  const { mail, link: address } = await link(request, server);
  expect(mail.subject).toBe('Your offers at Baker Street Cellars & Books');
  const clicked = await click(request, address, `page=${await page(request, address)}`);
  expect(clicked.status()).toBe(303);
  const [target, visit] = clicked.headers().location.split('#farthing-visit=');
  expect(target).toBe(`${url}/demo/offers/`);
  const { body } = await session(request, { visit });
  expect(body.order).toBeNull();
  expect(body.offers).toMatchObject([{ sku: OFFERED, status: 'open' }]);
  expect((await redeemed(request, server, body.offers[0].grant)).total).toBe('10.50');
});

test('nobody is told whether an address is known', async ({ request, server }) => {
  const known = await buyer(request, server);
  const replies = [];
  for (const email of [known, address(), 'nobody@nowhere.example']) {
    const reply = await ask(request, email, { ...fromElsewhere(), 'Idempotency-Key': unique() });
    const { date, ...others } = reply.headers();
    replies.push({ status: reply.status(), headers: others, body: await reply.text() });
  }
  expect(replies[1]).toEqual(replies[0]);
  expect(replies[2]).toEqual(replies[0]);
  expect(replies[0].body).toBe('{"status":"accepted"}');
  await nextMail(known, 1);
});

test('a repeated call sends one link, and counts as one', async ({ request, server }) => {
  const email = await buyer(request, server);
  const headers = { ...fromElsewhere(), 'Idempotency-Key': unique() };
  const replies = await Promise.all(Array.from({ length: 12 }, () => ask(request, email, headers)));
  for (const reply of replies) {
    expect(await answer(reply)).toEqual(good({ status: 'accepted' }, 202));
    expect(reply.headers()['ratelimit-policy']).toBe('"links";q=10;w=600');
    expect(reply.headers().ratelimit).toMatch(/^"links";r=9;t=\d+$/);
  }
  const reused = await ask(request, address(), headers);
  expect(await answer(reused)).toEqual(problem(422, 'keyReused'));
  expect(reused.headers().ratelimit).toMatch(/^"links";r=9;t=\d+$/);
  expect(await answer(await ask(request, email, { ...headers, 'Idempotency-Key': 'a b' }))).toEqual(problem(400, 'invalidIdempotencyKey'));
  await nextMail(email, 1);
  // Asked for after it, and sent after a second would have been.
  const other = await buyer(request, server);
  await ask(request, other);
  await nextMail(other, 1);
  expect(await mailsTo(email)).toHaveLength(2);
});

test('a key of a page is none of a server’s', async ({ request, server }) => {
  const key = { 'Idempotency-Key': unique() };
  await reserve(request, server, { reference: unique(), cart: BOTTLE }, key);
  expect((await ask(request, address(), key)).status()).toBe(202);
});

test('an unknown address gets no mail', async ({ request, server }) => {
  const [known, unknown] = [await buyer(request, server), address()];
  await ask(request, unknown);
  // Asked for after it, and sent after it would have been.
  await ask(request, known);
  await nextMail(known, 1);
  expect(await mailsTo(unknown)).toEqual([]);
});

test('scanners spend nothing; the first click does', async ({ request, server }) => {
  const { link: address } = await link(request, server);
  for (let at = 0; at < 20; at += 1) {
    expect((await open(request, address, at % 2 ? 'HEAD' : 'GET')).status()).toBe(200);
  }
  const nonce = await page(request, address);
  const both = await Promise.all([click(request, address, `page=${nonce}`), click(request, address, `page=${nonce}`)]);
  expect(both.map((reply) => reply.status())).toEqual([303, 303]);
  // Another page, another click: it is spent.
  for (const form of ['page=other', '', 'page=']) expect((await click(request, address, form)).status()).toBe(410);
  const dead = await open(request, address);
  expect([dead.status(), await dead.text()]).toEqual([410, expect.stringContaining('Send a new link')]);
});

test('of ten clicks on ten pages one confirms', async ({ request, server }) => {
  const { link: address } = await link(request, server);
  const clicks = await Promise.all(Array.from({ length: 10 }, (_, at) => click(request, address, `page=${at}`)));
  expect(clicks.map((reply) => reply.status()).sort()).toEqual([303, ...Array(9).fill(410)]);
});

test('a dead link’s page sends a new one', async ({ request, server }) => {
  const { email, link: address } = await link(request, server);
  await click(request, address);
  const again = await click(request, address, 'again=1');
  expect(again.status()).toBe(202);
  const anew = linkIn(await nextMail(email, 2), `${url}/o/`).slice(url.length);
  expect(anew).not.toBe(address);
  expect((await click(request, anew)).status()).toBe(303);
});

test('a dead link’s page says until when it sends no more', async ({ request, server }) => {
  const { link: address } = await link(request, server);
  await click(request, address);
  for (let at = 1; at < 10; at += 1) expect((await click(request, address, 'again=1')).status()).toBe(202);
  const late = await click(request, address, 'again=1');
  expect([late.status(), late.headers()['content-type']]).toEqual([429, 'text/html; charset=utf-8']);
  const minutes = Math.ceil(Number(late.headers()['retry-after']) / 60);
  expect(minutes).toBeGreaterThan(1);
  const text = await late.text();
  expect(text).toContain(`You can ask again in ${minutes} minutes.`);
  expect(text).toContain('Send a new link');
});

test('what is no link leads nowhere', async ({ request, server }) => {
  const { link: address } = await link(request, server);
  for (const path of ['/o/x', '/o/n1.k1.a.b', `${address}x`, address.slice(0, -1), address.replace('n1', 'l1')]) {
    const reply = await open(request, path);
    expect([reply.status(), await reply.text()], path).toEqual([404, expect.stringContaining('leads nowhere')]);
    expect((await click(request, path)).status(), path).toBe(404);
  }
});

test('the page is safe to open and tells nobody its address', async ({ request, server }) => {
  const { link: address } = await link(request, server);
  const headers = (await open(request, address)).headers();
  expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
  expect(headers['content-security-policy']).toContain(`default-src 'none'`);
  expect(headers['content-security-policy']).toContain(`form-action 'self' ${url}`);
});

test('no more than three an hour go to one address, and no more than ten from one place', async ({ request, server }) => {
  const email = await buyer(request, server);
  for (let at = 0; at < 6; at += 1) expect((await ask(request, email, fromElsewhere())).status()).toBe(202);
  await nextMail(email, 3);
  const other = await buyer(request, server);
  await ask(request, other, fromElsewhere());
  await nextMail(other, 1);
  expect(await mailsTo(email)).toHaveLength(4);
  const place = fromElsewhere();
  for (let at = 0; at < 10; at += 1) expect((await ask(request, address(), place)).status()).toBe(202);
  const refused = await ask(request, address(), place);
  expect(await answer(refused)).toEqual(problem(429, 'tooManyLinks'));
  expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0);
});

test('a visit is of one store, and is not made up', async ({ request, server }) => {
  const visit = await visited(request, server);
  expect((await session(request, { visit })).status).toBe(200);
  for (const made of ['v1.k1.e30.x', `${visit}x`, visit.replace('v1', 'l1')]) {
    expect(await session(request, { visit: made }), made).toEqual(problem(422, 'invalidLink'));
  }
  await inAnotherStore(request, async (at) => {
    expect(await session(request, { visit }, at)).toEqual(problem(422, 'invalidLink'));
  });
});

test('what is no address is refused', async ({ request }) => {
  for (const email of ['', 'a', 'a@', 'a b@c.com', 'a@b.com\r\nBcc: c@d.com', '<a@b.com>']) {
    const reply = await answer(await ask(request, email));
    expect([reply.status, reply.body.code], email).toEqual([422, 'invalidInput']);
  }
  expect(await answer(await sendJson(request, withKey(PATH), { email: 'a@b.com', name: 'x' }))).toEqual(
    invalid(['/name', 'unknownField']),
  );
});

refusesBadBodies(withKey(PATH), 256 * 1024);
