// Farthing without its engine: on pages that show only messages and prices, and where the browser has no WebAssembly for us.
// The edge prices, and the same elements show what it says. Its interface is that of `widget.js`.
import { mirror } from '../../crates/widget/js/mirror.js';
import { difference } from './difference.js';
import { mount, show, unmount, unmountAll } from './piece.js';
import { Failure, Shop } from './shop.js';
import { views } from './views.js';
import { speech } from './words.js';

const sheet = new CSSStyleSheet();
/** How long a confirmation stands, in milliseconds. */
const CONFIRMED = 4000;

/** All that is known: read by the views. */
const app = { note: { error: null, isChecking: false, checkout: 'idle', changed: null, confirmation: null } };

export async function start({ origin, key, tell, beside, others, language, words, styles }) {
  sheet.replaceSync(styles);
  const folder = new URL('.', import.meta.url);
  const english = async () => (await fetch(new URL('en.txt', folder), { credentials: 'omit' })).text();
  app.words = speech(words ? language : 'en', words || (await english()));
  app.money = speech(language, '').money;
  app.shop = new Shop({ origin, key, skus: [...beside, ...others] });
  app.tell = tell;
  await price();
}

export function connect(host) {
  mirror(host);
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  const sku = host.getAttribute('sku');
  if (sku && !app.shop.products.has(sku)) {
    app.shop.skus.add(sku);
    // Elements come in crowds: the first one asks for all of them.
    soon ??= Promise.resolve().then(() => {
      soon = null;
      return price();
    }).catch(report);
  }
  const number = mount(() => root.replaceChildren(views(app, actions, host)));
  roots.set(number, root);
  return number;
}
const roots = new Map();
let soon = null;

export function disconnect(number) {
  unmount(number);
  roots.get(number)?.replaceChildren();
  roots.delete(number);
}

export function stop() {
  unmountAll();
  roots.clear();
  app.shop = null;
}

export async function call(name, first, second) {
  if (app.shop === null) throw new Failure('notReady', 'the widget has ended');
  try {
    return (await answer(name, first, second)) ?? cart();
  } catch (failure) {
    if (name !== 'applyCoupon') report(failure);
    throw failure;
  }
}

function answer(name, first, second) {
  switch (name) {
    case 'add':
    case 'button':
      return add(first, second ?? 1, name === 'button');
    case 'update':
    case 'remove':
      return changed(() => app.shop.set(first, name === 'remove' ? 0 : second ?? 1));
    case 'clear':
      return changed(() => Object.assign(app.shop, { lines: [], codes: [], service: null, offers: [] }));
    case 'set':
      return changed(() => {
        app.shop.lines = [];
        for (const { sku, quantity } of first ?? []) app.shop.set(sku, (app.shop.line(sku)?.quantity ?? 0) + quantity);
      });
    case 'applyCoupon':
      return applyCoupon(String(first));
    case 'removeCoupon':
      return changed(() => (app.shop.codes = app.shop.codes.filter((code) => code !== first)));
    case 'redeem':
      return changed(() => app.shop.redeem(first));
    case 'offers':
      return app.shop.offers;
    case 'chooseShipping':
      return changed(() => (app.shop.service = first ?? null));
    case 'customer':
      app.shop.shopAs(first);
      return price();
    case 'quote':
      return app.shop.quote;
    case 'checkout':
      return checkout(first, second);
    case 'receive':
      app.shop.read(first);
      return price();
    case 'refresh':
      return price();
    default:
      return null;
  }
}

const cart = () => ({
  count: app.shop.lines.reduce((sum, { quantity }) => sum + quantity, 0),
  lines: app.shop.lines.map(({ sku, quantity }) => ({ quantity, sku })),
});

function report({ code = 'unavailable', message }) {
  app.tell('error', { code, detail: message });
}

function note(change) {
  Object.assign(app.note, change);
  show();
}

async function price() {
  if (!(await app.shop.price())) return;
  show();
  app.tell('totals', app.shop.quote);
}

/** Changes the cart, prices it and keeps it; where the edge does not take it, it is as it was. */
async function changed(change) {
  const before = structuredClone({
    lines: app.shop.lines,
    codes: app.shop.codes,
    service: app.shop.service,
    offers: app.shop.offers,
  });
  change();
  note({ checkout: 'idle', changed: null });
  try {
    await price();
  } catch (failure) {
    Object.assign(app.shop, before);
    show();
    throw failure;
  }
  app.shop.keep();
  app.tell('cart-change', cart());
}

async function add(sku, quantity, confirms) {
  const known = app.shop.line(sku)?.quantity ?? 0;
  try {
    await changed(() => app.shop.set(sku, known + quantity));
  } catch (failure) {
    if (confirms && failure.code === 'unreachable') confirm(app.words.say('Unreachable'));
    throw failure;
  }
  if (!app.shop.line(sku)) throw new Failure('unknownSku', 'the store has no such product');
  if (!confirms) return;
  const title = app.shop.products.get(sku)?.title ?? sku;
  const { say, count } = app.words;
  confirm(quantity === 1 ? say('Added', title) : count('AddedSome', quantity, title));
}

let confirming = 0;
/** Says what became of a press, until it has stood for its time or the next one is told. */
function confirm(confirmation) {
  clearTimeout(confirming);
  note({ confirmation });
  confirming = setTimeout(() => note({ confirmation: null }), CONFIRMED);
}

async function applyCoupon(typed) {
  note({ error: null, isChecking: true });
  try {
    if (typed.trim() === '') throw new Failure('noCode', 'type a code first');
    const { discount } = await app.shop.ask('coupons/check', { code: typed.normalize('NFKC') });
    const { code } = discount.kind;
    if (app.shop.codes.includes(code)) throw new Failure('repeatedCode', 'the code is on the cart');
    await changed(() => app.shop.codes.push(code));
    app.tell('coupon-applied', app.shop.quote.codes.find((outcome) => outcome.code === code));
  } catch (failure) {
    note({ error: refusal(failure) });
    app.tell('coupon-rejected', { code: failure.code, coupon: typed });
    throw failure;
  } finally {
    note({ isChecking: false });
  }
}

function refusal({ code, status }) {
  if (code === 'noCode') return 'NoCode';
  if (code === 'repeatedCode') return 'RepeatedCode';
  if (code === 'tooManyCodes') return 'TooManyCodes';
  if (status === 429) return 'Throttled';
  return status === 404 || status === 422 ? 'UnknownCode' : 'Unreachable';
}

/** The edge prices once more; where the total is another one, the shopper is asked before going on. */
async function checkout(leaves, address) {
  const before = app.shop.quote;
  note({ checkout: 'checking' });
  try {
    await price();
  } catch (failure) {
    note({ checkout: 'failed' });
    throw failure;
  }
  const { quote } = app.shop;
  const told = difference(before, quote, app);
  note({ checkout: 'idle', changed: told });
  if (leaves && !told && app.tell('before-checkout', quote, true) && address) location.assign(address);
  return { quote, changed: told && { reason: told.reason, before: told.before, after: told.after } };
}

const actions = { answer: (name, first, second) => call(name, first, second).catch(() => {}), applyCoupon };
