// What stands in each element. The classes and parts are those of the widget, whose style sheet they share.
import { cart } from './cart.js';
import { coupon } from './coupon.js';
import { live, piece, text } from './piece.js';
import { message, price } from './product.js';
import { choice } from './shipping.js';
import { alone } from './totals.js';
import { View } from './view.js';

const VIEWS = {
  'farthing-cart': cart,
  'farthing-confirmation': confirmation,
  'farthing-coupon': coupon,
  'farthing-message': message,
  'farthing-price': price,
  'farthing-shipping': (view) => choice(view, piece('div class=shipping+alone part=shipping')),
  'farthing-totals': alone,
};

/** The view of an element. */
export function views(app, actions, host) {
  return piece('div', VIEWS[host.localName]?.(new View(app, actions, host)) ?? '');
}

/** Always there, as a live region must be before its words are. */
function confirmation({ app }) {
  const bubble = piece('p class=bubble part=message', piece('span', text(() => app.note.confirmation ?? '')));
  return piece('div class=confirmation role=status', live(bubble, 'hidden', () => app.note.confirmation === null));
}
