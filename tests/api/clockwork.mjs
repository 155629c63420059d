// A shop of its own by a clock that the test sets, signing with a secret that the test knows.
import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { BUILT } from '../rig/configuration.mjs';
import { alone } from './alone.mjs';
import { test as base } from './calls.mjs';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const CLOCK = fileURLToPath(new URL('../rig/clock.mjs', import.meta.url));

/** The Worker by that clock, set up with `variables`, with the demo shop in it. */
export function clocked(playwright, variables, use) {
  return alone(playwright, { modules: [CLOCK, ...BUILT], variables }, ({ secrets, ...others }) =>
    use({ ...others, sign: (message, store) => signature(secrets, message, store) }),
  );
}

/** How a store's quotes are signed: by a key made of the deployment's, for this and nothing else. */
function signature({ SIGNING_KEYS }, message, store = 'default') {
  const [, secret] = SIGNING_KEYS.split(':');
  const key = createHmac('sha256', secret).update(`farthing/quote/${store}`).digest();
  return createHmac('sha256', key).update(message).digest('base64url');
}

/** Whoever calls calls that shop. */
export const test = base.extend({
  clockwork: [
    async ({ playwright }, use) => clocked(playwright, {}, use),
    { scope: 'worker', timeout: 60_000 },
  ],
  request: async ({ clockwork }, use) => use(clockwork.request),
  server: [async ({ clockwork }, use) => use(clockwork.server), { scope: 'worker' }],
  sign: async ({ clockwork }, use) => use(clockwork.sign),
  /** Sets the clock: to so many milliseconds after `start`. */
  clock: async ({ clockwork }, use) => {
    const start = Date.now();
    const set = async (after, from = start) => {
      await fetch(`${clockwork.address}/clock?at=${from + after}`);
      return from + after;
    };
    await set(0);
    await use(set);
  },
});
