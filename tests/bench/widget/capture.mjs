// What the edge answers a page that opens the scenario's cart: asked once, so that the peers' rules and ours are both files
// by the time anything is measured.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configure } from '../../rig/configuration.mjs';
import { call, connections, insist } from '../../rig/http.mjs';
import { Runtime } from '../../rig/runtime.mjs';
import { makeSecrets } from '../../rig/secrets.mjs';
import { discount, product } from '../scenario.mjs';

export const KEY = 'pk_bench';

/** The cart's lines, and the bytes of `/v1/snapshot` and `/v1/products`. */
export async function capture(file, folder) {
  const { currency, cart, promotions } = JSON.parse(readFileSync(file, 'utf8'));
  const lines = cart.lines.map(({ sku, qty }) => ({ id: sku, quantity: qty, sku }));
  const secrets = makeSecrets();
  const runtime = new Runtime(await configure({ folder: join(folder, 'edge'), secrets }));
  await runtime.start();
  const agent = connections(1);
  const headers = { Authorization: `Bearer ${secrets.ADMIN_TOKEN}` };
  const ask = (method, path, body) => insist(agent, runtime.port, { method, path, headers, body });
  try {
    await ask('POST', '/admin/api/import', storeOf(currency, cart, promotions));
    await ask('PUT', `/admin/api/site-keys/${KEY}`, { origins: ['https://shop.example'] });
    const get = async (path) => (await call(agent, runtime.port, { method: 'GET', path })).text;
    const skus = lines.map(({ sku }) => `&sku=${encodeURIComponent(sku)}`).join('');
    return {
      lines,
      snapshot: await get(`/v1/snapshot?key=${KEY}&form=compact`),
      products: await get(`/v1/products?key=${KEY}${skus}&form=compact`),
    };
  } finally {
    await runtime.kill();
    agent.destroy();
  }
}

function storeOf(currency, cart, promotions) {
  const products = [...new Map(cart.lines.map((line) => [line.sku, product(line)])).values()];
  const named = [...products.flatMap(({ collections }) => collections), ...promotions.flatMap(({ target }) => target ?? [])];
  return {
    store: { currency: currency.code, timeZone: 'UTC' },
    departments: [],
    collections: [...new Set(named)].map((id) => ({ id, title: id })),
    products,
    shippingServices: [],
    discounts: promotions.map(discount),
    promotionSets: [],
    upgrades: [],
  };
}
