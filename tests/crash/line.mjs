// The line to a Worker that keeps dying: every call is repeated until it is answered, and everything is noted.
import { setTimeout as pause } from 'node:timers/promises';
import { call } from '../rig/http.mjs';

/** From here on, a status says that the server failed and that the call is to be repeated. */
const FAILED = 500;

/** How often a call may fail so. */
const PATIENCE = 100;

export class Line {
  #runtime;
  #agent;
  #history;
  #isUp = Promise.resolve();
  #flying = 0;

  constructor(runtime, agent, history) {
    this.#runtime = runtime;
    this.#agent = agent;
    this.#history = history;
  }

  /** How many calls are under way. */
  get flying() {
    return this.#flying;
  }

  /**
   * Kills the Worker and starts it again; meanwhile nobody calls. After `again` milliseconds, if there are any, it is killed
   * while it starts. Gives how many calls each kill cut off, and how long it took to start; `null` where it was not let.
   */
  async cut(again = null) {
    let up;
    this.#isUp = new Promise((resolve) => (up = resolve));
    const cuts = [{ flying: this.#flying, milliseconds: null }];
    await this.#kill();
    if (again !== null) {
      // It may have come to listen by then, or not.
      const start = this.#runtime.start().catch(() => null);
      await pause(again);
      await this.#kill();
      await start;
      cuts.push({ flying: this.#flying, milliseconds: null });
    }
    cuts.at(-1).milliseconds = await this.#runtime.start();
    this.#history.note({ event: 'up' });
    up();
    return cuts;
  }

  async #kill() {
    this.#history.note({ event: 'kill' });
    await this.#runtime.kill();
  }

  /** Makes a call until it is answered; gives the answer. */
  async ask(what, operation, client) {
    for (let failures = 0; ; ) {
      await this.#isUp;
      const answer = await this.once(what, operation, client);
      if (answer !== null && answer.status < FAILED) return answer;
      if (answer !== null && ++failures === PATIENCE) throw new Error(`${operation} is answered by ${answer.text}`);
      await pause(5);
    }
  }

  /** Makes a call once; null when it was cut off, or hung up on after `patience` milliseconds. */
  async once(what, operation, client, patience) {
    const number = this.#history.call(operation, client);
    const signal = patience === undefined ? undefined : AbortSignal.timeout(patience);
    this.#flying++;
    try {
      const { status, text } = await call(this.#agent, this.#runtime.port, { ...what, signal });
      const event = status < FAILED ? 'answer' : 'failure';
      this.#history.note({ event, operation, call: number, status, text });
      return { status, text };
    } catch (error) {
      this.#history.note({ event: 'break', operation, call: number, error: error.code ?? error.message });
      return null;
    } finally {
      this.#flying--;
    }
  }
}
