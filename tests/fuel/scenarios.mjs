// Shops with one cart each, always the same ones: the scenarios of the benchmark's peers, number for number.

const COLLECTIONS = 200;
const SEED = 7;

/** Numbers from 0 to 1 in an order that the seed decides (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const digits = (number, width) => String(number).padStart(width, '0');

/**
 * A cart of so many lines in a shop of so many promotions, about four in five of their thresholds met. `padding` adds
 * promotions that nothing in the cart is in; `message` gives each promotion something to say.
 */
export function scenario({ lines, promotions, padding = 0, message = undefined }) {
  const next = numbers(SEED);
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  const collections = (count) => {
    const chosen = new Set();
    while (chosen.size < count) chosen.add(`c${between(0, COLLECTIONS - 1)}`);
    return [...chosen];
  };
  const cart = Array.from({ length: lines }, (_, at) => ({
    id: `L${digits(at, 3)}`,
    sku: `SKU${digits(at, 4)}`,
    qty: between(1, 12),
    unit: between(499, 24_999),
    collections: collections(3),
  }));
  const items = cart.reduce((sum, line) => sum + line.qty, 0);
  const amount = cart.reduce((sum, line) => sum + line.qty * line.unit, 0);

  const benefit = (choice) => {
    if (choice < 0.6) return { kind: 'percent', value: between(2, 80) * 50 };
    if (choice < 0.85) return { kind: 'amount', per: 'order', value: between(1, 200) * 50 };
    return { kind: 'amount', per: 'item', value: between(1, 20) * 25 };
  };
  const threshold = (choice, share) => {
    if (choice < 0.4) return null;
    const [what, whole] = choice < 0.7 ? ['qty', items] : ['amount', amount];
    return { what, min: Math.max(1, Math.round(whole * share)), scope: 'cart' };
  };
  const rules = Array.from({ length: promotions }, (_, at) => {
    const [first, second, share] = [next(), next(), 0.1 + next() * 1.1];
    return {
      id: `p${digits(at, 5)}`,
      title: `Promo ${digits(at, 5)}`,
      ...benefit(first),
      target: next() < 0.05 ? null : collections(between(1, 3)),
      require: threshold(second, share),
      message,
    };
  });
  for (let at = 0; at < padding; at++) {
    rules.push({
      id: `q${digits(at, 5)}`,
      title: `Padding ${at}`,
      kind: 'percent',
      value: between(2, 80) * 50,
      target: [`z${between(0, 1_999)}`, `z${between(0, 1_999)}`],
      require: at % 2 ? { what: 'qty', min: between(1, 20), scope: 'cart' } : null,
      message,
    });
  }
  return { mode: 'best', currency: { code: 'USD' }, cart: { lines: cart }, promotions: rules };
}
