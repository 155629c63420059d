// A scenario's shop inside the engine's wasm, and the way its carts cross: what the benchmark times and what the
// counting of instructions counts. The whole of the rules is switched on (schedules, audiences, sets, exclusions,
// limits); the scenarios just use a part of them.
import { readFileSync } from 'node:fs';
import { discount, product } from './scenario.mjs';

const engine = process.env.FARTHING_ENGINE ?? new URL('../../dist/www/engine/', import.meta.url).pathname;
const { default: init, Shop } = await import(`${engine}engine.js`);

/** What the wasm module exports. */
export const exported = await init({ module_or_path: readFileSync(`${engine}engine_bg.wasm`) });

export const AS_OF = BigInt(Date.parse('2026-01-15T12:00:00Z'));

/**
 * The shop; `write`, which puts a cart's lines where the shop reads them; `view`, which shows the memory that the shop
 * writes its answer to.
 */
export function open({ currency, promotions, mode }) {
  const shop = new Shop(
    JSON.stringify({
      store: { currency: currency.code, timeZone: 'UTC' },
      discounts: promotions.map(discount),
      promotionSets: mode === 'stack' ? [{ id: 'all', title: 'All', discounts: promotions.map(({ id }) => id) }] : [],
    }),
  );
  // The catalogue as the page has learnt it: a product is looked up by its SKU, and learnt anew when it has changed.
  const known = new Map();
  const learn = (line) => {
    shop.learn([product(line)]);
    const facts = { handle: shop.handle(line.sku), unit: line.unit, collections: line.collections };
    known.set(line.sku, facts);
    return facts;
  };

  const { memory } = exported;
  let buffer = memory.buffer;
  let words = new Uint32Array(buffer);
  const view = () => {
    if (buffer !== memory.buffer) words = new Uint32Array((buffer = memory.buffer));
    return words;
  };
  const input = shop.input(500) >>> 2;
  const write = (lines) => {
    view();
    for (let at = input, i = 0; i < lines.length; i++) {
      const line = lines[i];
      let facts = known.get(line.sku);
      if (facts === undefined || facts.unit !== line.unit || facts.collections !== line.collections) {
        facts = learn(line);
        view();
      }
      words[at++] = facts.handle;
      words[at++] = line.qty;
    }
  };
  return { shop, write, view };
}
