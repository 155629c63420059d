// The engine as wasm among the peers of `cargo xtask bench`: the rules stay in wasm, and what `price` does to a cart
// object is all timed.
import { AS_OF, open } from './shop.mjs';

export const info = {
  peer: 'farthing',
  does: 'everything, with the whole of the pricing rules; the rules stay in wasm, the cart crosses',
  modes: ['best', 'stack'],
  scopes: ['cart', 'eligible'],
};

export async function prepare(scenario) {
  const { promotions, mode } = scenario;
  const { shop, write, view } = open(scenario);
  return ({ lines }) => {
    write(lines);
    let at = shop.price(lines.length, AS_OF) >>> 2;
    const words = view();
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
