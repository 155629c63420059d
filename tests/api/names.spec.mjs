// What buyers are called: told with an order or kept of a customer, and said by the mails that they get.
import { mailsTo, nextMail, source } from '../support/mailbox.mjs';
import { admin, answer, demo, expect, good, importStore, invalid, restore, sendJson, test } from './calls.mjs';
import { TRIGGER, address, lines } from './buyers.mjs';
import { BOTTLE, act, order, quoted, reserve, reserved, unique } from './checkout.mjs';

/** A name that is much: markup, a direction that turns, a field of its own, and as long as a name may be. */
const HOSTILE = `<img src=x onerror=alert(1)>\u202e"'&[download_link]`.padEnd(100, 'x');
const SHOWN = HOSTILE.replace('\u202e', '');

async function paid(request, server, customer, skus = [TRIGGER]) {
  const { reference } = await reserved(request, server, { lines: lines(...skus), customer });
  return (await answer(await act(request, server, reference, 'commit'))).body;
}

function past(customer, sku) {
  return { reference: unique(), paidAt: '2025-01-01T00:00:00Z', total: '1.00', customer, lines: [{ sku }] };
}

async function tell(request, server, told) {
  return answer(await sendJson(request, '/v1/events/orders', told, { headers: server.headers }));
}

test.afterEach(async ({ request }) => restore(request));

test('a name comes with an order, by a quote or a cart, and stays with it', async ({ request, server }) => {
  const customer = { email: address(), name: '  Ada Lovelace ' };
  const kept = { id: null, email: customer.email, name: 'Ada Lovelace' };
  const { token } = await quoted(request, BOTTLE);
  for (const source of [{ quote: token, customer }, { cart: { ...BOTTLE, customer } }]) {
    const asked = { reference: unique(), ...source };
    const reply = await answer(await reserve(request, server, asked));
    expect([reply.status, reply.body.customer], JSON.stringify(reply.body)).toEqual([201, kept]);
    expect(reply.body.quote.total).toBe('32.00');
    expect(await answer(await reserve(request, server, asked))).toEqual(reply);
    expect(await order(request, server, asked.reference)).toEqual(good(reply.body));
    const { body } = await answer(await act(request, server, asked.reference, 'commit'));
    expect(body.customer).toEqual(kept);
  }
  const nameless = await reserved(request, server, { ...BOTTLE, customer: { email: customer.email } });
  expect(nameless.customer).toEqual({ ...kept, name: null });
  const elsewhere = await tell(request, server, past(customer, TRIGGER));
  expect([elsewhere.status, elsewhere.body.customer, elsewhere.body.elsewhere]).toEqual([201, kept, true]);
});

test('what is no name is refused in its place', async ({ request, server }) => {
  const { token } = await quoted(request, BOTTLE);
  for (const [name, code] of [
    ['Ada\r\nBcc: everyone@example.com', 'invalidName'],
    ['A\u0000da', 'invalidName'],
    ['Ada\u2028Lovelace', 'invalidName'],
    [' ', 'textEmpty'],
    ['a'.repeat(101), 'textTooLong'],
    [['Ada'], 'wrongType'],
  ]) {
    const reference = unique();
    const customer = { email: address(), name };
    const by = async (source) => answer(await reserve(request, server, { reference, ...source }));
    expect(await by({ quote: token, customer })).toEqual(invalid(['/customer/name', code]));
    expect(await by({ cart: { ...BOTTLE, customer } })).toEqual(invalid(['/cart/customer/name', code]));
    expect(await tell(request, server, past(customer, TRIGGER))).toEqual(invalid(['/customer/name', code]));
    expect(await answer(await admin(request, 'PUT', `customers/${reference}`, { name }))).toEqual(invalid(['/name', code]));
  }
});

test('a receipt greets by the order’s name, or the one that the store keeps', async ({ request, server }) => {
  const [ada, known, nobody] = [address(), address(), address()];
  const id = unique();
  expect((await admin(request, 'PUT', `customers/${id}`, { email: known, name: 'Irene Adler' })).status()).toBe(200);
  await paid(request, server, { email: ada, name: 'Ada Lovelace' });
  await paid(request, server, { email: known });
  await paid(request, server, { email: nobody });
  for (const [email, greeting] of [
    [ada, 'Thank you for your order, Ada Lovelace'],
    [known, 'Thank you for your order, Irene Adler'],
    [nobody, 'Thank you for your order'],
  ]) {
    expect((await nextMail(email)).text.split('\n')).toContain(greeting);
  }
  await paid(request, server, { email: known, name: 'Mrs Norton' });
  expect((await nextMail(known, 1)).text.split('\n')).toContain('Thank you for your order, Mrs Norton');
  // The audit tells that a customer was written, and not what they are called.
  expect(await (await admin(request, 'GET', 'audit?limit=50')).text()).not.toContain('Irene');
  await admin(request, 'DELETE', `customers/${id}`);
});

test('an update calls each buyer by their name', async ({ request, server }) => {
  const [sku, id] = [unique(), unique()];
  const store = demo();
  store.products.push({ ...store.products[0], sku, title: sku });
  expect((await importStore(request, store)).status()).toBe(200);
  const buyers = {
    named: { email: address(), name: 'Ada Lovelace' },
    kept: { email: address() },
    byId: { id, email: address() },
    nobody: { email: address() },
    hostile: { email: address(), name: HOSTILE },
  };
  const other = unique();
  await admin(request, 'PUT', `customers/${other}`, { email: buyers.kept.email, name: 'Irene Adler' });
  await admin(request, 'PUT', `customers/${id}`, { name: 'Mr Holmes' });
  for (const customer of Object.values(buyers)) expect((await tell(request, server, past(customer, sku))).status).toBe(201);
  const words = { subject: 'Dear [name]', body: 'Dear [name], [download_link]', products: [sku] };
  const { body: update } = await answer(await admin(request, 'POST', 'updates', words));
  const look = async () => (await answer(await admin(request, 'GET', `updates/${update.id}`))).body.progress;
  await expect.poll(async () => (await look()).audience).toBe(5);
  await admin(request, 'POST', `updates/${update.id}/send`);
  await expect.poll(async () => (await look()).state, { timeout: 20_000 }).toBe('done');
  const called = { named: 'Ada Lovelace', kept: 'Irene Adler', byId: 'Mr Holmes', nobody: 'there', hostile: SHOWN };
  for (const [who, name] of Object.entries(called)) {
    const mail = await nextMail(buyers[who].email);
    expect([mail.subject, mail.text.split('\n')[0].split(', http')[0]], who).toEqual([`Dear ${name}`, `Dear ${name}`]);
  }
  for (const customer of [id, other]) await admin(request, 'DELETE', `customers/${customer}`);
});

test('a hostile name stays a name', async ({ request, server }) => {
  const email = address();
  const { customer } = await paid(request, server, { email, name: HOSTILE });
  expect(customer.name).toBe(HOSTILE);
  const mail = await nextMail(email);
  expect(mail.text.split('\n')).toContain(`Thank you for your order, ${SHOWN}`);
  expect(mail.html).not.toContain('<img');
  for (const form of [mail.html, mail.text, mail.subject, await source(mail)]) expect(form).not.toContain('\u202e');
  expect([mail.to.map(({ address }) => address), mail.bcc ?? []]).toEqual([[email], []]);
  expect(await mailsTo(email)).toHaveLength(1);
});
