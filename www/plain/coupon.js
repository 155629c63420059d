// The coupon field and the attached codes.
import { noteOf } from './codes.js';
import { live, on, piece, rows, text } from './piece.js';

const FIELD =
  'input id=code part=input type=text name=code autocomplete=off autocapitalize=characters spellcheck=false enterkeyhint=done maxlength=60 aria-describedby=code-error';

export function coupon(view) {
  const { app, actions } = view;
  const field = live(piece(FIELD), 'aria-invalid', () => String(app.note.error !== null));
  const apply = piece('button type=submit class=quiet part=apply', view.say('Apply'));
  live(apply, 'aria-disabled', () => String(app.note.isChecking));
  const error = text(() => (app.note.error ? view.say(app.note.error) : ''));
  const form = piece(
    'form class=coupon part=coupon novalidate',
    piece('label for=code', view.say('Code')),
    piece('div class=field', field, apply),
    piece('p id=code-error class=error part=error role=alert', error),
  );
  on(form, 'submit', async (event) => {
    event.preventDefault();
    if (app.note.isChecking) return;
    await actions.applyCoupon(field.value).then(() => (field.value = ''), () => field.select());
    field.focus();
  });
  const both = document.createDocumentFragment();
  both.append(form, codes(view, field));
  return both;
}

function codes(view, field) {
  const list = piece('ul class=codes part=codes role=list');
  live(list, 'hidden', () => !view.quote?.codes.length);
  return rows(list, () => view.quote?.codes.map(({ code }) => code) ?? [], (code) => row(view, field, code));
}

function row(view, field, code) {
  const outcome = () => view.quote?.codes.find((outcome) => outcome.code === code);
  const remove = piece('button type=button part=remove', '×');
  remove.setAttribute('aria-label', view.say('RemoveThis', code));
  // The button goes with its code, so focus goes back to the field.
  on(remove, 'click', () => {
    field.focus();
    view.actions.answer('removeCoupon', code);
  });
  const note = piece('span class=note', text(() => (outcome() ? noteOf(outcome(), view.quote, view.app) : '')));
  const element = piece('li class=code part=code', piece('span class=tag part=tag', code, remove), note);
  return live(element, 'data-state', () => (outcome()?.status === 'applied' ? 'applied' : 'waiting'));
}
