// Every address and method of the API: whom it is for, and what they get for a request that changes nothing.
// A route that is not here fails `access.spec.mjs`.

const LIST = '[]';
const NOTHING = '{}';

/** `{}` in a path is a segment of its own. What is asked of it here is not there. */
export const ROUTES = [
  // method, path, whom for, their answer, the body of the request
  ['GET', '/o/{}', 'anyone', 404],
  ['POST', '/o/{}', 'anyone', 404],
  ['GET', '/u/{}', 'anyone', 404],
  ['POST', '/u/{}', 'anyone', 404],
  ['GET', '/health', 'anyone', 200],
  ['GET', '/openapi.json', 'anyone', 200],
  ['POST', '/v1/quotes', 'page', '422 invalidInput', LIST],
  ['GET', '/v1/snapshot', 'page', 200],
  ['GET', '/v1/products', 'page', '422 invalidInput'],
  ['POST', '/v1/coupons/check', 'page', '422 invalidInput', LIST],
  ['POST', '/v1/orders', 'server', '422 invalidInput', LIST],
  ['GET', '/v1/orders/{}', 'server', '404 unknownOrder'],
  ['POST', '/v1/orders/{}/commit', 'server', '404 unknownOrder', NOTHING],
  ['POST', '/v1/orders/{}/release', 'server', '404 unknownOrder', NOTHING],
  ['POST', '/v1/orders/{}/refund', 'server', '404 unknownOrder', '{"id":"1"}'],
  ['POST', '/v1/orders/{}/extend', 'server', '404 unknownOrder', NOTHING],
  ['POST', '/v1/offers/session', 'page', '422 invalidInput', LIST],
  ['POST', '/v1/offers/links', 'page', '422 invalidInput', LIST],
  ['POST', '/v1/events/orders', 'server', '422 invalidInput', LIST],
  ['POST', '/v1/customers/token', 'server', '422 invalidInput', LIST],
  ['POST', '/admin/api/import', 'editor', '422 invalidInput', LIST],
  ['POST', '/admin/api/simulate', 'viewer', '422 invalidInput', LIST],
  ['GET', '/admin/api/discounts', 'viewer', 200],
  ['POST', '/admin/api/discounts/{}/stop', 'editor', '404 notFound', NOTHING],
  ['POST', '/admin/api/discounts/{}/resume', 'editor', '404 notFound', NOTHING],
  ['GET', '/admin/api/upgrades', 'viewer', 200],
  ['GET', '/admin/api/upgrades/{}', 'viewer', '404 notFound'],
  ['PUT', '/admin/api/upgrades/{}', 'editor', '422 invalidInput', LIST],
  ['DELETE', '/admin/api/upgrades/{}', 'editor', '404 notFound'],
  ['GET', '/admin/api/orders', 'viewer', 200],
  ['GET', '/admin/api/customers', 'viewer', 200],
  ['GET', '/admin/api/customers/{}', 'viewer', '404 notFound'],
  ['PUT', '/admin/api/customers/{}', 'editor', '422 invalidInput', LIST],
  ['DELETE', '/admin/api/customers/{}', 'editor', '404 notFound'],
  ['GET', '/admin/api/site-keys', 'viewer', 200],
  ['PUT', '/admin/api/site-keys/{}', 'owner', '422 invalidInput', LIST],
  ['DELETE', '/admin/api/site-keys/{}', 'owner', '404 notFound'],
  ['GET', '/admin/api/server-keys', 'owner', 200],
  ['POST', '/admin/api/server-keys', 'owner', '422 invalidInput', LIST],
  ['DELETE', '/admin/api/server-keys/{}', 'owner', '404 notFound'],
  ['POST', '/admin/api/server-keys/{}/rotate', 'owner', '404 notFound', NOTHING],
  ['GET', '/admin/api/admin-tokens', 'owner', 200],
  ['POST', '/admin/api/admin-tokens', 'owner', '422 invalidInput', LIST],
  ['DELETE', '/admin/api/admin-tokens/{}', 'owner', '404 notFound'],
  ['POST', '/admin/api/admin-tokens/{}/rotate', 'owner', '404 notFound', NOTHING],
  ['GET', '/admin/api/webhooks', 'viewer', 200],
  ['POST', '/admin/api/webhooks', 'owner', '422 invalidInput', LIST],
  ['GET', '/admin/api/webhooks/{}', 'viewer', '404 notFound'],
  ['PUT', '/admin/api/webhooks/{}', 'owner', '422 invalidInput', LIST],
  ['DELETE', '/admin/api/webhooks/{}', 'owner', '404 notFound'],
  ['POST', '/admin/api/webhooks/{}/rotate', 'owner', '404 notFound', NOTHING],
  ['GET', '/admin/api/mail', 'viewer', 200],
  ['PUT', '/admin/api/mail', 'owner', '422 invalidInput', LIST],
  ['POST', '/admin/api/mail/test', 'owner', '422 invalidInput', LIST],
  ['GET', '/admin/api/updates', 'viewer', 200],
  ['POST', '/admin/api/updates', 'editor', '422 invalidInput', LIST],
  ['GET', '/admin/api/updates/{}', 'viewer', '404 notFound'],
  ['PUT', '/admin/api/updates/{}', 'editor', '422 invalidInput', LIST],
  ['DELETE', '/admin/api/updates/{}', 'editor', '404 notFound'],
  ['POST', '/admin/api/updates/{}/preview', 'editor', '404 notFound'],
  ['POST', '/admin/api/updates/{}/test', 'editor', '422 invalidInput', LIST],
  ['POST', '/admin/api/updates/{}/send', 'editor', '404 notFound'],
  ['POST', '/admin/api/updates/{}/pause', 'editor', '404 notFound'],
  ['GET', '/admin/api/outbox', 'viewer', 200],
  ['POST', '/admin/api/outbox/{}/retry', 'editor', '404 notFound', NOTHING],
  ['GET', '/admin/api/audit', 'viewer', 200],
].map(([method, path, whom, answered, body]) => ({ method, path, whom, answered: String(answered), body }));

/** The address of a route, for a thing called `item`. */
export function at({ path }, item = 'nothing') {
  return path.replace('{}', item);
}

/** The methods of each path, as an `Allow` header lists them. */
export function allowed() {
  const paths = Map.groupBy(ROUTES, ({ path }) => path);
  return [...paths].map(([path, routes]) => {
    const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    return { path, whom: routes[0].whom, allowed: [...methods, 'OPTIONS'].join(', ') };
  });
}
