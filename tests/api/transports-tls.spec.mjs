// SMTP as it should be: with TLS, to a server whose certificate is trusted, and what becomes of mails while it is not so.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../rig/configuration.mjs';
import { makeCertificate } from '../support/certificate.mjs';
import { PostOffice, header } from '../support/post-office.mjs';
import { alone } from './alone.mjs';
import { admin, answer, expect, problem, sendJson, test as base } from './calls.mjs';
import { address } from './buyers.mjs';
import { unique } from './checkout.mjs';

const LOGIN = { user: 'shop@example.com', password: 'p/w:d' };
const SETTINGS = {
  from: { name: 'A shop', email: 'orders@shop.example' },
  pages: { order: 'https://shop.example/order', offers: 'https://shop.example/offers' },
};
const FAILED = problem(502, 'mailFailed');

const test = base.extend({
  certificate: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'farthing-tls-'));
    await use(makeCertificate(folder));
    rmSync(folder, { recursive: true, force: true });
  },
  /** Does `work` with a Worker that sends by `url`; it trusts the certificate in the file called `trusted`. */
  sending: async ({ playwright }, use) => {
    await use((url, trusted, work) => {
      const variables = { MAIL_TRANSPORT: 'smtp', SMTP_URL: url, PUBLIC_URL: 'https://edge.example' };
      return alone(playwright, { variables, trusted }, async (worker) => {
        expect((await admin(worker.request, 'PUT', 'mail', SETTINGS)).status()).toBe(200);
        await work(worker);
      });
    });
  },
});

test.describe.configure({ timeout: 60_000 });

async function send(request) {
  return answer(await admin(request, 'POST', 'mail/test', { to: 'ada@example.com' }));
}

function url(scheme, port, { user, password } = LOGIN) {
  return `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@localhost:${port}`;
}

for (const [scheme, secure] of [['smtp', false], ['smtps', true]]) {
  test(`${scheme} hands a mail in, encrypted and with its password`, async ({ certificate, sending }) => {
    const { key, cert, file } = certificate;
    const office = await PostOffice.open({ secure, key, cert, login: LOGIN });
    await sending(url(scheme, office.port), file, async ({ request }) => {
      const { status, body } = await send(request);
      expect(status, JSON.stringify(body)).toBe(200);
      expect(office.mails).toMatchObject([{ to: ['ada@example.com'], isSecure: true, user: LOGIN.user }]);
      expect(header(office.mails[0], 'Message-ID')).toBe(`<${body.id}>`);
    });
    await office.close();
  });
}

test('a wrong password is told, and does not stand in what is told', async ({ certificate, sending }) => {
  const { key, cert, file } = certificate;
  const office = await PostOffice.open({ key, cert, login: LOGIN });
  await sending(url('smtp', office.port, { ...LOGIN, password: 'wr/ong' }), file, async ({ request }) => {
    const reply = await send(request);
    expect([reply, office.mails]).toEqual([FAILED, []]);
    expect(reply.body.detail).not.toMatch(/wr\/?ong|@/);
  });
  await office.close();
});

/** A past buyer of a product that nobody else has bought, and the update that is for them. */
async function written({ request, server }) {
  const order = { reference: unique(), paidAt: '2025-01-01T00:00:00Z', total: '1.00', customer: { email: address() } };
  const body = { ...order, lines: [{ sku: 'HOUNDS' }] };
  expect((await sendJson(request, '/v1/events/orders', body, { headers: server.headers })).status()).toBe(201);
  const words = { subject: 'News', body: '[download_link]', products: ['HOUNDS'] };
  const { id } = (await answer(await admin(request, 'POST', 'updates', words))).body;
  const look = async () => (await answer(await admin(request, 'GET', `updates/${id}`))).body.progress;
  await expect.poll(async () => (await look()).audience).toBe(1);
  return { look, go: () => admin(request, 'POST', `updates/${id}/send`) };
}

test('an update waits for a server that is away or busy, and gives nobody up', async ({ sending }) => {
  const port = await freePort();
  await sending(`smtp://127.0.0.1:${port}?tls=none`, undefined, async (worker) => {
    const update = await written(worker);
    await update.go();
    await expect.poll(async () => (await update.look()).error).toContain('the mail server');
    expect(await update.look()).toMatchObject({ state: 'sending', sent: 0, failed: 0 });
    const busy = await PostOffice.open({ port, disabledCommands: ['STARTTLS'], onRcptTo: refuse });
    await update.go();
    await expect.poll(async () => (await update.look()).error).toContain('try again later');
    expect(await update.look()).toMatchObject({ state: 'sending', sent: 0, failed: 0 });
    await busy.close();
    const office = await PostOffice.open({ port, disabledCommands: ['STARTTLS'] });
    await update.go();
    await expect.poll(async () => (await update.look()).state).toBe('done');
    expect(await update.look()).toMatchObject({ audience: 1, sent: 1, failed: 0, error: null });
    expect(office.mails).toHaveLength(1);
    await office.close();
  });
});

/** As servers do that know nobody yet: grey-listing. */
function refuse(recipient, session, done) {
  done(Object.assign(new Error('try again later'), { responseCode: 451 }));
}
