// The message and the price of a product.
import { live, piece, text } from './piece.js';

/** The message, and under it what one step more would save. */
export function message(view) {
  const sku = () => view.host.getAttribute('sku');
  const nudge = () => view.product(sku())?.message?.nudge;
  const near = piece('span class=near part=nudge', text(() => (nudge() ? words(view, nudge()) : '')));
  return piece('div', beside(view, sku), live(near, 'hidden', () => !nudge()));
}

function words(view, { saving, step: { more, sku } }) {
  if (sku) return view.count('NudgeItems', more, view.product(sku)?.title, view.money(saving));
  return view.say('NudgeMoney', view.money(more), view.money(saving));
}

/** The first message beside a product, if it is one that is wanted there. */
export function beside(view, sku, isWanted = () => true) {
  const told = () => [view.product(sku())?.message].find((message) => message && isWanted(message));
  const prefix = () => (told()?.state === 'applied' ? `${view.say('Applied')} ` : '');
  const element = piece('span class=message part=message', piece('span class=hush', text(prefix)), text(() => told()?.text ?? ''));
  live(element, 'data-state', () => told()?.state ?? '');
  return live(element, 'hidden', () => !told());
}

export function price(view) {
  const product = () => view.product(view.host.getAttribute('sku'));
  const was = piece('s class=was part=was', view.hush('Was'), text(() => view.money(product()?.before)));
  live(was, 'hidden', () => !product()?.before);
  const spoken = piece('span class=hush', text(() => (product()?.before ? `${view.say('Now')} ` : '')));
  const now = piece('span class=now part=now', spoken, text(() => view.money(product()?.price)));
  const shown = live(piece('span class=price part=price', was, now), 'hidden', () => !product());
  const fallback = live(piece('span', piece('slot')), 'hidden', () => Boolean(product()));
  return piece('div', shown, fallback);
}
