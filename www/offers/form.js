// Asking for a link by e-mail: the answer is the same whether the address is known or not.
import { piece } from '../plain/piece.js';
import { ask } from './edge.js';

const FIELD = 'input id=email part=input type=email name=email autocomplete=email required maxlength=254 aria-describedby=email-error';

/** What is said of a refusal, by its status. */
const REFUSED = { 422: 'badEmail', 429: 'tooOften' };

export function form(page, title) {
  const { say } = page;
  const field = piece(FIELD);
  const error = piece('p id=email-error class=error part=error role=alert');
  const button = piece('button type=submit class=main part=button', piece('span', say('ask')));
  const asking = piece('form class=ask novalidate', piece('label for=email', say('email')), field, error, button);
  const told = piece('p role=status tabindex=-1');
  let last = {};
  /** Whoever asks again because the answer got lost gets one mail. */
  const once = (email) => {
    if (last.email !== email) last = { email, key: [...crypto.getRandomValues(new Uint32Array(4))].join('-') };
    return last.key;
  };
  const all = piece('section class=offers part=offers', piece('h2 part=heading', title), asking, told);
  asking.addEventListener('submit', async (event) => {
    event.preventDefault();
    const email = field.value.trim();
    const isAddress = email !== '' && field.checkValidity();
    fault(isAddress ? '' : say('badEmail'));
    if (!isAddress || button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    try {
      await ask(page, 'links', { email }, once(email));
      asking.hidden = true;
      told.textContent = say('asked');
      told.focus();
    } catch (problem) {
      fault(say(REFUSED[problem.status] ?? 'failed'));
      button.removeAttribute('aria-disabled');
    }
  });
  function fault(text) {
    error.textContent = text;
    field.setAttribute('aria-invalid', String(text !== ''));
    if (text !== '') field.focus();
  }
  return all;
}
