// Discounts by title, each with the amount that it takes off.
import { piece, rows, text } from './piece.js';

export function cuts(view, look) {
  const all = () => look() ?? [];
  return rows(
    piece('ul class=cuts role=list'),
    () => all().map(({ discount }) => discount),
    (id) => {
      const title = () => view.quote?.applied.find(({ discount }) => discount === id)?.title ?? '';
      const amount = () => all().find(({ discount }) => discount === id)?.amount;
      const off = text(() => view.say('Off', view.money(amount())));
      return piece('li class=pair+cut part=discount', piece('span', text(title)), piece('span class=figure', off));
    },
  );
}
