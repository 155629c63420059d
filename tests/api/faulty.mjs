// A shop of its own whose database and ledger fail as the test says.
import { fileURLToPath } from 'node:url';
import { BUILT } from '../rig/configuration.mjs';
import { alone } from './alone.mjs';
import { test as base } from './calls.mjs';

const FAULTS = fileURLToPath(new URL('../rig/faults.mjs', import.meta.url));

/** Whoever calls calls that shop. */
export const test = base.extend({
  faulty: [
    async ({ playwright }, use) => alone(playwright, { modules: [FAULTS, ...BUILT] }, use),
    { scope: 'worker', timeout: 60_000 },
  ],
  request: async ({ faulty }, use) => use(faulty.request),
  server: [async ({ faulty }, use) => use(faulty.server), { scope: 'worker' }],
  /** Carries out a statement on its database. */
  sql: async ({ faulty }, use) => use((body) => fetch(`${faulty.address}/sql`, { method: 'POST', body })),
  /** Says whether its ledger hears of snapshots. */
  deaf: async ({ faulty }, use) => use((is) => fetch(`${faulty.address}/deaf?is=${is}`)),
});
