// Earlier builds of the widget go on being served beside the current one. `cargo xtask e2e` keeps one: crates/xtask/src/earlier.rs.
import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { url } from '../support/environment.mjs';
import { KEY, cartOf, ready } from './shop.mjs';

const EARLIER = '0123456789abcdef';
const FOREVER = 'public, max-age=31536000, immutable';

/** The current build and the earlier one, as they are listed. */
async function listed(request) {
  const { builds } = await (await request.get(`${url}/builds.json`)).json();
  expect(builds.map(({ name }) => name)).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), EARLIER]);
  return builds;
}

/** The headers that let any shop's page load it and say for how long. */
function rules(response) {
  const headers = response.headers();
  return ['cache-control', 'access-control-allow-origin', 'cross-origin-resource-policy'].map((name) => headers[name]);
}

test('a tag that names an earlier build, with its hash, sells on', async ({ page, request }) => {
  const [name, nickname] = url.includes('localhost') ? ['localhost', '127.0.0.1'] : ['127.0.0.1', 'localhost'];
  const other = url.replace(name, nickname);
  expect(other).not.toBe(url);
  const [current, earlier] = await listed(request);
  const loaded = new Set();
  page.on('request', (asked) => loaded.add(new URL(asked.url()).pathname.split('/')[1]));
  // A page of another origin, as shops' are: the browser holds it to CORS and to the hash.
  await page.goto(`${other}/health`);
  await page.evaluate(([src, integrity, siteKey]) => {
    document.body.innerHTML = '<farthing-price sku="RIO18">$22.00</farthing-price><farthing-cart></farthing-cart>';
    const tag = document.createElement('script');
    Object.assign(tag, { src, integrity, crossOrigin: 'anonymous', async: true }).dataset.siteKey = siteKey;
    document.head.append(tag);
  }, [`${url}/${EARLIER}/embed.js`, earlier.files['embed.js'], KEY]);
  await ready(page);
  expect(await page.evaluate(() => window.Farthing.version)).toBe(EARLIER);
  await expect(page.locator('farthing-price [part="price"]')).toHaveText('was $22.00now $18.00');
  await page.evaluate(() => window.Farthing.cart.set([{ sku: 'CAB19', quantity: 12 }]));
  await expect(cartOf(page).total).toHaveText('$307.20');
  expect([...loaded].sort()).toEqual([EARLIER, 'health', 'v1']);
  expect(loaded).not.toContain(current.name);
});

test('every file of every build is what the list says, for any page and forever', async ({ request }) => {
  for (const { name, files } of await listed(request)) {
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['embed.js', 'plain.js', 'widget.js', 'widget_bg.wasm']));
    for (const [file, integrity] of Object.entries(files)) {
      const response = await request.get(`${url}/${name}/${file}`);
      expect(response.status(), file).toBe(200);
      expect(rules(response), file).toEqual([FOREVER, '*', 'cross-origin']);
      const hash = createHash('sha384').update(await response.body()).digest('base64');
      expect(`sha384-${hash}`, file).toBe(integrity);
    }
  }
});

test('a tag that names none has the current build, and no browser keeps it for long', async ({ request }) => {
  const [current] = await listed(request);
  const evergreen = await request.get(`${url}/v1/embed.js`);
  expect(rules(evergreen)).toEqual(['public, max-age=300, stale-while-revalidate=86400', '*', 'cross-origin']);
  expect(await evergreen.text()).toBe(await (await request.get(`${url}/${current.name}/embed.js`)).text());
  expect(await evergreen.text()).toContain(current.name);
});

test('nobody keeps that a build is not there: it may be deployed a moment later', async ({ request }) => {
  const response = await request.get(`${url}/ffffffffffffffff/embed.js`);
  expect(response.status()).toBe(404);
  expect(response.headers()['cache-control'] ?? '').not.toContain('immutable');
});
