// What is sent: each lane again and again, beside the lane that it is compared with.
import { PLACE } from './connection.mjs';
import { oneUse, tenLines } from './store.mjs';

/** The site key that quotes are asked with. */
export const SITE_KEY = 'pk_load';

/**
 * Every lane by its name, with the status that each of its answers must have, and whether something is told of it when it is
 * answered already.
 */
export function lanes(secret) {
  const headers = { Authorization: `Bearer ${secret}` };
  const cart = JSON.stringify(tenLines);
  const order = JSON.stringify({ reference: `L${PLACE}`, cart: oneUse });
  return {
    redemption: { status: 201, isToldLater: true, request: { method: 'POST', path: '/v1/orders', headers, body: order } },
    'empty to the object': { status: 404, request: { method: 'GET', path: '/v1/orders/unknown', headers } },
    quote: { status: 200, request: { method: 'POST', path: `/v1/quotes?key=${SITE_KEY}`, body: cart } },
    'sale of a quote': { status: 200, request: { method: 'POST', path: `/v1/quotes?key=${SITE_KEY}&part=sale`, body: cart } },
    echo: { status: 200, request: { method: 'POST', path: '/echo', body: cart } },
  };
}

/** What is compared with what, and the ratio to reach. */
export const RATIOS = [
  { name: 'redemption', base: 'empty to the object', least: 0.6 },
  { name: 'quote', base: 'echo', least: 0.9 },
  { name: 'sale of a quote', base: 'echo', least: 0.9 },
];
