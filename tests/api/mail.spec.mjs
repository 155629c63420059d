// /admin/api/mail, the receipts that it is for, and the mails that were never to be sent
import { linkIn, mailsTo, nextMail, source } from '../support/mailbox.mjs';
import { url } from '../support/environment.mjs';
import { ADMIN, admin, answer, expect, good, importStore, demo, invalid, problem, refusesBadBodies, restore, sendJson, test } from './calls.mjs';
import { OFFERED, TRIGGER, address, bought, lines, offer, redeemed } from './buyers.mjs';
import { act, reserved, unique } from './checkout.mjs';

const SHOP = { name: 'Baker Street Cellars & Books', email: 'orders@bakerstreet.example' };
const SETTINGS = {
  from: SHOP,
  replyTo: { name: 'Mrs Hudson', email: 'hello@bakerstreet.example' },
  footer: 'Baker Street Cellars & Books, 221b Baker Street, London NW1 6XE',
  pages: { order: `${url}/demo/order/`, offers: `${url}/demo/offers/` },
};

function put(request, settings) {
  return admin(request, 'PUT', 'mail', settings);
}

test.afterEach(async ({ request }) => {
  expect((await put(request, SETTINGS)).status()).toBe(200);
});

test('is told as it is put', async ({ request }) => {
  const told = good({ ...SETTINGS, receipts: true, transport: 'smtp' });
  expect([await answer(await put(request, SETTINGS)), await answer(await admin(request, 'GET', 'mail'))]).toEqual([told, told]);
  const elsewhere = await answer(await admin(request, 'GET', 'mail?store=none'));
  expect(elsewhere).toEqual(problem(404, 'mailNotSet'));
});

test('each fault has its place', async ({ request }) => {
  const faults = async (more) => answer(await put(request, { ...SETTINGS, ...more }));
  expect(await faults({ from: { email: 'a@b.c\r\nBcc: x@y.z' } })).toEqual(invalid(['/from', 'invalidEmail']));
  expect(await faults({ pages: { order: 'http://shop.example/', offers: 'data:,' } })).toEqual(
    invalid(['/pages/order', 'invalidUrl'], ['/pages/offers', 'invalidUrl']),
  );
  expect(await faults({ transport: 'smtp' })).toEqual(invalid(['/transport', 'unknownField']));
});

test('a test mail arrives', async ({ request }) => {
  const to = address();
  const { status, body } = await answer(await admin(request, 'POST', 'mail/test', { to }));
  expect([status, body]).toEqual([200, { id: expect.stringMatching(/^msg_[0-9a-f]{32}@bakerstreet\.example$/) }]);
  const mail = await nextMail(to);
  expect(mail.from).toEqual([{ name: SHOP.name, address: SHOP.email }]);
  expect(await source(mail)).toContain(`Message-ID: <${body.id}>`);
  expect(await answer(await admin(request, 'POST', 'mail/test', { to: 'nobody' }))).toEqual(invalid(['/to', 'invalidEmail']));
});

test('a test mail is sent once by a repeated call', async ({ request }) => {
  const headers = { ...ADMIN, 'Idempotency-Key': unique() };
  const to = address();
  const ask = async (body) => answer(await admin(request, 'POST', 'mail/test', body, headers));
  const first = await ask({ to });
  expect([first.status, await ask({ to })]).toEqual([200, first]);
  expect(await ask({ to: address() })).toEqual(problem(422, 'keyReused'));
  await nextMail(to);
  expect(await mailsTo(to)).toHaveLength(1);
});

test('a paid order’s buyer gets a receipt with what it has earned', async ({ request, server }) => {
  const email = address();
  const { reference, link } = await bought(request, server, [TRIGGER, 'CAB19'], email);
  const mail = await nextMail(email);
  expect(mail.subject).toBe(`Your order ${reference} at ${SHOP.name}`);
  for (const form of [mail.text, mail.html]) {
    for (const word of ['2019 Cabernet Sauvignon', '$32.00', 'A Study in Scarlet', '$10.50', '$14.00', '221b Baker Street']) {
      expect(form).toContain(word);
    }
  }
  expect(linkIn(mail, `${url}/demo/order/`)).toBe(`${url}/demo/order/#farthing-link=${link}`);
  expect(linkIn(mail, `${url}/demo/offers/`)).toBe(`${url}/demo/offers/#farthing-link=${link}`);
  // One mail an order, whatever else happens to it.
  await act(request, server, reference, 'refund', { id: 'r' });
  await bought(request, server, ['CAB19'], email);
  expect((await nextMail(email, 1)).text).not.toContain('special discount');
  expect(await mailsTo(email)).toHaveLength(2);
});


test('no receipt where the store sends none, or nobody knows where to', async ({ request, server }) => {
  await put(request, { ...SETTINGS, receipts: false });
  const [quiet, nobody] = [address(), { lines: lines(TRIGGER) }];
  await bought(request, server, [TRIGGER], quiet);
  const { reference } = await reserved(request, server, nobody);
  await act(request, server, reference, 'commit');
  // Told of by now, and so is what was before it.
  await expect.poll(async () => (await admin(request, 'GET', 'orders?status=committed')).text()).toContain(reference);
  await put(request, SETTINGS);
  const last = address();
  await bought(request, server, [TRIGGER], last);
  await nextMail(last);
  expect(await mailsTo(quiet)).toEqual([]);
});

test('what a merchant writes stays words', async ({ request, server }) => {
  const hostile = '<img src=x onerror=alert(1)>\u202e"\'';
  const store = demo();
  Object.assign(store.upgrades[0], { message: hostile, title: hostile });
  for (const product of store.products) if ([TRIGGER, OFFERED].includes(product.sku)) product.title = hostile;
  store.store.name = hostile;
  expect((await importStore(request, store)).status()).toBe(200);
  try {
    const email = address();
    await bought(request, server, [TRIGGER], email);
    const mail = await nextMail(email);
    expect(mail.html).not.toContain('<img');
    expect(mail.subject).toContain('<img');
    expect(mail.bcc ?? []).toEqual([]);
  } finally {
    await restore(request);
  }
});

test('a mail that can’t be sent waits, and is sent when it can', async ({ request, server }) => {
  const email = `${'a'.repeat(64)}.${address()}`;
  await bought(request, server, [TRIGGER], email);
  expect((await nextMail(email)).to[0].address).toBe(email);
  const { body } = await answer(await admin(request, 'GET', 'outbox?limit=200'));
  expect(body.deliveries.filter(({ webhook }) => webhook.startsWith('mail/'))).toEqual([]);
});

test('is asked for by nobody else', async ({ request, server }) => {
  for (const path of ['/admin/api/mail', '/admin/api/mail/test']) {
    const reply = await sendJson(request, path, SETTINGS, { method: path.endsWith('test') ? 'POST' : 'PUT', headers: server.headers });
    expect(await answer(reply)).toEqual(problem(401, 'unauthorized'));
  }
});

refusesBadBodies('/admin/api/mail', 256 * 1024, { method: 'PUT', headers: ADMIN });
