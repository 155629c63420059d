// The ways that letters go, each to a server of this test: who takes them, and who must not get them.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, createServer as createTls, TLSSocket } from 'node:tls';
import { makeCertificate } from '../support/certificate.mjs';
import { alone } from './alone.mjs';
import { admin, answer, expect, problem, test as base } from './calls.mjs';

const SETTINGS = {
  from: { name: 'A "Shop", Ltd', email: 'shop@shop.example' },
  replyTo: { email: 'help@shop.example' },
  pages: { order: 'https://shop.example/order', offers: 'https://shop.example/offers' },
};

const test = base.extend({
  /** Sends a test mail from a Worker that is set up with these variables. */
  mail: async ({ playwright }, use) => {
    await use(async (variables) => {
      let reply;
      await alone(playwright, { variables }, async ({ request }) => {
        expect((await admin(request, 'PUT', 'mail', SETTINGS)).status()).toBe(200);
        reply = await answer(await admin(request, 'POST', 'mail/test', { to: 'ada@example.com' }));
      });
      return reply;
    });
  },
  /** One that nobody has signed but itself. */
  certificate: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'farthing-cert-'));
    await use(makeCertificate(folder));
    rmSync(folder, { recursive: true, force: true });
  },
});

function listening(server) {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}

test('an HTTP provider gets the letter, and what makes a repeat the same', async ({ mail }) => {
  const calls = [];
  const provider = createHttp(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    calls.push({ path: request.url, headers: request.headers, body: JSON.parse(Buffer.concat(parts)) });
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"id":"1"}');
  });
  const port = await listening(provider);
  const reply = await mail({ MAIL_TRANSPORT: 'resend', RESEND_API_KEY: 're_secret', RESEND_URL: `http://127.0.0.1:${port}/` });
  provider.close();
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  const [{ path, headers, body }] = calls;
  const id = body.headers['Message-ID'];
  expect([path, headers.authorization, id]).toEqual(['/emails', 'Bearer re_secret', `<${reply.body.id}>`]);
  expect(headers['idempotency-key']).toBe(reply.body.id.split('@')[0]);
  expect(body).toMatchObject({ from: '"A Shop, Ltd" <shop@shop.example>', to: ['ada@example.com'], reply_to: 'help@shop.example' });
});

test('a provider that refuses is told, without an address', async ({ mail }) => {
  const provider = createHttp((request, response) => response.writeHead(403).end());
  const port = await listening(provider);
  const reply = await mail({ MAIL_TRANSPORT: 'resend', RESEND_API_KEY: 're_secret', RESEND_URL: `http://127.0.0.1:${port}` });
  provider.close();
  expect(reply).toEqual(problem(502, 'mailFailed'));
  expect(reply.body.detail).toBe('the mail provider answered 403');
});

test('without a way nothing is sent, and staff are told so', async ({ mail }) => {
  const reply = await mail({});
  expect([reply.status, reply.body.detail]).toEqual([502, 'set the variable `MAIL_TRANSPORT`']);
});

/** Speaks as much SMTP as it takes to be handed a mail; gives what it heard. */
function speak(socket, heard, { starttls }) {
  socket.write('220 test\r\n');
  socket.on('error', () => {});
  socket.on('data', (data) => {
    for (const line of data.toString().split('\r\n').filter(Boolean)) {
      heard.push(line);
      if (/^EHLO/.test(line)) socket.write(starttls ? '250-test\r\n250 STARTTLS\r\n' : '250-test\r\n250 AUTH PLAIN\r\n');
      else if (/^STARTTLS/.test(line)) {
        socket.write('220 go\r\n');
        socket.removeAllListeners('data');
        const secured = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(starttls) });
        secured.on('error', () => heard.push('refused'));
        secured.on('data', (data) => heard.push(data.toString()));
      } else socket.write('250 ok\r\n');
    }
  });
}

test('a mail server with a certificate of its own making gets no password and no mail', async ({ mail, certificate }) => {
  const made = { key: certificate.key, cert: certificate.cert };
  for (const [scheme, create, starttls] of [
    ['smtps', (heard) => createTls(made, (socket) => speak(socket, heard, {})), null],
    ['smtp', (heard) => createTcp((socket) => speak(socket, heard, { starttls: made })), made],
  ]) {
    const heard = [];
    const server = create(heard).on('tlsClientError', () => {});
    const port = await listening(server);
    const reply = await mail({ MAIL_TRANSPORT: 'smtp', SMTP_URL: `${scheme}://user:password@localhost:${port}` });
    server.close();
    expect([reply.status, reply.body.code], scheme).toEqual([502, 'mailFailed']);
    expect(heard.filter((line) => /AUTH|MAIL|RCPT|DATA/.test(line)), scheme).toEqual([]);
    expect(starttls === null || heard.includes('STARTTLS'), scheme).toBe(true);
  }
});

test('a mail server that offers no TLS gets no password', async ({ mail }) => {
  const heard = [];
  const server = createTcp((socket) => speak(socket, heard, {}));
  const port = await listening(server);
  const reply = await mail({ MAIL_TRANSPORT: 'smtp', SMTP_URL: `smtp://user:password@127.0.0.1:${port}` });
  server.close();
  expect(reply.body.detail).toContain('STARTTLS');
  expect(heard.filter((line) => /AUTH|MAIL/.test(line))).toEqual([]);
});
