// The shipping choice: in the cart a row that opens, elsewhere an open list.
import { live, on, piece, rows, text } from './piece.js';

export function row(view) {
  return choice(view, piece('details class=shipping part=shipping', told(view, 'summary class=pair')));
}

/** What is chosen. */
export function told(view, tag) {
  const chosen = () => view.services.find(({ id }) => id === view.quote?.shipping?.service);
  const rate = () => (view.quote?.shipping ? rateOf(view, view.quote.shipping) : view.say('AtCheckout'));
  const title = piece('span class=choice', piece('span', view.say('Shipping')), piece('span class=faint', text(() => chosen()?.title ?? '')));
  return hiddenWithoutServices(view, piece(tag, title, piece('span class=figure', text(rate))));
}

/** The list, put into what is to hold it. */
export function choice(view, holder) {
  const list = rows(piece('div'), () => view.services.map(({ id }) => id), (id) => service(view, id));
  const services = piece('fieldset', piece('legend class=hush', view.say('Shipping')), list);
  holder.append(on(services, 'change', ({ target }) => view.actions.answer('chooseShipping', target.value)));
  return hiddenWithoutServices(view, holder);
}

function service(view, id) {
  const { title, rate } = view.services.find((service) => service.id === id);
  const radio = piece('input type=radio name=service');
  radio.value = id;
  live(radio, 'data-chosen', () => (radio.checked = view.app.shop?.service === id));
  const figure = piece('span class=figure', text(() => (view.quote ? rateOf(view, { rate }) : '')));
  return piece('label class=service part=service', radio, piece('span class=pair', piece('span', title), figure));
}

const rateOf = (view, { rate }) => (Number(rate) === 0 ? view.say('Free') : view.money(rate));

const hiddenWithoutServices = (view, element) => live(element, 'hidden', () => view.services.length === 0);
