// The offers, one card each.
import { piece } from '../plain/piece.js';

/** States of an offer that can be redeemed, now or later: only then its words and its price are of use. */
const STANDING = ['open', 'inCart', 'kept', 'notStarted'];

/** All offers of an answer; `put` is called with the one whose button was pressed. */
export function cards(page, { offers, currency }, cart, put) {
  const list = piece('ul role=list');
  for (const offer of offers) {
    const state = stateOf(offer, cart);
    list.append(card({ ...page, money: (amount) => page.money(amount, currency) }, offer, state, put));
  }
  const some = offers.some(({ status }) => status === 'open');
  const heading = some ? [piece('h2 part=heading', page.say('thanks'))] : [];
  return piece('section class=offers part=offers', ...heading, list);
}

/** In the cart at its price, or only kept there, as other discounts save more; else as the edge tells it. */
function stateOf({ upgrade, sku, status }, { offers, quote }) {
  if (!offers.some((one) => one.upgrade === upgrade && one.sku === sku)) return status;
  return quote?.applied.some(({ discount }) => discount === `${upgrade}/${sku}`) ? 'inCart' : 'kept';
}

function card(page, offer, state, put) {
  const item = piece('li class=offer part=offer', piece('p class=name part=name', offer.title));
  item.dataset.kind = `${offer.upgrade}/${offer.sku}`;
  item.dataset.state = state;
  const isOfUse = STANDING.includes(state);
  if (isOfUse && offer.message) item.append(piece('p class=note part=message', offer.message));
  if (isOfUse) item.append(price(page, offer));
  item.append(...(state === 'open' ? way(page, offer, put) : [standing(page, offer, state)]));
  return item;
}

function price({ say, money, day }, { price, offerPrice, saving, endsAt }) {
  const now = piece('span class=now part=now', piece('span class=hush', `${say('now')} `), money(offerPrice));
  const was = piece('s class=was part=was', piece('span class=hush', `${say('was')} `), money(price));
  const all = piece('p class=price part=price', was, now, piece('span class=saving part=saving', say('save', money(saving))));
  if (endsAt) all.append(piece('span class=until', say('until', day(endsAt))));
  return all;
}

/** The button, and where it is said that it failed. */
function way({ say, money }, offer, put) {
  const words = say('add', money(offer.offerPrice));
  const button = piece('button type=button class=main part=button', piece('span', words));
  button.setAttribute('aria-label', `${words}: ${offer.title}`);
  button.addEventListener('click', () => put(offer, button));
  return [button, piece('p class=error part=error role=alert')];
}

/** Why there is no button. It takes the focus of the button that it replaces. */
const standing = ({ say, money }, { offerPrice }, state) =>
  piece('p class=state part=state tabindex=-1', say(state, money(offerPrice)));
