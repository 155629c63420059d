// Upgrade offers of a buyer: loaded by the embed where a page has a `farthing-offers`. The edge says what has been earned and
// what it costs; redeeming one puts it into the cart, whichever widget that page has.
import { mirror } from '../../crates/widget/js/mirror.js';
import { piece } from '../plain/piece.js';
import { safe } from '../plain/tag.js';
import { ask as askEdge } from './edge.js';
import { cards } from './card.js';
import { form } from './form.js';
import { forgetPass, passOfTab } from './pass.js';
import { speech } from './words.js';

const sheets = [new CSSStyleSheet(), new CSSStyleSheet()];
const hosts = new Map();
let page = null;
let fromAddress = null;

/** Takes the page over, once: what the embed knows of it. */
export function open(setting) {
  if (page) return;
  fromAddress = passOfTab();
  page = { ...setting, ...speech(setting.language), ...formats(safe(setting.language)) };
  page.styled = setting.styles.then((css) => sheets[0].replaceSync(css));
  sheets[1].replaceSync('__OFFERS_CSS__');
  // A link out of a mail, opened on the page that it leads to.
  const { signal } = setting;
  addEventListener('hashchange', () => {
    fromAddress = passOfTab() ?? fromAddress;
    refresh();
  }, { signal });
  document.addEventListener('farthing:cart-change', () => hosts.forEach((state, host) => show(host, state)), { signal });
}

/** Amounts and days, as the page's language writes them. */
function formats(tag) {
  return {
    money: (amount, currency) => new Intl.NumberFormat(tag, { style: 'currency', currency }).format(amount),
    day: (instant) => new Intl.DateTimeFormat(tag, { dateStyle: 'long' }).format(new Date(instant)),
  };
}

export function connect(host) {
  mirror(host);
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = sheets;
  hosts.set(host, { state: 'waiting' });
  load(host);
  return host;
}

export function disconnect(host) {
  hosts.delete(host);
}

/** Who is shopping has changed, or what they bought. */
export const refresh = () => Promise.all([...hosts.keys()].map(load));

/** The offers of whoever the page recognises; nothing where it recognises nobody. */
export async function get() {
  const pass = passOf(null);
  return pass && askEdge(page, 'session', pass);
}

/** Redeems the open offer of a kind: `{ upgrade, sku }`. */
export async function redeem({ upgrade, sku }) {
  const { offers = [] } = (await get()) ?? {};
  const offer = [...known(), ...offers].find((one) => one.upgrade === upgrade && one.sku === sku && one.grant);
  return page.call('redeem', offer ?? {});
}

const known = () => [...hosts.values()].flatMap(({ answer }) => answer?.offers ?? []);

function passOf(host) {
  const link = host?.getAttribute('link');
  if (link) return { link };
  if (fromAddress) return fromAddress;
  const customerToken = page.customer();
  return customerToken ? { customerToken } : null;
}

async function load(host) {
  const pass = passOf(host);
  if (!pass) return show(host, { state: 'nobody' });
  show(host, { state: 'waiting' });
  try {
    const answer = await askEdge(page, 'session', pass);
    if (!hosts.has(host)) return;
    show(host, { state: 'known', answer });
    page.tell('offer-available', answer);
  } catch (problem) {
    if (!hosts.has(host)) return;
    const isDead = ['invalidLink', 'visitExpired'].includes(problem.code);
    if (isDead) {
      forgetPass();
      fromAddress = null;
    }
    show(host, { state: isDead ? 'dead' : 'failed' });
  }
}

async function show(host, state) {
  hosts.set(host, state);
  const cart = state.state === 'known' ? await redeemed() : null;
  await page.styled; // Shown without them, it would move once they are there.
  if (hosts.get(host) !== state || page.signal.aborted) return;
  const shown = piece('div', view(host, state, cart));
  if (!page.language.startsWith(page.tag)) shown.lang = page.tag;
  host.shadowRoot.replaceChildren(shown);
}

/** The offers that the cart redeems, and what it costs with them. */
async function redeemed() {
  const [offers, quote] = await Promise.all(['offers', 'quote'].map((name) => page.call(name).catch(() => null)));
  return { offers: offers ?? [], quote };
}

/** What stands in the element: the page's own fallback, where there is nothing to say. */
function view(host, { state, answer }, cart) {
  const { say } = page;
  const asks = host.hasAttribute('ask');
  if (state === 'waiting') return piece('div class=waiting aria-busy=true');
  if (state === 'failed') return note(say('failed'), again(host));
  if (state === 'dead') return form(page, say('dead'));
  if (state === 'nobody') return asks ? form(page, say('askTitle')) : piece('slot');
  const { offers } = answer;
  const isSummary = host.hasAttribute('summary');
  const open = offers.filter((offer) => offer.status === 'open');
  if (isSummary) return open.length > 0 ? summary(host) : piece('slot');
  if (offers.length === 0) return asks ? note(say('none')) : piece('slot');
  return cards(page, answer, cart, (offer, button) => put(host, offer, button));
}

const note = (text, ...more) => piece('div class=offers role=status', piece('p', text), ...more);

function again(host) {
  const button = piece('button type=button class=again part=button', page.say('again'));
  button.addEventListener('click', () => load(host));
  return button;
}

function summary(host) {
  const link = piece('a part=link', page.say('more'));
  link.href = host.getAttribute('more-url') ?? '#';
  return piece('p class=summary part=message', piece('span', page.say('thanks')), link);
}

/** One click redeems; what the button said is said by what takes its place, and focus stays there. */
async function put(host, offer, button) {
  button.setAttribute('aria-disabled', 'true');
  try {
    await page.call('redeem', offer);
    await show(host, { ...hosts.get(host) });
    host.shadowRoot.querySelector(`[data-kind="${CSS.escape(`${offer.upgrade}/${offer.sku}`)}"] .state`)?.focus();
  } catch ({ code }) {
    button.removeAttribute('aria-disabled');
    button.nextElementSibling.textContent = page.say(code === 'unreachable' ? 'failed' : 'refused');
  }
}
