// What is sold while the Worker is killed: three ways of counting uses, and what becomes of each order.
import { Random } from '../rig/random.mjs';

/** How many orders of one customer may have a discount that is limited per customer. */
const EACH = 5;
/** So many orders in a row are of one customer, so that they meet. */
const IN_A_ROW = 4;

/**
 * The scenarios. `total` is how many uses must be taken in the end, `counters` how many count apart, and each of them counts
 * to `bound`.
 */
export function scenarios(limit) {
  if (limit % EACH !== 0) throw new Error(`the limit must be divisible by ${EACH}`);
  const customers = limit / EACH;
  return [
    {
      name: 'a limit per store',
      sku: 'FIRST',
      discounts: ['d-first'],
      limit: { type: 'perStore', orders: limit },
      total: limit,
      counters: 1,
      bound: limit,
    },
    {
      name: 'a limit per customer',
      sku: 'LOYAL',
      discounts: ['d-loyal'],
      limit: { type: 'perCustomer', orders: EACH },
      total: customers * EACH,
      counters: customers,
      bound: EACH,
    },
    {
      name: 'two discounts in one order',
      sku: 'PAIR',
      discounts: ['d-pair-1', 'd-pair-2'],
      limit: { type: 'perStore', orders: limit },
      total: limit,
      counters: 1,
      bound: limit,
    },
  ];
}

/** The orders of a scenario. What becomes of them is drawn; most keep their use, and most calls have an Idempotency-Key. */
export function plan(scenario, count, seed) {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, number) => {
    const counter = Math.floor(number / IN_A_ROW) % scenario.counters;
    return order(scenario, counter, number, fate(random), random);
  });
}

/** An order that keeps its use, for when the others have had theirs. */
export function latecomer(scenario, counter, number, random) {
  return order(scenario, counter, `late-${number}`, [], random);
}

function order(scenario, counter, name, steps, random) {
  const reference = `${scenario.sku}-${name}`;
  return { reference, counter, steps, hasKeys: !random.onceIn(4), cart: cart(scenario, counter, random) };
}

function cart(scenario, counter, random) {
  const lines = [{ sku: scenario.sku, quantity: 1 + random.below(3) }];
  return scenario.limit.type === 'perCustomer' ? { lines, customer: customer(counter, random) } : { lines };
}

/** Members and guests with one e-mail are one customer. */
function customer(number, random) {
  const email = `customer-${number}@shop.example`;
  return random.onceIn(3) ? { email } : { id: `customer-${number}`, email };
}

/** What is done to an order after it is reserved. */
function fate(random) {
  const drawn = random.below(20);
  if (drawn < 5) return [];
  if (drawn < 14) return ['commit'];
  if (drawn < 18) return [random.pick(['failed', 'abandoned'])];
  return ['commit', 'cancelled'];
}
