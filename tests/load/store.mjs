// The store that the load is put on: a thousand discounts, and one more product whose discount is limited, so that every
// order of it takes a use.

const PRODUCTS = 200;
const COLLECTIONS = 50;
const DISCOUNTS = 1000;
/** More uses than a run can take. */
const USES = 10_000_000;

const collection = (number) => `c-${number % COLLECTIONS}`;

const products = Array.from({ length: PRODUCTS }, (_, number) => ({
  sku: `P${number}`,
  title: `Product ${number}`,
  price: `${5 + (number % 90)}.${10 + (number % 80)}`,
  collections: [collection(number), collection(number * 7 + 3)],
}));

const values = (number) => [
  { type: 'percentOff', percent: `${1 + (number % 30)}` },
  { type: 'dollarOff', amount: `${1 + (number % 9)}.50`, applies: number % 2 === 0 ? 'perItem' : 'oncePerOrder' },
];

function discount(number) {
  return {
    id: `d-${number}`,
    kind: { type: 'promotion' },
    title: `Discount ${number}`,
    audience: { type: 'everyone' },
    benefit: {
      type: 'products',
      value: values(number)[number % 2],
      scope: { include: { type: 'collections', ids: [collection(number)] } },
    },
    requirement: { type: 'quantity', minimum: 1 + (number % 6), counts: 'onlyDiscounted' },
    usageLimit: { type: 'unlimited' },
  };
}

const limited = {
  ...discount(0),
  id: 'd-limited',
  title: 'Limited',
  benefit: {
    type: 'products',
    value: { type: 'percentOff', percent: '10' },
    scope: { include: { type: 'products', skus: ['LIMITED'] } },
  },
  requirement: { type: 'none' },
  usageLimit: { type: 'perStore', orders: USES },
};

/** For `POST /admin/api/import`. */
export const storeFile = {
  store: { currency: 'USD', timeZone: 'UTC' },
  departments: [],
  collections: Array.from({ length: COLLECTIONS }, (_, number) => ({ id: collection(number), title: `Collection ${number}` })),
  products: [...products, { sku: 'LIMITED', title: 'Limited', price: '10.00', collections: [] }],
  shippingServices: [],
  discounts: [...Array.from({ length: DISCOUNTS - 1 }, (_, number) => discount(number)), limited],
  promotionSets: [],
  upgrades: [],
};

/** A cart of ten lines. */
export const tenLines = {
  lines: Array.from({ length: 10 }, (_, number) => ({ sku: `P${number * 19}`, quantity: 1 + (number % 4) })),
};

/** A cart whose order takes the one limited use. */
export const oneUse = { lines: [{ sku: 'LIMITED', quantity: 1 }] };
