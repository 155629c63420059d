// When the edge's total is another one than was shown: why, and what came, went or changed.

/** `{ reason, before, after, sentences }`; null where the shopper pays the same. */
export function difference(before, after, { words, money, shop }) {
  if (!before || before.total === after.total) return null;
  const gone = (after.grants ?? []).find(({ status }) => status !== 'open');
  const reason = gone ? (gone.status === 'redeemed' ? 'redeemed' : 'withdrawn') : 'rulesChanged';
  const amount = (decimal) => money(decimal, after.currency);
  const sentences = [];
  for (const { sku, unitPrice } of before.lines) {
    const title = shop.products.get(sku)?.title ?? sku;
    const now = after.lines.find((line) => line.sku === sku)?.unitPrice;
    if (!now) sentences.push(words.say('NotSold', title));
    else if (now !== unitPrice) sentences.push(words.say('PriceChanged', title, amount(unitPrice), amount(now)));
  }
  const off = ({ productAmount, shippingAmount }) => (Number(productAmount) > 0 ? productAmount : shippingAmount);
  const find = ({ applied }, id) => applied.find(({ discount }) => discount === id);
  for (const was of before.applied) {
    const now = find(after, was.discount);
    if (!now) sentences.push(words.say('DiscountGone', was.title, amount(off(was))));
    else if (off(now) !== off(was)) sentences.push(words.say('DiscountChanged', was.title, amount(off(was)), amount(off(now))));
  }
  for (const now of after.applied) {
    if (!find(before, now.discount)) sentences.push(words.say('DiscountNew', now.title, amount(off(now))));
  }
  return { reason, before: before.total, after: after.total, sentences };
}
