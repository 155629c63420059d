// What clients asked and were told, in the order in which it happened: noted before a call is sent and after its answer is
// here. One process notes everything, so the order is that of the list.
import { writeFileSync } from 'node:fs';

export class History {
  #events = [];
  #calls = 0;

  /** A call begins; gives its number. Calls of one `operation` are the same call, repeated. */
  call(operation, client) {
    const call = this.#calls++;
    this.note({ event: 'call', operation, call, client });
    return call;
  }

  note(event) {
    this.#events.push({ at: Number(performance.now().toFixed(3)), ...event });
  }

  /** How many calls have begun. */
  get calls() {
    return this.#calls;
  }

  get events() {
    return this.#events;
  }

  /** One event a line, as JSON. */
  save(file) {
    writeFileSync(file, this.#events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }

  /**
   * Every operation by its name: when it was first asked and first answered, as places in the list, and all that it was
   * answered. `to` is missing where it never was.
   */
  operations() {
    const operations = new Map();
    this.#events.forEach(({ event, operation, status, text }, place) => {
      if (event === 'call' && !operations.has(operation)) operations.set(operation, { from: place, answers: [] });
      if (event !== 'answer') return;
      const known = operations.get(operation);
      known.to ??= place;
      known.answers.push({ status, text });
    });
    return operations;
  }
}
