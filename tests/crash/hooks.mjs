// Run by `cargo xtask crash` and `test`: a Worker that is killed at each step of telling a webhook (P21). Whatever the receiver
// had heard by then, each event arrives; and if it arrives twice, it has the id and the bytes of the first.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { options } from '../rig/arguments.mjs';
import { BUILT, configure } from '../rig/configuration.mjs';
import { Runtime } from '../rig/runtime.mjs';
import { makeSecrets } from '../rig/secrets.mjs';
import { Killed, end, faultsOf } from './killed.mjs';

const chosen = options({ folder: fileURLToPath(new URL('../../target/farthing/crash', import.meta.url)) });

/**
 * When the Worker is killed: the moment, how long after it in milliseconds, and how often the event arrives in the end. What was
 * not answered comes again; what was may, if nobody wrote that down.
 */
const STEPS = [
  ['committed', 0, [1]],
  ['committed', 100, [1]],
  ['committed', 200, [1, 2]],
  ['headers', 0, [1]],
  ['body', 0, [2]],
  ['answered', 0, [1, 2]],
  ['answered', 2, [1, 2]],
  ['answered', 5, [1, 2]],
  ['answered', 20, [1, 2]],
];

const secrets = makeSecrets();
const runtime = new Runtime(await configure({ folder: join(chosen.folder, 'hooks'), secrets, modules: BUILT }));
const killed = new Killed(runtime);

/** What has arrived whole: its id and its body. */
const received = [];
const receiver = createServer(async (request, response) => {
  await killed.reach('headers');
  const parts = [];
  try {
    for await (const part of request) parts.push(part);
  } catch {
    return;
  }
  received.push({ id: request.headers['webhook-id'], body: Buffer.concat(parts).toString() });
  await killed.reach('body');
  response.writeHead(204).end(() => killed.reach('answered'));
});
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));

await runtime.start();
const admin = { Authorization: `Bearer ${secrets.ADMIN_TOKEN}` };
const server = await prepare();

const faults = [];
for (const [at, [moment, after, counts]] of STEPS.entries()) {
  const name = `${moment}${after > 0 ? ` and ${after} ms` : ''}`;
  const told = await toldOf(moment, after, `step-${at}`);
  faults.push(...faultsOf(name, told.map(({ id }) => id), counts));
  if (new Set(told.map(({ body }) => body)).size > 1) faults.push(`${name}: a repeat has other bytes`);
  console.log(`killed at ${name}: told ${told.length} times, ${new Set(told.map(({ id }) => id)).size} id`);
}
await runtime.kill();
receiver.closeAllConnections();
receiver.close();
end(faults, `${STEPS.length} events arrived, each as one`);

/** Pays an order, and kills the Worker at a moment of telling of it; what arrived in the end. */
async function toldOf(moment, after, reference) {
  const pay = async () => {
    await killed.pay(server, reference);
    await killed.reach('committed');
  };
  const own = () => received.filter(({ body }) => JSON.parse(body).data.reference === reference);
  await killed.at(moment, after, pay, async () => own().length > 0 && (await killed.isEmpty(admin)));
  return own();
}

async function prepare() {
  const headers = await killed.shop(admin);
  const hook = { url: `http://127.0.0.1:${receiver.address().port}/`, events: ['order.committed'] };
  await killed.insist({ method: 'POST', path: '/admin/api/webhooks', headers: admin, body: hook });
  return headers;
}
