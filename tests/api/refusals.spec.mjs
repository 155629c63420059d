// What becomes of a letter that a mail server refuses: for now it waits, for good it is given up at once, and staff see why.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { BUILT, freePort } from '../rig/configuration.mjs';
import { PostOffice, header } from '../support/post-office.mjs';
import { alone } from './alone.mjs';
import { address } from './buyers.mjs';
import { admin, answer, expect, sendJson, test, withKey } from './calls.mjs';
import { BOTTLE, act, reserved, unique } from './checkout.mjs';

const SETTINGS = {
  from: { email: 'orders@shop.example' },
  pages: { order: 'https://shop.example/order', offers: 'https://shop.example/offers' },
};
const CLOCK = fileURLToPath(new URL('../rig/clock.mjs', import.meta.url));
const DAY = 24 * 60 * 60 * 1000;

test.describe.configure({ timeout: 60_000 });

/** A Worker of its own that sends as `variables` say. */
function sending(playwright, variables, work, modules) {
  const all = { PUBLIC_URL: 'https://edge.example', ...variables };
  return alone(playwright, { variables: all, modules }, async (worker) => {
    expect((await admin(worker.request, 'PUT', 'mail', SETTINGS)).status()).toBe(200);
    await work({ ...worker, outbox: () => outbox(worker) });
  });
}

const smtp = (port) => ({ MAIL_TRANSPORT: 'smtp', SMTP_URL: `smtp://127.0.0.1:${port}?tls=none` });

/** A server that answers a step of each letter, `onMailFrom`, `onRcptTo` or `onData`, by what `code` says at that moment. */
function refusing(step, code) {
  const refuse = (given, session, done) => {
    if (step === 'onData') given.resume();
    const responseCode = code();
    const finish = () => done(responseCode ? Object.assign(new Error('not <ada@example.com>'), { responseCode }) : null);
    step === 'onData' ? given.on('end', finish) : finish();
  };
  return PostOffice.open({ disabledCommands: ['STARTTLS'], [step]: refuse });
}

async function outbox({ request }) {
  const { body } = await answer(await admin(request, 'GET', 'outbox?limit=200'));
  return body.deliveries.filter(({ webhook }) => webhook.startsWith('mail/'));
}

/** The one letter that waits, after it was tried. */
async function tried(outbox) {
  await expect.poll(async () => (await outbox())[0]?.attempts ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
  const letters = await outbox();
  expect(letters).toHaveLength(1);
  return letters[0];
}

async function buy({ request, server }, email = address()) {
  const { reference } = await reserved(request, server, { ...BOTTLE, customer: { email } });
  await act(request, server, reference, 'commit');
  return email;
}

for (const [step, code, isForGood] of [
  ['onRcptTo', 550, true],
  ['onData', 554, true],
  ['onRcptTo', 451, false],
  ['onData', 452, false],
]) {
  test(`a receipt that is answered by ${code} at ${step} ${isForGood ? 'is given up at once' : 'waits'}`, async ({ playwright }) => {
    let answered = code;
    const office = await refusing(step, () => answered);
    await sending(playwright, smtp(office.port), async (worker) => {
      await buy(worker);
      const letter = await tried(worker.outbox);
      expect(letter).toMatchObject({ webhook: 'mail/receipt', error: expect.stringMatching(/^the mail server: .*not …$/) });
      expect([letter.attempts, letter.deadAt !== null]).toEqual([1, isForGood]);
      // Once somebody has seen to it, it goes, as the letter that it was.
      answered = null;
      expect((await admin(worker.request, 'POST', `outbox/${letter.id}/retry`)).ok()).toBe(true);
      await expect.poll(worker.outbox).toEqual([]);
    });
    await office.close();
  });
}

test('a password that is refused gives no letter up', async ({ playwright }) => {
  const office = await PostOffice.open({ disabledCommands: ['STARTTLS'], login: { user: 'a', password: 'b' } });
  await sending(playwright, smtp(office.port), async (worker) => {
    await buy(worker);
    expect(await tried(worker.outbox)).toMatchObject({ deadAt: null, error: expect.stringContaining('authentication') });
  });
  await office.close();
});

test('an update counts whom a server does not know, and goes on to the others', async ({ playwright }) => {
  const [unknown, known] = [address(), address()].sort();
  const office = await PostOffice.open({
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address: to }, session, done) =>
      done(to === unknown ? Object.assign(new Error(`<${to}> has no mailbox here`), { responseCode: 550 }) : null),
  });
  await sending(playwright, smtp(office.port), async ({ request, server }) => {
    for (const email of [unknown, known]) {
      const order = { reference: unique(), paidAt: '2025-01-01T00:00:00Z', total: '1.00', customer: { email }, lines: [{ sku: 'HOUNDS' }] };
      expect((await sendJson(request, '/v1/events/orders', order, { headers: server.headers })).status()).toBe(201);
    }
    const words = { subject: 'News', body: '[download_link]', products: ['HOUNDS'] };
    const { id } = (await answer(await admin(request, 'POST', 'updates', words))).body;
    const look = async () => (await answer(await admin(request, 'GET', `updates/${id}`))).body;
    await expect.poll(async () => (await look()).progress.audience).toBe(2);
    await admin(request, 'POST', `updates/${id}/send`);
    await expect.poll(async () => (await look()).progress.state).toBe('done');
    const update = await look();
    expect(update.progress).toEqual({ state: 'done', audience: 2, sent: 1, failed: 1, unsubscribed: 0, error: null });
    expect(office.mails.map(({ to }) => to)).toEqual([[known]]);
    const { body } = await answer(await admin(request, 'GET', 'updates'));
    expect(body.updates).toEqual([update]);
  });
  await office.close();
});

test('a provider’s status says whether a letter is tried again', async ({ playwright }) => {
  let status = 500;
  const provider = createServer((request, response) => request.resume().on('end', () => response.writeHead(status).end()));
  const port = await freePort();
  await new Promise((resolve) => provider.listen(port, '127.0.0.1', resolve));
  const variables = { MAIL_TRANSPORT: 'resend', RESEND_API_KEY: 're_1', RESEND_URL: `http://127.0.0.1:${port}` };
  await sending(playwright, variables, async (worker) => {
    await buy(worker);
    for (const [answered, isForGood] of [[500, false], [429, false], [401, false], [422, true]]) {
      const { id } = await tried(worker.outbox);
      status = answered;
      await admin(worker.request, 'POST', `outbox/${id}/retry`);
      await expect.poll(async () => (await worker.outbox())[0]?.error).toBe(`the mail provider answered ${answered}`);
      expect((await tried(worker.outbox)).deadAt !== null, String(answered)).toBe(isForGood);
    }
  });
  provider.close();
});

test('a confirmation is not sent once its link is over', async ({ playwright }) => {
  let code = 451;
  const office = await refusing('onRcptTo', () => code);
  await sending(playwright, smtp(office.port), async (worker) => {
    const { request, address: url } = worker;
    const start = Date.now();
    const clock = (after) => fetch(`${url}/clock?at=${start + after}`);
    await clock(0);
    const email = address();
    const order = { reference: unique(), paidAt: '2025-01-01T00:00:00Z', total: '1.00', customer: { email }, lines: [{ sku: 'HOUNDS' }] };
    expect((await sendJson(request, '/v1/events/orders', order, { headers: worker.server.headers })).status()).toBe(201);
    const ask = () => sendJson(request, withKey('/v1/offers/links'), { email });
    // One that is a moment too old, and one that is not.
    for (const [age, arrives] of [[DAY, 0], [DAY - 1, 1]]) {
      code = 451;
      await clock(0);
      expect((await ask()).status()).toBe(202);
      const letter = await tried(worker.outbox);
      expect(letter).toMatchObject({ webhook: 'mail/confirmation', deadAt: null });
      code = null;
      await clock(age);
      const had = office.mails.length;
      await admin(request, 'POST', `outbox/${letter.id}/retry`);
      // The alarm was set for five seconds after the first try, by the real clock.
      await expect.poll(worker.outbox, { timeout: 20_000 }).toEqual([]);
      expect(office.mails.slice(had)).toHaveLength(arrives);
    }
    expect(header(office.mails[0], 'Subject')).toContain('Your offers at');
  }, [CLOCK, ...BUILT]);
  await office.close();
});
