// Run by `cargo xtask crash`: mails of a Worker that is killed again and again (P20, P21, P30). Every order that was accepted
// as paid has its receipt, every past buyer their news; a repeat has the id of the first; and nothing that opens anything is
// to be found in what is stored or logged.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { options } from '../rig/arguments.mjs';
import { BUILT, configure, freePort } from '../rig/configuration.mjs';
import { call, connections } from '../rig/http.mjs';
import { Random } from '../rig/random.mjs';
import { Runtime } from '../rig/runtime.mjs';
import { makeSecrets } from '../rig/secrets.mjs';
import { PostOffice } from '../support/post-office.mjs';
import { found, signaturesIn } from './search.mjs';
import { storeFile } from './store.mjs';

const chosen = options({
  receipts: 200,
  buyers: 10_000,
  kills: 20,
  seed: 1,
  folder: fileURLToPath(new URL('../../target/farthing/crash', import.meta.url)),
});

/** How long mails may take after the last kill, in milliseconds, besides what each takes. */
const ARRIVING = 60_000;
const EACH = 40;
/** The longest time between two kills, in milliseconds. */
const SPREAD = 900;

const random = new Random(chosen.seed);
const smtp = await freePort();
const secrets = {
  ...makeSecrets(),
  MAIL_TRANSPORT: 'smtp',
  SMTP_URL: `smtp://127.0.0.1:${smtp}?tls=none`,
  PUBLIC_URL: 'https://edge.example',
};
const state = join(chosen.folder, 'mail', 'state');
const runtime = new Runtime(await configure({ folder: state, secrets, modules: BUILT }));
const agent = connections(16);
const logs = [];
await runtime.start();
const admin = { Authorization: `Bearer ${secrets.ADMIN_TOKEN}` };

const store = storeFile([{ sku: 'BOOK', discounts: [], limit: null }, { sku: 'FILM', discounts: [], limit: null }]);
store.upgrades = [{ id: 'u', triggers: ['BOOK'], offers: [{ sku: 'FILM', value: { type: 'percentOff', percent: '25' } }] }];
await insist({ method: 'POST', path: '/admin/api/import', headers: admin, body: store });
const server = { Authorization: `Bearer ${(await insist({ method: 'POST', path: '/admin/api/server-keys', headers: admin, body: { title: 'Mail' } })).secret}` };
const pages = { order: 'https://shop.example/order', offers: 'https://shop.example/offers' };
await insist({ method: 'PUT', path: '/admin/api/mail', headers: admin, body: { from: { email: 'shop@shop.example' }, pages } });
await insist({ method: 'PUT', path: '/admin/api/site-keys/pk_mail', headers: admin, body: { origins: [] } });

const faults = [];
const asked = { reference: 'first', email: 'first@buyer.example' };
const refused = await refuse(asked);
const mailbox = await startMailbox(smtp);
await resend();
const confirmation = await mailbox.mailTo(asked.email, (mail) => mail.text.includes('/o/n1.'));
const receipt = await mailbox.mailTo(asked.email, (mail) => mail.text.includes('=l1.'));

const buyers = Array.from({ length: chosen.receipts }, (_, at) => ({ reference: `paid-${at}`, email: `paid-${at}@buyer.example` }));
const receiptKills = await during(chosen.kills, () => shareOut(buyers, 8, buy));
await arrived(buyers, 'receipt');

await insist({ method: 'PUT', path: '/admin/api/mail', headers: admin, body: { from: { email: 'shop@shop.example' }, pages, receipts: false } });
const past = Array.from({ length: chosen.buyers }, (_, at) => ({ reference: `past-${at}`, email: `past-${String(at).padStart(6, '0')}@buyer.example` }));
const began = performance.now();
await shareOut(past, 16, record);
console.log(`\n${past.length} orders from elsewhere in ${seconds(began)}`);
const update = await write(past.length);
await mailbox.forget();
const sending = performance.now();
await ask(update, 'send');
const seen = [];
const updateKills = await during(chosen.kills, () => watch(update, past.length, seen));
const { progress } = await look(update);
const rate = (past.length * 1000) / (performance.now() - sending);
await arrived(past, 'news');
const news = await mailbox.mailTo(past[0].email, (mail) => mail.text.includes('/u/u1.'));

tell('receipts', `${buyers.length} orders, ${receiptKills} kills`);
tell('news', `${past.length} past buyers, ${updateKills} kills, a pause, ${rate.toFixed(0)} mails/s, ${JSON.stringify(progress)}, workerd at most ${Math.max(...seen.map(({ memory }) => memory))} MB`);
search();
await runtime.kill();
mailbox.stop();
for (const fault of faults.slice(0, 20)) console.log(`  ✗ ${fault}`);
console.log(faults.length === 0 ? '✓ no mail was lost, no buyer had two that were not one, nothing was found' : `${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

// ---- Work

/** Pays an order: each step is repeated until it is answered. */
async function buy({ reference, email }) {
  const cart = { lines: [{ sku: 'BOOK', quantity: 1 }], customer: { email } };
  await insist({ method: 'POST', path: '/v1/orders', headers: server, body: { reference, cart } });
  await insist({ method: 'POST', path: `/v1/orders/${reference}/commit`, headers: server, body: {} });
}

/** The receipt and the confirmation of a buyer whose server refuses both, and repeats all that it refuses; what it refused. */
async function refuse(buyer) {
  const texts = [];
  const office = await PostOffice.open({
    port: smtp,
    disabledCommands: ['STARTTLS'],
    beforeAnswer: ({ to, text }) => {
      const words = text.replace(/=\r\n/g, '').replace(/=3D/g, '=');
      texts.push(words);
      const links = words.match(/https?:\/\/\S+/g) ?? [];
      throw Object.assign(new Error(`<${to}> wants none of ${links.join(' or ')}`), { responseCode: 554 });
    },
  });
  await buy(buyer);
  await insist({ method: 'POST', path: '/v1/offers/links?key=pk_mail', body: { email: buyer.email } });
  while ((await outbox()).filter(({ deadAt }) => deadAt !== null).length < 2) await pause(50);
  await office.close();
  return texts;
}

async function outbox() {
  return (await insist({ method: 'GET', path: '/admin/api/outbox?limit=200', headers: admin })).deliveries;
}

/** What was refused goes once more. */
async function resend() {
  for (const { id } of await outbox()) await insist({ method: 'POST', path: `/admin/api/outbox/${id}/retry`, headers: admin });
}

function record({ reference, email }) {
  const order = { reference, paidAt: '2025-01-01T00:00:00Z', total: '1.00', customer: { email }, lines: [{ sku: 'FILM' }] };
  return insist({ method: 'POST', path: '/v1/events/orders', headers: server, body: order });
}

/** Writes an update, once all its audience is in the database. */
async function write(audience) {
  const body = { subject: 'News of [shop]', body: 'Your film: [download_link]', products: ['FILM'] };
  const { id } = await insist({ method: 'POST', path: '/admin/api/updates', headers: admin, body });
  for (;;) {
    const { progress } = await look(id);
    if (progress.audience === audience) return id;
    await pause(200);
  }
}

function look(id) {
  return insist({ method: 'GET', path: `/admin/api/updates/${id}`, headers: admin });
}

function ask(id, verb) {
  return insist({ method: 'POST', path: `/admin/api/updates/${id}/${verb}`, headers: admin });
}

/** Looks on until everybody has had it; pauses once on the way. */
async function watch(id, audience, seen) {
  let hasPaused = false;
  for (;;) {
    const { progress } = await look(id);
    const last = seen.at(-1)?.sent ?? 0;
    if (progress.sent < last) faults.push(`progress went back from ${last} to ${progress.sent}`);
    seen.push({ sent: progress.sent, memory: memory() });
    if (progress.state === 'done') return;
    if (!hasPaused && progress.sent > audience / 2) {
      hasPaused = true;
      await ask(id, 'pause');
      const { progress: paused } = await look(id);
      await pause(1000);
      const { progress: later } = await look(id);
      if (later.sent > paused.sent + 1) faults.push(`a pause let ${later.sent - paused.sent} mails go`);
      await ask(id, 'send');
    }
    await pause(100);
  }
}

/** Does `work` while the Worker is killed, and kills it after that while mails are on their way; gives how often. */
async function during(kills, work) {
  const killing = (async () => {
    for (let done = 0; done < kills; done += 1) {
      await pause(random.fraction() * SPREAD);
      await restart();
    }
  })();
  await Promise.all([work(), killing]);
  return kills;
}

async function restart() {
  await runtime.kill();
  logs.push(...runtime.complaints());
  await runtime.start();
}

/** A call that is repeated until it is answered, as a shop's server would. */
async function insist(what) {
  for (let tries = 0; ; tries += 1) {
    const answer = await call(agent, runtime.port, what).catch(() => null);
    if (answer !== null && answer.status < 300) return answer.text === '' ? null : JSON.parse(answer.text);
    if (answer !== null && answer.status < 500 && answer.status !== 409) throw new Error(`${what.path}: ${answer.status} ${answer.text}`);
    if (tries > 600) throw new Error(`${what.path} was never answered`);
    await pause(50);
  }
}

async function shareOut(all, clients, work) {
  const rest = all.values();
  await Promise.all(Array.from({ length: clients }, async () => {
    for (const one of rest) await work(one);
  }));
}

// ---- Judging

/** Waits until everybody has had a mail, and judges those that came. */
async function arrived(people, what) {
  const latest = performance.now() + ARRIVING + people.length * EACH;
  let mails;
  do {
    mails = await mailbox.byAddress();
    if (people.every(({ email }) => mails.has(email))) break;
    await pause(500);
  } while (performance.now() < latest);
  let repeats = 0;
  for (const { email } of people) {
    const own = mails.get(email) ?? [];
    const ids = new Set(own);
    if (own.length === 0) faults.push(`${email} never got their ${what}`);
    if (ids.size > 1) faults.push(`${email} got ${ids.size} different mails`);
    repeats += Math.max(0, own.length - 1);
  }
  // Each kill may cut off what was in flight: one of an update's, six of the outbox's.
  const most = chosen.kills * (what === 'news' ? 1 : 6);
  if (repeats > most) faults.push(`${repeats} mails came again after ${chosen.kills} kills`);
  console.log(`\n${what}: ${people.length} people, ${repeats} mails came again with the same id`);
}

/** Looks for what opens something in all that is stored and all that was logged. */
function search() {
  logs.push(...runtime.complaints());
  const log = ['the log', logs.join('\n')];
  const stored = filesBelow(state).map((file) => [file, readFileSync(file).toString('latin1')]);
  const links = signaturesIn([confirmation, receipt, news].map(({ text }) => text));
  const keys = [secrets.ADMIN_TOKEN, secrets.SIGNING_KEYS.split(':')[1], server.Authorization.split(' ')[1]];
  for (const [link, place] of found(links, [...stored, log])) faults.push(`a link is in ${place}: …${link.slice(-8)}`);
  for (const [, place] of found([...keys, '@buyer.example'], [log])) faults.push(`a key or an address is in ${place}`);
  // What is looked for must be found where it is: the search is no good otherwise.
  if (found([asked.email], stored).length === 0) faults.push('the search does not see what is stored');
  const told = logs.filter((line) => line.includes('could not be sent: the mail server'));
  if (told.length < 2) faults.push(`the log has ${told.length} lines about two letters that were refused`);
  if (found(signaturesIn(refused), refused.map((text) => ['a letter', text])).length < 2) faults.push('the letters that were refused had no links');
  const planted = ['a planted log', [...logs, confirmation.text].join('\n')];
  if (found(links, [planted]).length === 0) faults.push('the search does not see a link that was logged');
  console.log(`\nsearched ${stored.length} files and ${logs.length} lines of the log, ${told.length} of them about letters, for ${links.length} links`);
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('scratch'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function tell(name, facts) {
  console.log(`${name}: ${facts}`);
}

function seconds(began) {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}

/** What workerd has in memory, in MB. */
function memory() {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${workerd()}/status`, 'utf8'))[1]) / 1024);
  } catch {
    return 0;
  }
}

function workerd() {
  return readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && isOurs(entry));
}

function isOurs(process) {
  try {
    const words = readFileSync(`/proc/${process}/cmdline`, 'utf8').split('\0');
    return /workerd$/.test(words[0]) && words.some((word) => word.startsWith(join(chosen.folder, 'mail')));
  } catch {
    return false;
  }
}

// ---- The mailbox: a real SMTP server

async function startMailbox(smtp) {
  const web = await freePort();
  const bin = fileURLToPath(new URL('../../node_modules/.bin/maildev', import.meta.url));
  const child = spawn(bin, ['--ip', '127.0.0.1', '--web-ip', '127.0.0.1', '--silent', '--smtp', smtp, '--web', web], { stdio: 'ignore' });
  const address = `http://127.0.0.1:${web}/api/email`;
  const all = async () => (await fetch(address)).json();
  for (;;) {
    if (await fetch(address).then(({ ok }) => ok, () => false)) break;
    await pause(100);
  }
  return {
    stop: () => child.kill(),
    forget: () => fetch(`${address}/all`, { method: 'DELETE' }),
    async byAddress() {
      const found = new Map();
      for (const mail of await all()) {
        const [{ address }] = mail.to;
        found.set(address, [...(found.get(address) ?? []), mail.messageId ?? mail.headers['message-id']]);
      }
      return found;
    },
    async mailTo(email, wanted) {
      for (;;) {
        const mail = (await all()).find((mail) => mail.to[0].address === email && wanted(mail));
        if (mail) return mail;
        await pause(200);
      }
    },
  };
}
