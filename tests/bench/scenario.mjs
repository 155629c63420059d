// The peers' scenarios in contract v1's words.

/** An amount in minor units as contract v1 writes it. */
const money = (minor) => `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

const value = (promotion) =>
  promotion.kind === 'percent'
    ? { type: 'percentOff', percent: money(promotion.value) }
    : { type: 'dollarOff', amount: money(promotion.value), applies: promotion.per === 'item' ? 'perItem' : 'oncePerOrder' };

const requirement = ({ require }) =>
  require && {
    type: require.what === 'qty' ? 'quantity' : 'amount',
    minimum: require.what === 'qty' ? require.min : money(require.min),
    counts: require.scope === 'eligible' ? 'onlyDiscounted' : 'everything',
  };

/** A promotion as contract v1 writes a discount. */
export const discount = (promotion) => ({
  id: promotion.id,
  kind: { type: 'promotion' },
  title: promotion.title,
  startsAt: '2020-01-01T00:00:00Z',
  endsAt: '2100-01-01T00:00:00Z',
  benefit: {
    type: 'products',
    value: value(promotion),
    scope: { include: promotion.target ? { type: 'collections', ids: promotion.target } : { type: 'store' } },
  },
  requirement: requirement(promotion),
  actionMessage: promotion.message,
});

/** What contract v1 knows of a line's product. */
export const product = (line) => ({ sku: line.sku, title: line.sku, price: money(line.unit), collections: line.collections });
