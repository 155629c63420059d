// Run by `cargo xtask crash` and `test`: a Worker that is killed at each step of handing a receipt in (P21). Whatever the mail
// server had heard by then, the receipt arrives; and if it arrives twice, it is the same mail.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { options } from '../rig/arguments.mjs';
import { BUILT, configure, freePort } from '../rig/configuration.mjs';
import { call, connections } from '../rig/http.mjs';
import { Runtime } from '../rig/runtime.mjs';
import { makeSecrets } from '../rig/secrets.mjs';
import { PostOffice, header } from '../support/post-office.mjs';
import { storeFile } from './store.mjs';

const chosen = options({ folder: fileURLToPath(new URL('../../target/farthing/crash', import.meta.url)) });

/** How long a receipt may take after its Worker was killed, in milliseconds. */
const PATIENCE = 20_000;

/**
 * When the Worker is killed: the moment, how long after it in milliseconds, and how many mails there are in the end. What the
 * server has not said yes to comes again; what it has said yes to may, if nobody wrote it down.
 */
const STEPS = [
  ['connect', 0, [1]],
  ['mailFrom', 0, [1]],
  ['rcptTo', 0, [1]],
  ['data', 0, [2]],
  ['answered', 0, [1, 2]],
  ['answered', 2, [1, 2]],
  ['answered', 5, [1, 2]],
  ['answered', 20, [1, 2]],
];

/** The step that is waited for; done when it has come and the Worker is killed. */
let armed = null;

const port = await freePort();
const office = await PostOffice.open({
  port,
  disabledCommands: ['STARTTLS'],
  onConnect: (session, done) => reach('connect').then(() => done()),
  onMailFrom: (from, session, done) => reach('mailFrom').then(() => done()),
  onRcptTo: (to, session, done) => reach('rcptTo').then(() => done()),
  // Arrived, and the Worker is not told so.
  beforeAnswer: async (mail) => {
    if (armed?.moment !== 'data') return;
    office.mails.push(mail);
    await reach('data');
    throw new Error('nobody hears it');
  },
  afterAnswer: () => reach('answered'),
});
const secrets = {
  ...makeSecrets(),
  MAIL_TRANSPORT: 'smtp',
  SMTP_URL: `smtp://127.0.0.1:${port}?tls=none`,
  PUBLIC_URL: 'https://edge.example',
};
const runtime = new Runtime(await configure({ folder: join(chosen.folder, 'steps'), secrets, modules: BUILT }));
const agent = connections(4);
await runtime.start();
const admin = { Authorization: `Bearer ${secrets.ADMIN_TOKEN}` };
const server = await prepare();

const faults = [];
for (const [at, [moment, after, counts]] of STEPS.entries()) {
  const name = `${moment}${after > 0 ? ` and ${after} ms` : ''}`;
  const mails = await killedAt(moment, after, `step-${at}`);
  const ids = new Set(mails.map((mail) => header(mail, 'Message-ID')));
  if (mails.length === 0) faults.push(`${name}: the receipt never arrived`);
  else if (!counts.includes(mails.length)) faults.push(`${name}: ${mails.length} mails arrived, not ${counts.join(' or ')}`);
  if (ids.size > 1) faults.push(`${name}: ${ids.size} different mails arrived`);
  console.log(`killed at ${name}: ${mails.length} mails, ${ids.size} id`);
}
await runtime.kill();
await office.close();
for (const fault of faults) console.log(`  ✗ ${fault}`);
console.log(faults.length === 0 ? `✓ ${STEPS.length} receipts arrived, each as one mail` : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

/** Pays an order, kills the Worker at a moment of handing its receipt in and starts it again; what arrived in the end. */
async function killedAt(moment, after, reference) {
  const had = office.mails.length;
  const killed = new Promise((done) => {
    armed = { moment, after, done };
  });
  const cart = { lines: [{ sku: 'BOOK', quantity: 1 }], customer: { email: `${reference}@buyer.example` } };
  await insist({ method: 'POST', path: '/v1/orders', headers: server, body: { reference, cart } });
  await insist({ method: 'POST', path: `/v1/orders/${reference}/commit`, headers: server, body: {} });
  await killed;
  await runtime.start();
  const latest = performance.now() + PATIENCE;
  while (performance.now() < latest && !((await isTold(reference)) && office.mails.length > had)) await pause(50);
  return office.mails.slice(had);
}

/** Whether the order has been told of and nothing waits to be sent. */
async function isTold(reference) {
  const { orders } = await insist({ method: 'GET', path: '/admin/api/orders?status=committed', headers: admin });
  const { deliveries } = await insist({ method: 'GET', path: '/admin/api/outbox?limit=200', headers: admin });
  return orders.some((order) => order.reference === reference) && deliveries.length === 0;
}

/** The SMTP server has come to a moment: if it is the one, the Worker ends there and then. */
async function reach(moment) {
  if (armed?.moment !== moment) return;
  const { after, done } = armed;
  armed = null;
  if (after > 0) await pause(after);
  await runtime.kill();
  done();
}

async function prepare() {
  await insist({ method: 'POST', path: '/admin/api/import', headers: admin, body: storeFile([{ sku: 'BOOK', discounts: [], limit: null }]) });
  const pages = { order: 'https://shop.example/order', offers: 'https://shop.example/offers' };
  await insist({ method: 'PUT', path: '/admin/api/mail', headers: admin, body: { from: { email: 'shop@shop.example' }, pages } });
  const { secret } = await insist({ method: 'POST', path: '/admin/api/server-keys', headers: admin, body: { title: 'Steps' } });
  return { Authorization: `Bearer ${secret}` };
}

/** A call that is repeated until it is answered, as a shop's server would. */
async function insist(what) {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await call(agent, runtime.port, what).catch(() => null);
    if (answer !== null && answer.status < 300) return JSON.parse(answer.text);
    if (answer !== null && answer.status < 500) throw new Error(`${what.path}: ${answer.status} ${answer.text}`);
    await pause(50);
  }
  throw new Error(`${what.path} was never answered`);
}
