// The planted bug: a Worker that counts as one might at first. It reads how many uses there are, thinks, and writes one
// more, each statement by itself, with other calls in between; and it answers first and keeps the answer afterwards.
// `cargo xtask crash --naive` must find it out.
import { DurableObject } from 'cloudflare:workers';

/** Bound, and never called. */
export class Ledger extends DurableObject {}
export class Throttle extends DurableObject {}
export class Campaign extends DurableObject {}

const TABLES = [
  'CREATE TABLE naive_discounts (id TEXT PRIMARY KEY, sku TEXT, usage TEXT, held INTEGER, spent INTEGER)',
  'CREATE TABLE naive_orders (reference TEXT PRIMARY KEY, email TEXT, body TEXT)',
  'CREATE TABLE naive_answers (key TEXT PRIMARY KEY, status INTEGER, text TEXT)',
];
const STATUS = { failed: 'released', abandoned: 'released', cancelled: 'cancelled' };

export default {
  async fetch(request, { DB }, context) {
    const { pathname } = new URL(request.url);
    const [, , , reference, step] = pathname.split('/');
    if (pathname === '/admin/api/discounts') return counts(DB);
    if (pathname === '/admin/api/orders') return listed(DB);
    if (request.method === 'GET') return shown(DB, reference);
    const body = await request.json();
    if (pathname === '/admin/api/import') return imported(DB, body);
    if (pathname === '/admin/api/server-keys') return Response.json({ secret: 'sk_naive' }, { status: 201 });
    const work = reference === undefined ? () => reserved(DB, body) : () => changed(DB, reference, step, body);
    return once(DB, context, request.headers.get('Idempotency-Key'), work);
  },
};

/** The answer that the key had before, or a new one. */
async function once(DB, context, key, work) {
  const known = await DB.prepare('SELECT status, text FROM naive_answers WHERE key = ?').bind(key).first();
  if (known !== null) return new Response(known.text, { status: known.status });
  const { status, order, email } = await work();
  const text = JSON.stringify(order);
  const keep = DB.prepare('INSERT OR REPLACE INTO naive_answers VALUES (?, ?, ?)').bind(key, status, text);
  context.waitUntil(put(DB, order, email).then(() => keep.run()));
  return new Response(text, { status });
}

async function reserved(DB, { reference, cart }) {
  const email = cart.customer?.email ?? null;
  const { results } = await DB.prepare('SELECT * FROM naive_discounts WHERE sku = ?').bind(cart.lines[0].sku).all();
  const applied = [];
  for (const { id, usage, held, spent } of results) {
    const { type, orders } = JSON.parse(usage);
    const used = type === 'perStore' ? held + spent : await usesOf(DB, email);
    if (used < orders) applied.push({ discount: id });
    if (used < orders) await DB.prepare('UPDATE naive_discounts SET held = ? WHERE id = ?').bind(held + 1, id).run();
  }
  const order = { reference, status: 'reserved', total: '10.00', quote: { applied } };
  return { status: 201, order, email };
}

async function usesOf(DB, email) {
  const { results } = await DB.prepare('SELECT body FROM naive_orders WHERE email = ?').bind(email).all();
  const orders = results.map(({ body }) => JSON.parse(body));
  return orders.filter(({ status, quote }) => /reserved|committed/.test(status) && quote.applied.length > 0).length;
}

async function changed(DB, reference, step, { reason }) {
  const found = await DB.prepare('SELECT * FROM naive_orders WHERE reference = ?').bind(reference).first();
  if (found === null) return { status: 404, order: { reference }, email: null };
  const order = JSON.parse(found.body);
  const status = step === 'commit' ? 'committed' : STATUS[reason];
  for (const { discount } of order.quote.applied) {
    const { held, spent } = await DB.prepare('SELECT * FROM naive_discounts WHERE id = ?').bind(discount).first();
    const left = order.status === 'committed' ? [held, spent - 1] : [held - 1, spent + (step === 'commit' ? 1 : 0)];
    await DB.prepare('UPDATE naive_discounts SET held = ?, spent = ? WHERE id = ?').bind(...left, discount).run();
  }
  return { status: 200, order: { ...order, status }, email: found.email };
}

async function put(DB, order, email) {
  const body = JSON.stringify(order);
  await DB.prepare('INSERT OR REPLACE INTO naive_orders VALUES (?, ?, ?)').bind(order.reference, email, body).run();
}

async function shown(DB, reference) {
  const found = await DB.prepare('SELECT body FROM naive_orders WHERE reference = ?').bind(reference).first();
  return found === null ? Response.json({}, { status: 404 }) : new Response(found.body);
}

async function listed(DB) {
  const { results } = await DB.prepare('SELECT body FROM naive_orders').all();
  return Response.json({ orders: results.map(({ body }) => JSON.parse(body)), nextCursor: null });
}

async function counts(DB) {
  const { results } = await DB.prepare('SELECT id, held, spent FROM naive_discounts').all();
  return Response.json({ discounts: results.map(({ id, held, spent }) => ({ id, uses: { held, spent } })) });
}

async function imported(DB, { products, discounts }) {
  await DB.batch(TABLES.map((table) => DB.prepare(table)));
  const skuOf = ({ benefit }) => products.find(({ collections }) => collections[0] === benefit.scope.include.ids[0]).sku;
  const insert = DB.prepare('INSERT INTO naive_discounts VALUES (?, ?, ?, 0, 0)');
  const rows = discounts.map((one) => insert.bind(one.id, skuOf(one), JSON.stringify(one.usageLimit)));
  await DB.batch(rows);
  return Response.json({});
}
