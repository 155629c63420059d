// What the views of one element have at hand.
import { piece } from './piece.js';

export class View {
  constructor(app, actions, host) {
    Object.assign(this, { app, actions, host });
  }

  get quote() {
    return this.app.shop?.quote;
  }

  get services() {
    return this.app.shop?.services ?? [];
  }

  get isEmpty() {
    return !this.quote?.lines.length;
  }

  product(sku) {
    return this.app.shop?.products.get(sku);
  }

  say(name, ...values) {
    return this.app.words.say(name, ...values);
  }

  count(name, number, ...values) {
    return this.app.words.count(name, number, ...values);
  }

  /** Money of the cart; nothing where there is none. */
  money(decimal) {
    return decimal ? this.app.money(decimal, this.quote.currency) : '';
  }

  /** A word for those who can't see what sets a price apart. */
  hush(name) {
    return piece('span class=hush', `${this.say(name)} `);
  }
}
