// Run by `cargo xtask crash` and `test`: a Worker that is killed at each step of handing a receipt in (P21). Whatever the mail
// server had heard by then, the receipt arrives; and if it arrives twice, it is the same mail.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { options } from '../rig/arguments.mjs';
import { BUILT, configure, freePort } from '../rig/configuration.mjs';
import { Runtime } from '../rig/runtime.mjs';
import { makeSecrets } from '../rig/secrets.mjs';
import { PostOffice, header } from '../support/post-office.mjs';
import { Killed, end, faultsOf } from './killed.mjs';

const chosen = options({ folder: fileURLToPath(new URL('../../target/farthing/crash', import.meta.url)) });

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

const port = await freePort();
const secrets = {
  ...makeSecrets(),
  MAIL_TRANSPORT: 'smtp',
  SMTP_URL: `smtp://127.0.0.1:${port}?tls=none`,
  PUBLIC_URL: 'https://edge.example',
};
const runtime = new Runtime(await configure({ folder: join(chosen.folder, 'steps'), secrets, modules: BUILT }));
const killed = new Killed(runtime);
const office = await PostOffice.open({
  port,
  disabledCommands: ['STARTTLS'],
  onConnect: (session, done) => killed.reach('connect').then(() => done()),
  onMailFrom: (from, session, done) => killed.reach('mailFrom').then(() => done()),
  onRcptTo: (to, session, done) => killed.reach('rcptTo').then(() => done()),
  // Arrived, and the Worker is not told so.
  beforeAnswer: async (mail) => {
    if (!killed.awaits('data')) return;
    office.mails.push(mail);
    await killed.reach('data');
    throw new Error('nobody hears it');
  },
  afterAnswer: () => killed.reach('answered'),
});
await runtime.start();
const admin = { Authorization: `Bearer ${secrets.ADMIN_TOKEN}` };
const server = await prepare();

const faults = [];
for (const [at, [moment, after, counts]] of STEPS.entries()) {
  const name = `${moment}${after > 0 ? ` and ${after} ms` : ''}`;
  const ids = (await mailsOf(moment, after, `step-${at}`)).map((mail) => header(mail, 'Message-ID'));
  faults.push(...faultsOf(name, ids, counts));
  console.log(`killed at ${name}: ${ids.length} mails, ${new Set(ids).size} id`);
}
await runtime.kill();
await office.close();
end(faults, `${STEPS.length} receipts arrived, each as one mail`);

/** Pays an order, and kills the Worker at a moment of handing its receipt in; what arrived in the end. */
async function mailsOf(moment, after, reference) {
  const had = office.mails.length;
  const pay = () => killed.pay(server, reference, { email: `${reference}@buyer.example` });
  await killed.at(moment, after, pay, async () => (await isTold(reference)) && office.mails.length > had);
  return office.mails.slice(had);
}

/** Whether the order has been told of and nothing waits to be sent. */
async function isTold(reference) {
  const { orders } = await killed.insist({ method: 'GET', path: '/admin/api/orders?status=committed', headers: admin });
  return orders.some((order) => order.reference === reference) && killed.isEmpty(admin);
}

async function prepare() {
  const headers = await killed.shop(admin);
  const pages = { order: 'https://shop.example/order', offers: 'https://shop.example/offers' };
  await killed.insist({ method: 'PUT', path: '/admin/api/mail', headers: admin, body: { from: { email: 'shop@shop.example' }, pages } });
  return headers;
}
