// A Worker that is killed at a moment of handing something over to somebody else, and started again.
import { setTimeout as pause } from 'node:timers/promises';
import { call, connections } from '../rig/http.mjs';
import { storeFile } from './store.mjs';

/** How long what was in flight may take after its Worker was killed, in milliseconds. */
const PATIENCE = 20_000;

export class Killed {
  #runtime;
  #agent = connections(4);
  /** The step that is waited for; done when it has come and the Worker is killed. */
  #armed = null;

  constructor(runtime) {
    this.#runtime = runtime;
  }

  /** Whether it is this moment that is waited for. */
  awaits(moment) {
    return this.#armed?.moment === moment;
  }

  /** A moment has come: if it is the one that is waited for, the Worker ends there and then. */
  async reach(moment) {
    if (!this.awaits(moment)) return;
    const { after, done } = this.#armed;
    this.#armed = null;
    if (after > 0) await pause(after);
    await this.#runtime.kill();
    done();
  }

  /** Does `work`, kills the Worker so long after a moment of it, starts it again and waits until `isOver`. */
  async at(moment, after, work, isOver) {
    const killed = new Promise((done) => {
      this.#armed = { moment, after, done };
    });
    await work();
    await killed;
    await this.#runtime.start();
    const latest = performance.now() + PATIENCE;
    while (performance.now() < latest && !(await isOver())) await pause(50);
  }

  /** Imports a shop that sells one book; what its server calls by. */
  async shop(admin) {
    const body = storeFile([{ sku: 'BOOK', discounts: [], limit: null }]);
    await this.insist({ method: 'POST', path: '/admin/api/import', headers: admin, body });
    const key = { method: 'POST', path: '/admin/api/server-keys', headers: admin, body: { title: 'Killed' } };
    const { secret } = await this.insist(key);
    return { Authorization: `Bearer ${secret}` };
  }

  /** Orders the book and pays it. */
  async pay(server, reference, customer = {}) {
    const cart = { lines: [{ sku: 'BOOK', quantity: 1 }], customer };
    await this.insist({ method: 'POST', path: '/v1/orders', headers: server, body: { reference, cart } });
    await this.insist({ method: 'POST', path: `/v1/orders/${reference}/commit`, headers: server, body: {} });
  }

  /** Whether nothing waits to be sent. */
  async isEmpty(admin) {
    const { deliveries } = await this.insist({ method: 'GET', path: '/admin/api/outbox?limit=200', headers: admin });
    return deliveries.length === 0;
  }

  /** A call that is repeated until it is answered, as a shop's server would. */
  async insist(what) {
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await call(this.#agent, this.#runtime.port, what).catch(() => null);
      if (answer !== null && answer.status < 300) return JSON.parse(answer.text);
      if (answer !== null && answer.status < 500) throw new Error(`${what.path}: ${answer.status} ${answer.text}`);
      await pause(50);
    }
    throw new Error(`${what.path} was never answered`);
  }
}

/**
 * Whatever arrived of each step, by its ids: nothing is missing, and what came again had the id of the first. `counts` are how
 * often it may arrive.
 */
export function faultsOf(name, ids, counts) {
  const faults = [];
  if (ids.length === 0) faults.push(`${name}: it never arrived`);
  else if (!counts.includes(ids.length)) faults.push(`${name}: it arrived ${ids.length} times, not ${counts.join(' or ')}`);
  if (new Set(ids).size > 1) faults.push(`${name}: ${new Set(ids).size} different ones arrived`);
  return faults;
}

/** Tells how it went, and ends. */
export function end(faults, good) {
  for (const fault of faults) console.log(`  ✗ ${fault}`);
  console.log(faults.length === 0 ? `✓ ${good}` : `${faults.length} faults`);
  process.exit(faults.length === 0 ? 0 : 1);
}
