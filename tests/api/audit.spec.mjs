// GET /admin/api/audit: one sealed row for each change that staff make
import { KEY, admin, answer, demo, everyPage, expect, importStore, makeStaff, test } from './calls.mjs';
import { digest } from './canonical.mjs';
import { CODES, act, reserved, unique } from './checkout.mjs';
import { Receiver } from './receiver.mjs';
import { ROUTES } from './routes.mjs';

/** What staff may ask by another method than GET, and which yet changes nothing that anybody sees later. */
const ASK_ONLY = ['simulate', 'mail/test', 'updates/{}/preview', 'updates/{}/test'];
/** Every change that staff can make: its method and path, and how its address looks. */
const CHANGES = ROUTES.filter(({ method, path }) => method !== 'GET' && path.startsWith('/admin/api/'))
  .map(({ method, path }) => ({ method, path: path.slice('/admin/api/'.length) }))
  .filter(({ path }) => !ASK_ONLY.includes(path))
  .map(({ method, path }) => ({ name: `${method} ${path}`, method, form: new RegExp(`^${path.replace('{}', '[^/]+')}$`) }));

/** Every row after the one with this number, the first one first. */
async function rowsAfter(request, sequence) {
  const isEnough = (rows) => rows.at(-1).sequence <= sequence;
  const rows = await everyPage(request, 'audit', 'changes', { limit: 200, isEnough });
  return rows.filter((row) => row.sequence > sequence).reverse();
}

async function last(request) {
  const { body } = await answer(await admin(request, 'GET', 'audit?limit=1'));
  return body.changes[0].sequence;
}

test('is a chain from its first row to its last', async ({ request }) => {
  const rows = await rowsAfter(request, 0);
  expect(rows.length).toBeGreaterThan(2);
  let previous = '';
  for (const [at, { hash, ...row }] of rows.entries()) {
    expect([row.sequence, row.previousHash, hash]).toEqual([at + 1, previous, digest(row)]);
    previous = hash;
  }
});

test('has a row for each change, by whom it was made', async ({ request, server }) => {
  const owner = await makeStaff(request, 'owner');
  const receiver = await Receiver.open();
  receiver.answers = [{ status: 500 }];
  const asOwner = async (method, path, body) => {
    const { status, body: told } = await answer(await admin(request, method, path, body, owner.headers), CODES);
    expect(status, `${method} ${path}`).toBeLessThan(300);
    return told;
  };
  const name = unique();
  const key = `pk_${name.replaceAll('-', '_')}`;
  const before = await last(request);
  const expected = [];
  const made = new Set();
  const changes = async (action, subject, method, path, body) => {
    made.add(CHANGES.find((change) => change.method === method && change.form.test(path))?.name);
    const told = await asOwner(method, path, body);
    expected.push([action, subject ?? told.id]);
    return told;
  };

  await changes('store.import', 'default', 'POST', 'import', demo());
  await changes('siteKey.put', key, 'PUT', `site-keys/${key}`, { origins: ['https://shop.example'] });
  await changes('siteKey.delete', key, 'DELETE', `site-keys/${key}`);
  for (const [kind, path, body] of [
    ['serverKey', 'server-keys', {}],
    ['adminToken', 'admin-tokens', { role: 'viewer' }],
  ]) {
    const { id } = await changes(`${kind}.make`, undefined, 'POST', path, { title: name, ...body });
    await changes(`${kind}.rotate`, id, 'POST', `${path}/${id}/rotate`, {});
    await changes(`${kind}.delete`, id, 'DELETE', `${path}/${id}`);
  }
  await changes('customer.put', name, 'PUT', `customers/${name}`, { email: `${name}@example.com`, tags: ['vip'] });
  await changes('customer.delete', name, 'DELETE', `customers/${name}`);
  await changes('discount.stop', 'd-case', 'POST', 'discounts/d-case/stop', {});
  await changes('discount.resume', 'd-case', 'POST', 'discounts/d-case/resume', {});
  const { id, ...upgrade } = demo().upgrades[0];
  await changes('upgrade.put', name, 'PUT', `upgrades/${name}`, upgrade);
  await changes('upgrade.delete', name, 'DELETE', `upgrades/${name}`);
  const { transport, ...settings } = await asOwner('GET', 'mail');
  await changes('mail.put', 'default', 'PUT', 'mail', settings);
  const edition = { subject: name, body: '[download_link]', products: [demo().products.at(-1).sku] };
  const { id: draft } = await changes('update.create', undefined, 'POST', 'updates', edition);
  await changes('update.put', draft, 'PUT', `updates/${draft}`, edition);
  await changes('update.delete', draft, 'DELETE', `updates/${draft}`);
  const { id: update } = await changes('update.create', undefined, 'POST', 'updates', edition);
  await changes('update.send', update, 'POST', `updates/${update}/send`);
  await changes('update.pause', update, 'POST', `updates/${update}/pause`);
  const hook = { url: receiver.url, events: ['order.reserved'] };
  const { id: webhook } = await changes('webhook.make', undefined, 'POST', 'webhooks', hook);
  await changes('webhook.put', webhook, 'PUT', `webhooks/${webhook}`, hook);
  await changes('webhook.rotate', webhook, 'POST', `webhooks/${webhook}/rotate`, {});
  await reserved(request, server);
  const failed = async () => {
    const { deliveries } = await asOwner('GET', 'outbox?limit=200');
    return deliveries.find((delivery) => delivery.webhook === webhook && delivery.attempts === 1)?.id;
  };
  await expect.poll(failed, { timeout: 15_000 }).toBeDefined();
  const delivery = await failed();
  await changes('outbox.retry', String(delivery), 'POST', `outbox/${delivery}/retry`, {});
  await changes('webhook.delete', webhook, 'DELETE', `webhooks/${webhook}`);

  expect([...made].sort(), 'every change').toEqual(CHANGES.map(({ name }) => name).sort());
  const rows = await rowsAfter(request, before);
  expect(rows.map(({ action, subject }) => [action, subject])).toEqual(expected);
  expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([owner.id]));
  const times = rows.map(({ at }) => Date.parse(at));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  await admin(request, 'DELETE', `admin-tokens/${owner.id}`);
  await receiver.close();
});

test('has no row for what was refused, or only looked at', async ({ request, server }) => {
  const before = await last(request);
  await Promise.all([
    importStore(request, demo(), '?dryRun=true'),
    importStore(request, { ...demo(), currency: 'USD' }),
    admin(request, 'PUT', `site-keys/${KEY}`, { origins: ['*'] }),
    admin(request, 'POST', 'server-keys', {}),
    admin(request, 'DELETE', 'server-keys/nothing'),
    admin(request, 'POST', 'discounts/d-nowhere/stop', {}),
    admin(request, 'DELETE', 'customers/nobody-at-all'),
    admin(request, 'POST', 'webhooks', { url: 'x' }),
    admin(request, 'POST', 'outbox/0/retry', {}),
    admin(request, 'GET', 'orders'),
    admin(request, 'POST', 'import', demo(), server.headers),
  ]);
  const { reference } = await reserved(request, server);
  await act(request, server, reference, 'commit');
  expect(await last(request)).toBe(before);
});

test('twenty changes at once are twenty rows', async ({ request }) => {
  const before = await last(request);
  const keys = Array.from({ length: 20 }, () => `pk_${unique().replaceAll('-', '_')}`);
  const put = (key) => admin(request, 'PUT', `site-keys/${key}`, { origins: [] });
  const statuses = [];
  for (let at = 0; at < 20; at += 4) {
    const some = await Promise.all(keys.slice(at, at + 4).map(put));
    statuses.push(...some.map((reply) => reply.status()));
  }
  expect(statuses).toEqual(Array(20).fill(200));
  const rows = await rowsAfter(request, before);
  expect(rows.map(({ subject }) => subject).sort()).toEqual([...keys].sort());
  for (const key of keys) await admin(request, 'DELETE', `site-keys/${key}`);
});

test('tells no e-mail address, no secret and no code', async ({ request }) => {
  const before = await last(request);
  const name = unique();
  const store = demo();
  const code = `PLANTED-${name.slice(-12)}`.toUpperCase();
  store.discounts.find(({ id }) => id === 'c-save10').kind.code = code;
  for (const file of [store, demo()]) expect((await importStore(request, file)).status()).toBe(200);
  const told = [code, `${name}@example.com`];
  await admin(request, 'PUT', `customers/${name}`, { email: `${name}@example.com` });
  await admin(request, 'DELETE', `customers/${name}`);
  for (const [path, body] of [
    ['server-keys', { title: 'Test' }],
    ['admin-tokens', { title: 'Test', role: 'viewer' }],
    ['webhooks', { url: 'https://shop.example/hook?token=planted-in-an-address', enabled: false }],
  ]) {
    const { body: made } = await answer(await admin(request, 'POST', path, body));
    const { body: rotated } = await answer(await admin(request, 'POST', `${path}/${made.id}/rotate`, {}));
    await admin(request, 'DELETE', `${path}/${made.id}`);
    told.push(...[made, rotated].flatMap(({ secret, customerSecret }) => [secret, customerSecret]).filter(Boolean));
  }
  told.push('planted-in-an-address');
  const text = JSON.stringify(await rowsAfter(request, before));
  expect(text).toContain(name);
  expect(told.length).toBe(11);
  expect(told.filter((secret) => text.includes(secret))).toEqual([]);
});
