// What is said of an attached code: what its coupon does, or the step to take first.

/** Why a code or an offer takes nothing off. */
export function beaten(what, { applied }, { say, count, list }) {
  if (applied.length === 0) return say('TakesNothing', what);
  return count('Beaten', applied.length, what, list(applied.map(({ title }) => title)));
}

export function noteOf({ code, status, discount }, quote, { words, money }) {
  const { say, count } = words;
  const amount = (value) => (typeof value === 'number' ? count('Items', value) : money(value, quote.currency));
  if (status === 'unknown') return say('Lapsed', code);
  if (status === 'applied') return quote.applied.find((applied) => applied.discount === discount)?.title ?? '';
  if (status === 'beaten') return beaten(code, quote, words);
  const [reason = {}] = quote.verdicts?.find((verdict) => verdict.discount === discount)?.reasons ?? [];
  switch (reason.type) {
    case 'belowMinimum':
      return typeof reason.need === 'number'
        ? count('NeedsItems', reason.need - reason.have, code)
        : say('NeedsMoney', amount(lack(reason)), code);
    case 'aboveMaximum':
      return say('UpTo', code, amount(reason.allowed));
    case 'noShippingService':
      return say('NeedsShipping', code);
    case 'serviceNotCovered':
      return say('OtherService', code);
    case 'missingProduct':
    case 'nothingInScope':
      return say('OtherItems', code);
    default:
      return say('TakesNothing', code);
  }
}

/** How much money is missing, in whole minor units all the way. */
function lack({ need, have }) {
  const digits = need.split('.')[1]?.length ?? 0;
  const minor = (decimal) => BigInt(decimal.replace('.', ''));
  const text = String(minor(need) - minor(have)).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
