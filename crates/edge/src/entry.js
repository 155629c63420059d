// The Worker's entrance: what is built from Rust, and around its ledger the one thing that needs a JavaScript class. The
// runtime lets a Worker call methods of an object only if its class extends `DurableObject`; a call of a method costs a
// third of a request to the same object.
import { DurableObject } from 'cloudflare:workers';
import Worker, { Campaign, Ledger as Decider, Throttle } from './index.js';

export { Worker as default, Campaign, Throttle };

// Rust's futures go on by `queueMicrotask`, after every wait. The runtime's own is a call into it and one back, 12 µs; a
// promise that is settled leads to the same queue. A panic is reported as the runtime would: so it is known, and the next
// request starts the module anew.
const settled = Promise.resolve();
globalThis.queueMicrotask = (work) => {
  settled.then(work).catch(reportError);
};

/** A store's ledger. Calls that come in at the same time are decided together, in the order they came. */
export class Ledger extends DurableObject {
  #decider;
  #waiting = [];

  constructor(state, env) {
    super(state, env);
    this.#decider = new Decider(state, env);
  }

  /** Asks the ledger of `store`, by JSON; the answer is JSON too. */
  carryOut(store, command) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject });
      // One turn of the event loop: what has arrived by then is decided together.
      if (this.#waiting.length === 1) setTimeout(() => this.#decide(store), 0);
    });
  }

  #decide(store) {
    const calls = this.#waiting.splice(0);
    try {
      const outcomes = this.#decider.decide(store, calls.map(({ command }) => command));
      calls.forEach(({ resolve }, at) => resolve(outcomes[at]));
    } catch (error) {
      for (const { reject } of calls) reject(error);
    }
  }

  alarm() {
    return this.#decider.alarm();
  }
}
