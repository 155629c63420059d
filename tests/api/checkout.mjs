// What the tests of orders share: carts, quotes, orders, and a discount of their own.
import { admin, answer, demo, expect, importStore, restore, sendJson, withKey } from './calls.mjs';

export const ORDERS = '/v1/orders';
/** One bottle at 32.00, for which the demo has no discount. */
export const BOTTLE = { lines: [{ sku: 'CAB19', quantity: 1 }] };
/** A case of it: 384.00, less 20 %. */
export const CASE = { lines: [{ sku: 'CAB19', quantity: 12 }] };

/** A name that nothing had before. */
export function unique() {
  return `test-${crypto.randomUUID()}`;
}

function codesOf({ codes = [] }) {
  return codes.map((code) => code.trim().toUpperCase());
}

/** The quote of a cart, signed. */
export async function quoted(request, cart) {
  const { status, body } = await answer(await sendJson(request, withKey('/v1/quotes'), cart), codesOf(cart));
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

/** Asks to reserve an order. */
export function reserve(request, server, order, headers = {}) {
  return sendJson(request, ORDERS, order, { headers: { ...server.headers, ...headers } });
}

/** A new order by a cart, reserved. */
export async function reserved(request, server, cart = BOTTLE, reference = unique()) {
  const { status, body } = await answer(await reserve(request, server, { reference, cart }), codesOf(cart));
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

/** An order as those are told of it who did not sell it: without the buyer's own link. */
export function unlinked({ link, ...order }) {
  return order;
}

/** Asks for something to be done about an order. */
export function act(request, server, reference, verb, body = {}, headers = {}) {
  return sendJson(request, `${ORDERS}/${reference}/${verb}`, body, { headers: { ...server.headers, ...headers } });
}

export async function order(request, server, reference) {
  return answer(await request.get(`${ORDERS}/${reference}`, { headers: server.headers }));
}

/** How often a discount is used, by orders reserved and paid. */
export async function uses(request, discount) {
  const { body } = await answer(await admin(request, 'GET', `discounts?q=${discount}`), CODES);
  const { held, spent } = body.discounts.find(({ id }) => id === discount).uses;
  return [held, spent];
}

/** The codes that staff may see. */
export const CODES = demo().discounts.flatMap(({ kind }) => kind.code ?? []);

/** Half off one bottle, by itself, with `more`. */
export function halfOff(more = {}) {
  const scope = { include: { type: 'products', skus: ['CAB19'] } };
  const value = { type: 'percentOff', percent: '50' };
  const benefit = { type: 'products', value, scope };
  return { id: unique(), kind: { type: 'promotion' }, title: 'Half off', benefit, ...more };
}

/** Does something while the demo has these discounts too. */
export async function having(request, discounts, work) {
  const store = demo();
  store.discounts.push(...discounts);
  expect((await importStore(request, store)).status()).toBe(200);
  try {
    return await work();
  } finally {
    await restore(request);
  }
}
