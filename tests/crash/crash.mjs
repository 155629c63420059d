// Run by `cargo xtask crash`: sells limited discounts on a Worker that is killed again and again, and judges what came of it.
// `--naive` plays the same on a Worker that reads and then writes; that must be found out.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { play } from './scenario.mjs';
import { scenarios } from './scenarios.mjs';
import { Shop } from './shop.mjs';
import { options } from '../rig/arguments.mjs';
import { BUILT, configure } from '../rig/configuration.mjs';
import { connections } from '../rig/http.mjs';
import { Runtime } from '../rig/runtime.mjs';
import { makeSecrets } from '../rig/secrets.mjs';

const NAIVE = [fileURLToPath(new URL('naive.mjs', import.meta.url))];

const chosen = options({
  kills: 100,
  orders: 1500,
  limit: 500,
  clients: 8,
  seed: 1,
  naive: false,
  folder: fileURLToPath(new URL('../../target/farthing/crash', import.meta.url)),
});

const secrets = makeSecrets();
const folder = join(chosen.folder, chosen.naive ? 'naive' : 'built');
const state = join(folder, 'state');
const runtime = new Runtime(await configure({ folder: state, secrets, modules: chosen.naive ? NAIVE : BUILT }));
await runtime.start();
// More than clients: some click twice, and one watches.
const agent = connections(2 * chosen.clients + 1);
const shop = new Shop(runtime, agent, secrets.ADMIN_TOKEN);
const played = scenarios(chosen.limit);
await shop.open(played);

const found = [];
for (const scenario of played) {
  const began = performance.now();
  const result = await play({ scenario, runtime, agent, shop, chosen });
  result.history.save(join(folder, `${scenario.sku}.jsonl`));
  found.push(tell(scenario, result, performance.now() - began));
}
await runtime.kill();
process.exit(isAsItShould() ? 0 : 1);

/** Prints what came of a scenario; gives how many checks failed. */
function tell({ name }, { kills, calls, checks }, took) {
  const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  const cut = kills.reduce((sum, { flying }) => sum + flying, 0);
  const restart = median(kills.map(({ milliseconds }) => milliseconds).filter((milliseconds) => milliseconds !== null));
  const facts = [`${calls} calls`, `${kills.length} kills`, `${cut} calls cut off`, `restarts of ${restart.toFixed(0)} ms`];
  console.log(`\n${name}: ${facts.join(', ')}, ${(took / 1000).toFixed(1)} s`);
  for (const { name, faults, told } of checks) {
    console.log(`  ${faults === 0 ? '✓' : '✗'} ${name}${faults === 0 ? '' : `: ${faults} faults`}`);
    for (const fault of told) console.log(`      ${fault.slice(0, 400)}`);
  }
  for (const line of new Set(runtime.complaints())) console.log(`  workerd said: ${line}`);
  return checks.filter(({ faults }) => faults > 0).length;
}

/** The built Worker has no fault; the naive one is found out in every scenario. */
function isAsItShould() {
  if (!chosen.naive) return found.every((faults) => faults === 0);
  const isFoundOut = found.every((faults) => faults > 0);
  console.log(`\n${isFoundOut ? '✓' : '✗'} the naive version was ${isFoundOut ? '' : 'not '}found out by every scenario`);
  return isFoundOut;
}
