// The totals: from top to bottom they add up.
import { cuts } from './cuts.js';
import { live, piece, text } from './piece.js';
import { told } from './shipping.js';

/** `<farthing-totals>`: where the choices are made elsewhere. */
export function alone(view) {
  const section = piece('section class=alone', totals(view, told(view, 'div class=pair')), piece('div part=total', total(view)));
  return live(section, 'hidden', () => view.isEmpty);
}

export function totals(view, shipping) {
  const off = (key) => () => {
    const cutting = view.quote?.applied.filter((applied) => Number(applied[key]) > 0) ?? [];
    return cutting.map((applied) => ({ discount: applied.discount, amount: applied[key] }));
  };
  const subtotal = piece('span class=figure part=subtotal', text(() => view.money(view.quote?.subtotal)));
  return piece(
    'div class=totals part=totals',
    piece('div class=pair', piece('span', view.say('Subtotal')), subtotal),
    cuts(view, off('productAmount')),
    shipping,
    cuts(view, off('shippingAmount')),
  );
}

export function total(view) {
  const saved = () => (Number(view.quote?.saving) > 0 ? view.say('Saving', view.money(view.quote.saving)) : '');
  const title = piece('span', piece('span', view.say('Total')), piece('span class=saving part=saving', text(saved)));
  const now = piece('span part=amount', text(() => view.money(view.quote?.total)));
  return piece('div class=pair+total', title, piece('span class=figure', now));
}
