// The cart: its lines, the codes, the totals, and the way to the checkout.
import { coupon } from './coupon.js';
import { line } from './line.js';
import { live, on, piece, rows, text } from './piece.js';
import { row as shipping } from './shipping.js';
import { total, totals } from './totals.js';

/** How long totals must stand still before they are said, in milliseconds. */
const STILL = 700;

export function cart(view) {
  const lines = rows(
    piece('ul class=lines part=lines role=list'),
    () => view.quote?.lines.map(({ sku }) => sku) ?? [],
    (sku) => line(view, sku),
  );
  const sums = piece('div class=sums', coupon(view), totals(view, shipping(view)));
  const pay = piece('div class=pay part=total', total(view), unreachable(view), changed(view), wayOn(view));
  const body = live(piece('div class=body', lines, sums, pay), 'hidden', () => view.isEmpty);
  const whole = piece('section class=cart part=cart', head(view), empty(view), body, spoken(view));
  whole.setAttribute('aria-label', view.say('Cart'));
  return whole;
}

function head(view) {
  const items = () => view.quote?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
  const count = live(piece('span class=count', text(() => view.count('Items', items()))), 'hidden', () => view.isEmpty);
  return piece('div class=head part=heading tabindex=-1', piece('slot name=heading'), count);
}

function empty(view) {
  const words = piece('slot name=empty', piece('p', view.say('Empty')));
  return live(piece('div class=empty part=empty', words), 'hidden', () => !view.isEmpty);
}

function unreachable({ app }) {
  return piece('p class=error part=error role=alert', text(() => (app.note.checkout === 'failed' ? app.words.say('Unreachable') : '')));
}

/** The edge's total is another one than was shown: a way on with it. */
function changed(view) {
  const after = () => view.app.note.changed?.after;
  const label = text(() => (after() ? view.say('ContinueWith', view.money(after())) : ''));
  const button = on(piece('button type=button class=main part=button', piece('span', label)), 'click', () => leave(view));
  const reason = () => view.app.note.changed?.reason ?? '';
  const title = piece('p class=changed-title', text(() => reason() && view.say(reason()[0].toUpperCase() + reason().slice(1))));
  const sentences = rows(piece('ul role=list'), () => view.app.note.changed?.sentences ?? [], (sentence) => piece('li', sentence));
  return live(piece('div class=changed part=changed role=group tabindex=-1', title, sentences, button), 'hidden', () => !after());
}

function wayOn(view) {
  const isChecking = () => view.app.note.checkout === 'checking';
  const label = piece('span', text(() => view.say(isChecking() ? 'Checking' : 'CheckOut')));
  const button = on(piece('button type=button class=main part=button', label), 'click', () => leave(view));
  live(button, 'aria-disabled', () => String(isChecking()));
  return live(button, 'hidden', () => view.app.note.changed !== null);
}

/** The button that was pressed may be gone: whoever pressed it reads on at what took its place, if that is there. */
async function leave({ app, actions, host }) {
  if (app.note.checkout === 'checking') return;
  const answer = await actions.answer('checkout', true, host.getAttribute('checkout-url'));
  host.shadowRoot.querySelector(answer ? '.changed' : '.pay > .main')?.focus();
}

/** The cart's one live region: each total is said once. */
function spoken(view) {
  const words = () => {
    if (view.isEmpty) return view.say('Empty');
    const { total, saving } = view.quote;
    const isSaved = Number(saving) > 0;
    return isSaved ? view.say('SpokenSaving', view.money(total), view.money(saving)) : view.say('SpokenTotal', view.money(total));
  };
  const region = piece('p class=hush role=status aria-live=polite');
  let [last, timer] = [null, 0];
  return live(region, 'data-said', () => {
    const now = words();
    if (now === last) return '';
    clearTimeout(timer);
    if (last !== null) timer = setTimeout(() => (region.textContent = now), STILL);
    last = now;
    return '';
  });
}
