// The two engines that are not native: the wasm in a browser's page, and the Worker over HTTP. Both take a pricing
// input and give the quote, or the problem that says why there is none.
import { adminToken, url } from './environment.mjs';

/** How many requests are under way at once: the local Worker sits behind one proxy. */
const CONCURRENCY = 16;

/** How many quotes one trip to the browser's page takes: of twenty thousand a page perishes. */
const AT_ONCE = 1_000;

/** The engine in a browser's page. */
export class BrowserEngine {
  #page;

  /** Opens a page of the Worker's own origin and loads the engine into it. */
  static async open(browser) {
    const engine = new BrowserEngine();
    engine.#page = await browser.newPage({ baseURL: url });
    // Any page of this origin may import the engine.
    await engine.#page.goto('/engine/engine.js');
    await engine.#page.evaluate(async () => {
      const module = await import('/engine/engine.js');
      await module.default();
      globalThis.quote = module.quote;
    });
    return engine;
  }

  async quote(input) {
    return (await this.quoteAll([input]))[0];
  }

  async quoteAll(inputs) {
    const texts = inputs.map((input) => (typeof input === 'string' ? input : JSON.stringify(input)));
    const quotes = [];
    for (let at = 0; at < texts.length; at += AT_ONCE) {
      const answers = await this.#page.evaluate((some) => some.map((text) => globalThis.quote(text)), texts.slice(at, at + AT_ONCE));
      for (const answer of answers) quotes.push(JSON.parse(answer));
    }
    return quotes;
  }

  async close() {
    await this.#page.close();
  }
}

/** The engine on the Worker, by the administrator's simulation. */
export class WorkerEngine {
  async quote(input) {
    const response = await fetch(`${url}/admin/api/simulate`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${adminToken}` },
      body: typeof input === 'string' ? input : JSON.stringify(input),
    });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`the Worker answered ${response.status} with no JSON: ${text.slice(0, 200)}`);
    }
  }

  /** In order, some at a time. */
  async quoteAll(inputs) {
    const answers = new Array(inputs.length);
    let next = 0;
    const work = async () => {
      while (next < inputs.length) {
        const index = next++;
        answers[index] = await this.quote(inputs[index]);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    return answers;
  }
}
