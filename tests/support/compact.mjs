// The compact text of rules, written a second time and by hand: what a page's own engine reads (crates/wire/src/compact.rs).

const FORM = 1;

const number = (value) => `${value};`;
const text = (value) => `${Buffer.byteLength(value)};${value}`;
const list = (items, write) => number(items.length) + items.map(write).join('');
const optional = (value, write) => (value == null ? number(0) : number(1) + write(value));

/** An instant in milliseconds since 1970, as a page reads it: sixty-four bits. */
const instant = (value) => number(BigInt.asUintN(64, BigInt(Date.parse(value))));

/** What comes off: this writes percentages alone. */
const percent = ({ percent: written }) => number(0) + number(Math.round(Number(written) * 10_000));

/** The text of an upgrade as an import has it. */
export function upgradeText({ id, title, triggers, offers, startsAt, endsAt, message }) {
  const offer = ({ sku, value, units = 1 }) => text(sku) + percent(value) + number(units);
  const head = number(FORM) + text(id) + optional(title, text) + list(triggers, text);
  return head + list(offers, offer) + optional(startsAt, instant) + optional(endsAt, instant) + optional(message, text);
}
