// `cargo xtask load`: how fast the Worker is beside doing nothing, on workerd's own port. Everything is measured in one run,
// taking turns, so that ratios mean something even on a busy machine.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { options } from '../rig/arguments.mjs';
import { BUILT, configure } from '../rig/configuration.mjs';
import { connections as agentOf, insist } from '../rig/http.mjs';
import { Runtime } from '../rig/runtime.mjs';
import { makeSecrets } from '../rig/secrets.mjs';
import { RATIOS, SITE_KEY, lanes } from './lanes.mjs';
import { startup } from './startup.mjs';
import { statementsOf } from './statements.mjs';
import { storeFile } from './store.mjs';
import { table } from './table.mjs';

/** Longer than orders wait to be told, in milliseconds. */
const TOLD_WITHIN = 500;

const chosen = options({
  rounds: 5,
  milliseconds: 1000,
  connections: 32,
  folder: fileURLToPath(new URL('../../target/farthing/load', import.meta.url)),
});
const generator = fork(new URL('generator.mjs', import.meta.url));
const { runtime, agent, secret, ask } = await open(join(chosen.folder, 'worker'));
const all = lanes(secret);

try {
  // Compiled, cached and connected: not measured.
  for (const lane of Object.values(all)) await put(lane);
  const rounds = [];
  for (let round = 0; round < chosen.rounds; round++) rounds.push(await measured());
  const statements = {
    quote: await statementsOf(agent, runtime.port, all.quote),
    redemption: await statementsOf(agent, runtime.port, all.redemption),
  };
  await runtime.kill();
  const start = await startup(join(chosen.folder, 'start'));
  console.log(table({ lanes: Object.keys(all), rounds, ratios: RATIOS, statements, start }));
} finally {
  await runtime.kill();
  generator.disconnect();
  agent.destroy();
}

/** Each lane once. What a lane leaves to be done is waited for, or the next one would be measured with it. */
async function measured() {
  const round = {};
  for (const [name, lane] of Object.entries(all)) {
    round[name] = await put(lane);
    if (lane.isToldLater) await told();
  }
  return round;
}

/** Waits until every order is in the merchant's database: until the latest there stays the latest. */
async function told() {
  const latest = async () => (await ask('GET', '/admin/api/orders?limit=1')).orders[0]?.reference;
  for (let before = null, now = await latest(); now !== before; ) {
    await setTimeout(TOLD_WITHIN);
    [before, now] = [now, await latest()];
  }
}

/** Every answer must be the lane's; anything else is no measure of it. */
async function put({ status, request }) {
  const { milliseconds, connections } = chosen;
  const outcome = await new Promise((resolve) => {
    generator.once('message', resolve);
    generator.send({ port: runtime.port, request, connections, milliseconds });
  });
  if (outcome.error !== undefined || outcome.statuses[status] !== outcome.answers) {
    throw new Error(`${request.method} ${request.path}: ${JSON.stringify(outcome)}`);
  }
  return outcome;
}

/** A Worker with the store in it, a site key and a server key. */
async function open(folder) {
  const secrets = makeSecrets();
  const entry = fileURLToPath(new URL('entry.mjs', import.meta.url));
  const runtime = new Runtime(await configure({ folder, modules: [entry, ...BUILT], secrets }));
  await runtime.start();
  const agent = agentOf(1);
  const headers = { Authorization: `Bearer ${secrets.ADMIN_TOKEN}` };
  const ask = (method, path, body) => insist(agent, runtime.port, { method, path, headers, body });
  await ask('POST', '/admin/api/import', storeFile);
  await ask('PUT', `/admin/api/site-keys/${SITE_KEY}`, { origins: ['https://shop.example'] });
  const { secret } = await ask('POST', '/admin/api/server-keys', { title: 'Load' });
  return { runtime, agent, secret, ask };
}
