// A scenario's shop inside the engine's wasm, and the way its carts cross: what the benchmark times and what the
// counting of instructions counts. The whole of the rules is switched on (schedules, audiences, sets, exclusions,
// limits); the scenarios just use a part of them.
import { readFileSync } from 'node:fs';

const engine = process.env.FARTHING_ENGINE ?? new URL('../../dist/www/engine/', import.meta.url).pathname;
const { default: init, Shop } = await import(`${engine}engine.js`);

/** What the wasm module exports. */
export const exported = await init({ module_or_path: readFileSync(`${engine}engine_bg.wasm`) });

export const AS_OF = BigInt(Date.parse('2026-01-15T12:00:00Z'));

/** An amount in minor units as contract v1 writes it. */
const money = (minor) => `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

const value = (promotion) =>
  promotion.kind === 'percent'
    ? { type: 'percentOff', percent: money(promotion.value) }
    : { type: 'dollarOff', amount: money(promotion.value), applies: promotion.per === 'item' ? 'perItem' : 'oncePerOrder' };

const requirement = ({ require }) =>
  require && {
    type: require.what === 'qty' ? 'quantity' : 'amount',
    minimum: require.what === 'qty' ? require.min : money(require.min),
    counts: require.scope === 'eligible' ? 'onlyDiscounted' : 'everything',
  };

const discount = (promotion) => ({
  id: promotion.id,
  kind: { type: 'promotion' },
  title: promotion.title,
  startsAt: '2020-01-01T00:00:00Z',
  endsAt: '2100-01-01T00:00:00Z',
  benefit: {
    type: 'products',
    value: value(promotion),
    scope: { include: promotion.target ? { type: 'collections', ids: promotion.target } : { type: 'store' } },
  },
  requirement: requirement(promotion),
  actionMessage: promotion.message,
});

const product = (line) => ({ sku: line.sku, title: line.sku, price: money(line.unit), collections: line.collections });

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
    shop.learn(JSON.stringify([product(line)]));
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
