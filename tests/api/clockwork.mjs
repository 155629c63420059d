// A shop of its own by a clock that the test sets, signing with a secret that the test knows.
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILT, configure } from '../rig/configuration.mjs';
import { Runtime } from '../rig/runtime.mjs';
import { makeSecrets } from '../rig/secrets.mjs';
import { adminToken } from '../support/environment.mjs';
import { KEY, admin, context, demo, importStore, makeServer, test as base } from './calls.mjs';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const CLOCK = fileURLToPath(new URL('../rig/clock.mjs', import.meta.url));

/** The Worker alone, with the demo shop in it; gone with its state once it was used. */
async function serve(playwright, use) {
  const folder = mkdtempSync(join(tmpdir(), 'farthing-clock-'));
  const secrets = { ...makeSecrets(), ADMIN_TOKEN: adminToken };
  const runtime = new Runtime(await configure({ folder, modules: [CLOCK, ...BUILT], secrets }));
  try {
    await runtime.start();
    const address = `http://127.0.0.1:${runtime.port}`;
    const request = await context(playwright, address);
    await importStore(request, demo());
    await admin(request, 'PUT', `site-keys/${KEY}`, { origins: [] });
    const server = await makeServer(request);
    await use({ request, server, address, sign: (message, store) => signature(secrets, message, store) });
    await request.dispose();
  } finally {
    await runtime.kill();
    rmSync(folder, { recursive: true, force: true });
  }
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
    async ({ playwright }, use) => serve(playwright, use),
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
