// What stands in the elements. The classes and parts are those of the widget, whose style sheet they share.
import { live, on, piece, rows, text } from './piece.js';
import { noteOf } from './codes.js';

/** How long totals must stand still before they are said, in milliseconds. */
const STILL = 700;

/** The view of an element. */
export function views(app, actions, host) {
  const { say, count } = app.words;
  const quote = () => app.shop?.quote;
  const money = (decimal) => app.money(decimal, quote().currency);
  const isEmpty = () => !quote()?.lines.length;
  const hush = (name) => piece('span class=hush', `${say(name)} `);
  const product = (sku) => app.shop?.products.get(sku);

  function message() {
    const sku = host.getAttribute('sku');
    const told = () => product(sku)?.message;
    const element = piece('span class=message part=message');
    live(element, 'data-state', () => told()?.state ?? '');
    live(element, 'hidden', () => !told());
    element.append(text(() => told()?.text ?? ''));
    return element;
  }

  function price() {
    const sku = host.getAttribute('sku');
    const was = live(piece('s class=was part=was', hush('Was')), 'hidden', () => !product(sku)?.before);
    was.append(text(() => (product(sku)?.before ? money(product(sku).before) : '')));
    const spoken = piece('span class=hush', text(() => (product(sku)?.before ? `${say('Now')} ` : '')));
    const now = piece('span class=now part=now', spoken, text(() => (product(sku) ? money(product(sku).price) : '')));
    const shown = live(piece('span class=price part=price', was, now), 'hidden', () => !product(sku));
    return piece('div', shown, live(piece('span', piece('slot')), 'hidden', () => Boolean(product(sku))));
  }

  function cart() {
    const head = piece('div class=head part=heading tabindex=-1', piece('slot name=heading'));
    const number = () => quote()?.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0;
    head.append(live(piece('span class=count', text(() => count('Items', number()))), 'hidden', isEmpty));
    const empty = piece('div class=empty part=empty', piece('slot name=empty', piece('p', say('Empty'))));
    live(empty, 'hidden', () => !isEmpty());
    const lines = rows(piece('ul class=lines part=lines role=list'), () => quote()?.lines.map(({ sku }) => sku) ?? [], line);
    const sums = piece('div class=sums', ...coupon(), totals(shipping('details')));
    const pay = piece('div class=pay part=total', total(), problem(), changed(), wayOn());
    const body = live(piece('div class=body', lines, sums, pay), 'hidden', isEmpty);
    const whole = piece('section class=cart part=cart', head, empty, body, spoken());
    whole.setAttribute('aria-label', say('Cart'));
    return whole;
  }

  function line(sku) {
    const of = () => quote()?.lines.find((line) => line.sku === sku);
    const title = product(sku)?.title ?? sku;
    const was = piece('s class=was part=was', hush('Was'), text(() => (of() ? money(of().subtotal) : '')));
    live(was, 'hidden', () => !of() || of().subtotal === of().total);
    const sum = piece('span class=sum', was, piece('span class=now part=amount', text(() => (of() ? money(of().total) : ''))));
    const unit = piece('span class=unit', text(() => (of() ? say('Each', money(of().unitPrice)) : '')));
    const remove = piece('button type=button class=link+remove part=remove', say('Remove'));
    remove.setAttribute('aria-label', say('RemoveThis', title));
    on(remove, 'click', () => {
      const row = remove.closest('li');
      const beside = row.nextElementSibling ?? row.previousElementSibling;
      (beside?.querySelector('.remove') ?? row.closest('.cart').querySelector('.head')).focus();
      actions.answer('update', sku, 0);
    });
    const tools = piece('div class=tools', stepper(sku, title, of), remove);
    const what = piece('div class=what', piece('span class=name part=name', title), sum, unit, cuts(() => of()?.discounts), tools);
    const picture = host.getAttribute('image-url');
    const row = piece('li class=line part=row', what);
    if (picture) {
      const image = piece('img class=picture part=image alt= loading=lazy');
      image.src = picture.replace('{sku}', encodeURIComponent(sku));
      row.prepend(image);
    }
    return row;
  }

  function stepper(sku, title, of) {
    const step = (label, sign, by) => {
      const button = piece('button type=button part=step', sign);
      button.setAttribute('aria-label', say(label));
      return on(button, 'click', () => {
        const next = app.shop.line(sku).quantity + by;
        if (next > 0) actions.answer('update', sku, next);
      });
    };
    const field = piece('input type=number part=input inputmode=numeric min=1 max=99999');
    field.setAttribute('aria-label', say('QuantityOf', title));
    live(field, 'value', () => String(of()?.quantity ?? ''));
    live(field, 'data-now', () => (field.value = String(of()?.quantity ?? '')));
    on(field, 'change', () => (Number(field.value) > 0 ? actions.answer('update', sku, Number(field.value)) : (field.value = of().quantity)));
    const less = live(step('Less', '−', -1), 'aria-disabled', () => String((of()?.quantity ?? 0) <= 1));
    const group = piece('div class=stepper part=stepper role=group', less, field, step('More', '+', 1));
    group.setAttribute('aria-label', say('QuantityOf', title));
    return group;
  }

  /** Discounts by title, each with the amount that it takes off. */
  function cuts(look) {
    const all = () => look() ?? [];
    return rows(piece('ul class=cuts role=list'), () => all().map(({ discount }) => discount), (id) => {
      const title = () => quote()?.applied.find(({ discount }) => discount === id)?.title ?? '';
      const amount = () => all().find(({ discount }) => discount === id)?.amount;
      const off = text(() => (amount() ? say('Off', money(amount())) : ''));
      return piece('li class=pair+cut part=discount', piece('span', text(title)), piece('span class=figure', off));
    });
  }

  function totals(shippingRow) {
    const off = (key) => () =>
      quote()?.applied.filter((applied) => Number(applied[key]) > 0).map((applied) => ({ discount: applied.discount, amount: applied[key] }));
    const figure = piece('span class=figure part=subtotal', text(() => (quote() ? money(quote().subtotal) : '')));
    const subtotal = piece('div class=pair', piece('span', say('Subtotal')), figure);
    return piece('div class=totals part=totals', subtotal, cuts(off('productAmount')), shippingRow, cuts(off('shippingAmount')));
  }

  function total() {
    const isSaved = () => Number(quote()?.saving) > 0;
    const saving = piece('span class=saving part=saving', text(() => (isSaved() ? say('Saving', money(quote().saving)) : '')));
    const now = piece('span part=amount', text(() => (quote() ? money(quote().total) : '')));
    return piece('div class=pair+total', piece('span', piece('span', say('Total')), saving), piece('span class=figure', now));
  }

  function shipping(tag) {
    const chosen = () => app.shop?.services.find(({ id }) => id === quote()?.shipping?.service);
    const rate = () => (quote()?.shipping ? rateOf(quote().shipping) : say('AtCheckout'));
    const row = (tag) =>
      piece(tag, piece('span class=choice', piece('span', say('Shipping')), piece('span class=faint', text(() => chosen()?.title ?? ''))), piece('span class=figure', text(rate)));
    const element = tag === 'told' ? row('div class=pair') : piece(`${tag} class=shipping part=shipping`);
    if (tag === 'details') element.append(row('summary class=pair'));
    if (tag !== 'told') element.append(choice());
    return live(element, 'hidden', () => !app.shop?.services.length);
  }

  const rateOf = ({ rate }) => (Number(rate) === 0 ? say('Free') : money(rate));

  function choice() {
    const services = piece('fieldset', piece('legend class=hush', say('Shipping')));
    const list = rows(piece('div'), () => app.shop?.services.map(({ id }) => id) ?? [], (id) => {
      const service = app.shop.services.find((service) => service.id === id);
      const radio = piece('input type=radio name=service');
      radio.value = id;
      live(radio, 'data-chosen', () => (radio.checked = quote()?.shipping?.service === id));
      const rate = piece('span class=figure', text(() => (quote() ? rateOf(service) : '')));
      return piece('label class=service part=service', radio, piece('span class=pair', piece('span', service.title), rate));
    });
    services.append(list);
    return on(services, 'change', ({ target }) => actions.answer('chooseShipping', target.value));
  }

  function coupon() {
    const field = piece('input id=code part=input type=text name=code autocomplete=off autocapitalize=characters spellcheck=false enterkeyhint=done maxlength=60 aria-describedby=code-error');
    live(field, 'aria-invalid', () => String(app.note.error !== null));
    const apply = live(piece('button type=submit class=quiet part=apply', say('Apply')), 'aria-disabled', () => String(app.note.isChecking));
    const error = piece('p id=code-error class=error part=error role=alert', text(() => (app.note.error ? say(app.note.error) : '')));
    const form = piece('form class=coupon part=coupon novalidate', piece('label for=code', say('Code')), piece('div class=field', field, apply), error);
    on(form, 'submit', async (event) => {
      event.preventDefault();
      if (app.note.isChecking) return;
      await actions.applyCoupon(field.value).then(() => (field.value = ''), () => field.select());
      field.focus();
    });
    const codes = rows(piece('ul class=codes part=codes role=list'), () => quote()?.codes.map(({ code }) => code) ?? [], (code) => {
      const outcome = () => quote()?.codes.find((outcome) => outcome.code === code);
      const remove = piece('button type=button part=remove', '×');
      remove.setAttribute('aria-label', say('RemoveThis', code));
      on(remove, 'click', () => {
        field.focus();
        actions.answer('removeCoupon', code);
      });
      const note = piece('span class=note', text(() => (outcome() ? noteOf(outcome(), quote(), app) : '')));
      const row = piece('li class=code part=code', piece('span class=tag part=tag', code, remove), note);
      return live(row, 'data-state', () => (outcome()?.status === 'applied' ? 'applied' : 'waiting'));
    });
    live(codes, 'hidden', () => !quote()?.codes.length);
    return [form, codes];
  }

  function problem() {
    return piece('p class=error part=error role=alert', text(() => (app.note.checkout === 'failed' ? say('Unreachable') : '')));
  }

  function changed() {
    const is = () => app.note.changed;
    const button = piece('button type=button class=main part=button', piece('span', text(() => (is() ? say('ContinueWith', money(is().after)) : ''))));
    on(button, 'click', leave);
    const panel = piece('div class=changed part=changed role=group tabindex=-1', piece('p class=changed-title', say('RulesChanged')), button);
    return live(panel, 'hidden', () => !is());
  }

  function wayOn() {
    const isChecking = () => app.note.checkout === 'checking';
    const button = piece('button type=button class=main part=button', piece('span', text(() => say(isChecking() ? 'Checking' : 'CheckOut'))));
    live(button, 'aria-disabled', () => String(isChecking()));
    return on(live(button, 'hidden', () => app.note.changed !== null), 'click', leave);
  }

  function leave() {
    if (app.note.checkout !== 'checking') actions.answer('checkout', true, host.getAttribute('checkout-url'));
  }

  /** The cart's one live region: each total is said once. */
  function spoken() {
    const region = piece('p class=hush role=status aria-live=polite');
    let last = null;
    let timer;
    return live(region, 'data-said', () => {
      const saving = Number(quote()?.saving) > 0 && say('SpokenSaving', money(quote().total), money(quote().saving));
      const now = isEmpty() ? say('Empty') : saving || say('SpokenTotal', money(quote().total));
      if (now !== last) {
        clearTimeout(timer);
        if (last !== null) timer = setTimeout(() => (region.textContent = now), STILL);
        last = now;
      }
      return '';
    });
  }

  function confirmation() {
    const bubble = piece('p class=bubble part=message', text(() => app.note.confirmation ?? ''));
    return piece('div class=confirmation role=status', live(bubble, 'hidden', () => app.note.confirmation === null));
  }

  const alone = (...parts) => live(piece('section class=alone', ...parts), 'hidden', isEmpty);
  const known = {
    'farthing-cart': cart,
    'farthing-confirmation': confirmation,
    'farthing-coupon': () => piece('div', ...coupon()),
    'farthing-message': message,
    'farthing-price': price,
    'farthing-shipping': () => shipping('div'),
    'farthing-totals': () => alone(totals(shipping('told')), total()),
  };
  return piece('div', known[host.localName]?.() ?? '');
}
