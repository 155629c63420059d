// The engine as wasm among the peers: the whole of the rules is switched on (schedules, audiences, sets, exclusions,
// limits), the benchmark's scenarios just use a part of them. What `price` does to a cart object is all timed.
import { readFileSync } from 'node:fs';

export const info = {
  peer: 'farthing',
  does: 'everything, with the whole of the pricing rules; the rules stay in wasm, the cart crosses',
  modes: ['best', 'stack'],
  scopes: ['cart', 'eligible'],
};

const engine = process.env.FARTHING_ENGINE ?? new URL('../../dist/www/engine/', import.meta.url).pathname;
const { default: init, Shop } = await import(`${engine}engine.js`);
const { memory } = await init({ module_or_path: readFileSync(`${engine}engine_bg.wasm`) });

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
});

const product = (line) => ({ sku: line.sku, title: line.sku, price: money(line.unit), collections: line.collections });

const AS_OF = BigInt(Date.parse('2026-01-15T12:00:00Z'));

export async function prepare(scenario) {
  const { promotions, mode } = scenario;
  const shop = new Shop(
    JSON.stringify({
      store: { currency: scenario.currency.code, timeZone: 'UTC' },
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

  let buffer = memory.buffer;
  let words = new Uint32Array(buffer);
  let input = shop.input(500) >>> 2;
  const look = () => {
    if (buffer !== memory.buffer) words = new Uint32Array((buffer = memory.buffer));
  };

  return ({ lines }) => {
    look();
    for (let at = input, i = 0; i < lines.length; i++) {
      const line = lines[i];
      let facts = known.get(line.sku);
      if (facts === undefined || facts.unit !== line.unit || facts.collections !== line.collections) {
        facts = learn(line);
        look();
      }
      words[at++] = facts.handle;
      words[at++] = line.qty;
    }
    let at = shop.price(lines.length, AS_OF) >>> 2;
    look();
    const amount = () => words[at++] + words[at++] * 4294967296;
    const saving = amount();
    const applied = words[at++];
    const best = mode === 'best' && applied > 0 ? promotions[words[at]].id : null;
    at += applied;
    const byLine = {};
    for (let entries = words[at++]; entries > 0; entries--) {
      const { id } = lines[words[at++]];
      byLine[id] = (byLine[id] ?? 0) + amount();
    }
    return { best, discount: saving, lines: byLine };
  };
}
