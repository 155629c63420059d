// The offers, one card each.
import { piece } from '../plain/piece.js';

/** All offers of an answer; `put` is called with the one whose button was pressed. */
export function cards(page, { offers, currency }, inCart, put) {
  const list = piece('ul role=list');
  for (const offer of offers) list.append(card(page, offer, currency, inCart.some((one) => isSame(one, offer)), put));
  const some = offers.some(({ status }) => status === 'open');
  const heading = some ? [piece('h2 part=heading', page.say('thanks'))] : [];
  return piece('section class=offers part=offers', ...heading, list);
}

const isSame = (one, other) => one.upgrade === other.upgrade && one.sku === other.sku;

function card(page, offer, currency, isInCart, put) {
  const money = (amount) => page.money(amount, currency);
  const state = isInCart ? 'inCart' : offer.status;
  const item = piece('li class=offer part=offer', piece('p class=name', offer.title));
  item.dataset.kind = `${offer.upgrade}/${offer.sku}`;
  item.dataset.state = state;
  if (offer.message) item.append(piece('p class=note part=message', offer.message));
  if (['open', 'inCart', 'notStarted'].includes(state)) item.append(price(page, offer, money));
  if (state !== 'open') {
    item.append(standing(page.say(state, money(offer.offerPrice)), state));
    return item;
  }
  const button = piece('button type=button class=main part=button', piece('span', page.say('add', money(offer.offerPrice))));
  button.setAttribute('aria-label', `${page.say('add', money(offer.offerPrice))}: ${offer.title}`);
  button.addEventListener('click', () => put(offer, button));
  item.append(button);
  return item;
}

function price({ say }, offer, money) {
  const was = piece('s class=was part=was', piece('span class=hush', `${say('was')} `), money(offer.price));
  const now = piece('span class=now part=now', piece('span class=hush', `${say('now')} `), money(offer.offerPrice));
  return piece('p class=price part=price', was, now, piece('span class=saving', say('save', money(offer.saving))));
}

function standing(text, state) {
  const element = piece('p class=state part=state tabindex=-1', text);
  element.dataset.state = state;
  return element;
}
