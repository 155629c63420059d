// Cloudflare's own way, through workerd and Miniflare's stand-in for the binding. The stand-in reads each mail as Cloudflare does:
// it must be MIME whose From is the sender, to an address that the binding may send to. It hands the mail to Miniflare, in
// whose place this test is, and like Cloudflare it gives each one a Message-ID of its own. What Cloudflare alone can say, that
// an address is not verified or suppressed, by a code, it does not.
import { createServer } from 'node:http';
import { alone } from './alone.mjs';
import { address } from './buyers.mjs';
import { admin, answer, expect, problem, test as base } from './calls.mjs';
import { BOTTLE, act, reserved } from './checkout.mjs';

const VARIABLES = { MAIL_TRANSPORT: 'binding', PUBLIC_URL: 'https://edge.example' };
const SETTINGS = {
  from: { name: 'Zoë’s "Shop"', email: 'orders@shop.example' },
  replyTo: { email: 'help@shop.example' },
  pages: { order: 'https://shop.example/order', offers: 'https://shop.example/offers' },
};

const test = base.extend({
  /** Does `work` with a Worker that has these bindings, and with the mails that they sent. */
  sending: async ({ playwright }, use) => {
    const mails = [];
    const miniflare = createServer(async (request, response) => {
      const parts = [];
      for await (const part of request) parts.push(part);
      if (new URL(request.url, 'http://localhost').searchParams.get('extension') === 'eml') mails.push(Buffer.concat(parts).toString());
      response.end('kept');
    });
    await new Promise((resolve) => miniflare.listen(0, '127.0.0.1', resolve));
    await use((email, work) =>
      alone(playwright, { variables: VARIABLES, email, miniflare: miniflare.address().port }, async (worker) => {
        expect((await admin(worker.request, 'PUT', 'mail', SETTINGS)).status()).toBe(200);
        await work(worker, mails);
      }),
    );
    miniflare.close();
  },
});

test.describe.configure({ timeout: 60_000 });

async function send(request, to) {
  return answer(await admin(request, 'POST', 'mail/test', { to }));
}

test('the binding is handed the letter as it is, but for its id', async ({ sending }) => {
  await sending([{ name: 'MAIL' }], async ({ request, server }, mails) => {
    const { status, body } = await send(request, 'ada@example.com');
    expect(status, JSON.stringify(body)).toBe(200);
    await expect.poll(() => mails.length).toBe(1);
    expect(mails[0]).toMatch(/^From: .*<orders@shop\.example>\r?$/m);
    expect(mails[0]).toMatch(/^To: .*ada@example\.com>?\r?$/m);
    expect(mails[0]).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    expect(mails[0]).toContain('This is how mails of your store arrive.');
    // As docs/operate.md warns: a repeat is another mail to whoever compares.
    expect(mails[0]).toMatch(/^Message-ID: <.+@.+>\r?$/m);
    expect(mails[0]).not.toContain(body.id);

    const email = address();
    const { reference } = await reserved(request, server, { ...BOTTLE, customer: { email, name: 'Ada' } });
    await act(request, server, reference, 'commit');
    await expect.poll(() => mails.length).toBe(2);
    expect(mails[1]).toContain('Thank you for your order, Ada');
    expect(mails[1]).toMatch(new RegExp(`^To: .*${email}>?\\r?$`, 'm'));
    await expect.poll(async () => (await answer(await admin(request, 'GET', 'outbox?limit=200'))).body.deliveries).toEqual([]);
  });
});

test('what the binding may not send is told, without the address', async ({ sending }) => {
  await sending([{ name: 'MAIL', allowed_destination_addresses: ['ada@example.com'] }], async ({ request }, mails) => {
    expect((await send(request, 'ada@example.com')).status).toBe(200);
    const reply = await send(request, 'eve@example.com');
    expect(reply).toEqual(problem(502, 'mailFailed'));
    expect(reply.body.detail).toBe('email to … not allowed');
    await expect.poll(() => mails.length).toBe(1);
  });
});

test('a binding of another name is none', async ({ sending }) => {
  await sending([{ name: 'POST' }], async ({ request }, mails) => {
    const reply = await send(request, 'ada@example.com');
    expect(reply).toEqual(problem(502, 'mailFailed'));
    expect([reply.body.detail, mails]).toEqual(['bind `send_email` as `MAIL` in wrangler.toml', []]);
  });
});
