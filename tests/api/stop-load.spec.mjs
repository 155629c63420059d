// A stop while orders come in from all sides: it binds those that begin after its answer, and no other.
import { admin, expect, test } from './calls.mjs';
import { BOTTLE, halfOff, having, quoted, reserve, unique, uses } from './checkout.mjs';

// Hundreds of calls, of which none is worth a look.
test.use({ trace: 'off' });

const CLIENTS = 6;
const ROUNDS = 2;
/** How many orders show that all is as it should be, on either side of a stop. */
const ENOUGH = 12;
const PATIENCE = { timeout: 10_000, intervals: [20] };

/** Clients that reserve orders until somebody says `isOver`: every other by a quote, while there are some. */
class Load {
  orders = [];
  quotes = [];
  isOver = false;
  #clients;

  constructor(request, server) {
    this.#clients = Array.from({ length: CLIENTS }, (_, number) => this.#sell(request, server, number % 2 === 0));
  }

  async #sell(request, server, byQuote) {
    while (!this.isOver) {
      const quote = byQuote ? this.quotes.pop() : undefined;
      const began = performance.now();
      const reply = await reserve(request, server, { reference: unique(), ...(quote ? { quote } : { cart: BOTTLE }) });
      const ended = performance.now();
      const { total } = await reply.json();
      this.orders.push({ began, ended, total, by: quote ? 'quote' : 'cart' });
    }
  }

  /** Returns when there are enough orders that are `some`, of both kinds. */
  async until(some) {
    const kinds = () => new Set(this.orders.filter(some).map(({ by }) => by)).size;
    await expect.poll(() => this.orders.filter(some).length >= ENOUGH && kinds() === 2, PATIENCE).toBe(true);
  }

  async end() {
    this.isOver = true;
    await Promise.all(this.#clients);
  }

  /** Which totals there are among orders that are `some`. */
  totals(some) {
    return [...new Set(this.orders.filter(some).map(({ total }) => total))];
  }
}

/** Switches the discount; when the call began and when it was answered. */
async function switched(request, discount, verb) {
  const began = performance.now();
  const reply = await admin(request, 'POST', `discounts/${discount}/${verb}`, {});
  expect(reply.status()).toBe(200);
  return { began, ended: performance.now() };
}

async function quotes(request) {
  const made = await Promise.all(Array.from({ length: ENOUGH / 2 }, () => quoted(request, BOTTLE)));
  return made.map(({ token }) => token);
}

test('no order that begins after it has the discount, and every one that ends before it does', async ({
  request,
  server,
}) => {
  const discount = halfOff();
  await having(request, [discount], async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [some, others] = [await quotes(request), await quotes(request)];
      const load = new Load(request, server);
      load.quotes.push(...some);
      await load.until(() => true);
      const stop = await switched(request, discount.id, 'stop');
      // Quotes of before it, for orders of after it.
      load.quotes.push(...others);
      const [isEarly, isLate] = [({ ended }) => ended < stop.began, ({ began }) => began > stop.ended];
      await load.until(isLate);
      await load.end();
      expect([load.totals(isEarly), load.totals(isLate)]).toEqual([['16.00'], ['32.00']]);
      const before = await uses(request, discount.id);
      await switched(request, discount.id, 'resume');
      expect(await uses(request, discount.id)).toEqual(before);
    }
  });
});
