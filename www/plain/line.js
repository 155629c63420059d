// One line of the cart.
import { beaten } from './codes.js';
import { cuts } from './cuts.js';
import { live, on, piece, text } from './piece.js';
import { beside } from './product.js';

/** Of a message on a line: what applies is told by what came off. */
const AHEAD = ['requirementUnmet', 'available'];

export function line(view, sku) {
  const of = () => view.quote?.lines.find((line) => line.sku === sku);
  const title = view.product(sku)?.title ?? sku;
  const was = piece('s class=was part=was', view.hush('Was'), text(() => view.money(of()?.subtotal)));
  live(was, 'hidden', () => of()?.subtotal === of()?.total);
  const what = piece(
    'div class=what',
    name(view, sku, title),
    piece('span class=sum', was, piece('span class=now part=amount', text(() => view.money(of()?.total)))),
    piece('span class=unit', text(() => view.say('Each', view.money(of()?.unitPrice)))),
    cuts(view, () => of()?.discounts),
    note(view, sku),
    beside(view, () => sku, ({ state }) => AHEAD.includes(state)),
    piece('div class=tools', stepper(view, title, of), remover(view, sku, title)),
  );
  const row = piece('li class=line part=row', what);
  const pictures = address(view, 'image-url', sku);
  if (pictures) row.prepend(picture(pictures));
  return row;
}

/** Why the shopper's own offer takes nothing off, where it does not: they were told its price. */
function note(view, sku) {
  const isIdle = () => view.app.shop?.isIdle(sku, view.quote);
  const words = () => (isIdle() ? beaten(view.say('YourOffer'), view.quote, view.app.words) : '');
  const element = piece('span class=message part=note data-state=beaten', text(words));
  return live(element, 'hidden', () => !isIdle());
}

/** An address that the page gives with `{sku}` in it. */
const address = ({ host }, attribute, sku) => host.getAttribute(attribute)?.replace('{sku}', encodeURIComponent(sku));

/** A link, where the page says where its products are. */
function name(view, sku, title) {
  const page = address(view, 'product-url', sku);
  const element = piece(`${page ? 'a' : 'span'} class=name part=name`, title);
  if (page) element.href = page;
  return element;
}

function picture(address) {
  const image = piece('img class=picture part=image alt loading=lazy');
  image.src = address;
  return image;
}

/** Focus goes on to the next row, or the one before, or the heading. */
function remover(view, sku, title) {
  const button = piece('button type=button class=link+remove part=remove', view.say('Remove'));
  button.setAttribute('aria-label', view.say('RemoveThis', title));
  return on(button, 'click', () => {
    const row = button.closest('li');
    const beside = row.nextElementSibling ?? row.previousElementSibling;
    (beside?.querySelector('.remove') ?? row.closest('.cart').querySelector('.head')).focus();
    view.actions.answer('update', sku, 0);
  });
}

function stepper(view, title, of) {
  const set = (quantity) => {
    if (quantity > 0) view.actions.answer('update', of().sku, quantity);
  };
  // From the cart, not the quote: a second click does not wait for the edge to answer the first.
  const step = (label, sign, by) => {
    const button = on(piece('button type=button part=step', sign), 'click', () => set(view.app.shop.line(of().sku).quantity + by));
    button.setAttribute('aria-label', view.say(label));
    return button;
  };
  const field = piece('input type=number part=input inputmode=numeric min=1 max=99999');
  field.setAttribute('aria-label', view.say('QuantityOf', title));
  live(field, 'value', () => (field.value = String(of()?.quantity ?? '')));
  on(field, 'change', () => (Number(field.value) > 0 ? set(Number(field.value)) : (field.value = of().quantity)));
  const less = live(step('Less', '−', -1), 'aria-disabled', () => String((of()?.quantity ?? 0) <= 1));
  const group = piece('div class=stepper part=stepper role=group', less, field, step('More', '+', 1));
  group.setAttribute('aria-label', view.say('QuantityOf', title));
  return group;
}
