// The store that is sold from while it crashes: a product for each way of counting, each with discounts of its own.

const money = '10.00';

const discount = (id, collection, usageLimit) => ({
  id,
  kind: { type: 'promotion' },
  title: id,
  audience: { type: 'everyone' },
  benefit: {
    type: 'products',
    value: { type: 'percentOff', percent: '10' },
    scope: { include: { type: 'collections', ids: [collection] } },
  },
  requirement: { type: 'none' },
  usageLimit,
});

/** A store file for `POST /admin/api/import`, made of what the scenarios sell. */
export function storeFile(scenarios) {
  return {
    store: { currency: 'USD', timeZone: 'UTC' },
    departments: [],
    collections: scenarios.map(({ sku }) => ({ id: sku, title: sku })),
    products: scenarios.map(({ sku }) => ({ sku, title: sku, price: money, departments: [], collections: [sku] })),
    shippingServices: [],
    discounts: scenarios.flatMap(({ sku, discounts, limit }) => discounts.map((id) => discount(id, sku, limit))),
    promotionSets: scenarios
      .filter(({ discounts }) => discounts.length > 1)
      .map(({ sku, discounts }) => ({ id: `s-${sku}`, title: sku, discounts })),
    upgrades: [],
  };
}
