// What is said of an attached code: what its coupon does, or the step to take first.

export function noteOf({ code, status, discount }, quote, { words, money }) {
  const { say, count, list } = words;
  const amount = (value) => (typeof value === 'number' ? count('Items', value) : money(value, quote.currency));
  if (status === 'unknown') return say('Lapsed', code);
  if (status === 'applied') return quote.applied.find((applied) => applied.discount === discount)?.title ?? '';
  if (status === 'beaten') {
    const winners = quote.applied.map(({ title }) => title);
    return count('Beaten', Math.max(winners.length, 1), code, list(winners.length ? winners : [say('AnotherOffer')]));
  }
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
