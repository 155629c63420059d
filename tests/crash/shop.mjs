// The shop whose server makes the calls: what it sends, and how it asks what came of it.
import { insist } from '../rig/http.mjs';
import { storeFile } from './store.mjs';

/** How many orders or discounts are asked for at once. */
const PAGE = 100;

export class Shop {
  #runtime;
  #agent;
  #admin;
  #server;

  constructor(runtime, agent, token) {
    this.#runtime = runtime;
    this.#agent = agent;
    this.#admin = { Authorization: `Bearer ${token}` };
  }

  /** Loads the store and gets a key for its server. */
  async open(scenarios) {
    await this.#ask({ method: 'POST', path: '/admin/api/import', headers: this.#admin, body: storeFile(scenarios) });
    const made = { method: 'POST', path: '/admin/api/server-keys', headers: this.#admin, body: { title: 'Crash' } };
    this.#server = { Authorization: `Bearer ${(await this.#ask(made)).secret}` };
  }

  /** The call that is a step of an order: to reserve it, to commit it, or to release it for a reason. */
  call({ reference, cart, hasKeys }, step) {
    const key = hasKeys && { 'Idempotency-Key': `${reference}/${step}` };
    const call = { method: 'POST', headers: { ...this.#server, ...key } };
    if (step === 'reserve') return { ...call, path: '/v1/orders', body: { reference, cart } };
    if (step === 'commit') return { ...call, path: `/v1/orders/${reference}/commit`, body: {} };
    return { ...call, path: `/v1/orders/${reference}/release`, body: { reason: step } };
  }

  look({ reference }) {
    return { method: 'GET', path: `/v1/orders/${reference}`, headers: this.#server };
  }

  /** The call that tells how often discounts were used. */
  count() {
    return { method: 'GET', path: `/admin/api/discounts?limit=${PAGE}`, headers: this.#admin };
  }

  /** All orders as they have reached the merchant's database, by their reference. */
  async told() {
    const orders = new Map();
    let cursor = '';
    while (cursor !== null) {
      const path = `/admin/api/orders?limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const page = await this.#ask({ method: 'GET', path, headers: this.#admin });
      for (const order of page.orders) orders.set(order.reference, order);
      cursor = page.nextCursor;
    }
    return orders;
  }

  #ask(what) {
    return insist(this.#agent, this.#runtime.port, what);
  }
}

/** Which of some discounts an answer about an order has. */
export function taken(text, discounts) {
  const applied = JSON.parse(text).quote.applied.map(({ discount }) => discount);
  return discounts.filter((id) => applied.includes(id));
}

/** The uses of a discount, in an answer to `count`. */
export function usesOf(text, id) {
  const { held, spent } = JSON.parse(text).discounts.find((discount) => discount.id === id).uses;
  return { held, spent };
}
