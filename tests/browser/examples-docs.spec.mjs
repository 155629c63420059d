// Every snippet of docs/embed.md, as a reader pastes it: only the address, the site key and a hash are filled in.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { url } from '../support/environment.mjs';
import { KEY, cartOf, offersAre, ownPage, ready, session } from './shop.mjs';

const docs = readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8');
const blocks = [...docs.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, text]) => ({ language, text }));
const of = (language, pattern = /./s) => blocks.filter((block) => block.language === language && pattern.test(block.text)).map(({ text }) => text);
const filled = (text) => text.replaceAll('https://your-farthing.example', url).replaceAll('pk_live_…', KEY);

const [TAG] = of('html', /v1\/embed\.js/);
/** Blocks of the tag alone; each has a test of its own. */
const TAGS = [/integrity/, /data-lang/, /data-engine/];

/** A page with the tag and a snippet; what fails in it is thrown into the test. */
async function pasted(page, body, options) {
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await ownPage(page, filled(body), { tags: 0, ...options });
  await ready(page);
  expect(faults).toEqual([]);
}

test('every block is tested here', () => {
  expect([...new Set(blocks.map(({ language }) => language))].sort()).toEqual(['css', 'html', 'http', 'js']);
  expect(of('html', /<script/)).toHaveLength(1 + TAGS.length);
  for (const tag of TAGS) expect(of('html', tag)).toHaveLength(1);
});

for (const [index, snippet] of of('html', /farthing-cart/).entries()) {
  test(`elements, ${index + 1}: each is upgraded and shows itself`, async ({ page }) => {
    await pasted(page, TAG + snippet);
    const elements = page.locator(':is(farthing-message, farthing-price, farthing-cart)');
    for (const element of await elements.all()) expect(await element.evaluate(({ shadowRoot }) => Boolean(shadowRoot))).toBe(true);
    await page.evaluate(() => window.Farthing.cart.set([{ sku: 'CAB19', quantity: 11 }]));
    await expect(cartOf(page).total).toHaveText('$352.00');
    if (snippet.includes('data-farthing-add')) {
      await page.getByRole('button', { name: 'Add to cart' }).click();
      await expect(cartOf(page).total).toHaveText('$307.20');
    }
  });
}

test('offers, where nobody is recognised and out of a mail', async ({ page }) => {
  const [asking, summary] = of('html', /farthing-offers/);
  await offersAre(page, session(['open']));
  await pasted(page, TAG + asking);
  await expect(page.getByLabel('E-mail address of your purchase')).toBeVisible();
  await page.evaluate(() => (location.hash = 'farthing-link=l1.buyer'));
  await expect(page.getByRole('button', { name: 'Add to cart at $10.50' })).toBeVisible();
  await pasted(page, TAG + summary, { path: '/summary' });
  await expect(page.getByRole('link', { name: 'Learn more' })).toHaveAttribute('href', '/your-offers/');
});

test('a build of one’s own choice, with a hash', async ({ page, request }) => {
  const [snippet] = of('html', /integrity/);
  await pasted(page, TAG);
  const version = await page.evaluate(() => window.Farthing.version);
  const script = await (await request.get(`${url}/${version}/embed.js`)).body();
  const hash = createHash('sha384').update(script).digest('base64');
  await pasted(page, snippet.replace('0123456789abcdef', version).replace('sha384-…', `sha384-${hash}`), { path: '/pinned' });
  expect(await page.evaluate(() => window.Farthing.version)).toBe(version);
});

test('the engine at once, on a page without a cart', async ({ page }) => {
  const engine = page.waitForRequest('**/widget_bg.wasm');
  await pasted(page, `${of('html', /data-engine/)[0]}<farthing-price sku="CAB19"></farthing-price>`);
  await engine;
});

test('a language of one’s own choice', async ({ page }) => {
  const [snippet] = of('html', /data-lang/);
  await pasted(page, `${snippet}<farthing-price sku="CAB19"></farthing-price>`);
  await expect(page.locator('farthing-price [part="now"]')).toContainText(/32,00\s\$US/);
});

const scripts = [
  ['calls', /applyCoupon/, async (page) => {
    await expect.poll(() => page.evaluate(async () => (await window.Farthing.quote()).codes)).toEqual([{ code: 'SAVE10', status: 'beaten', discount: 'c-save10' }]);
  }],
  ['a cart of the page’s own', /cart\.set/, async (page) => {
    await expect.poll(() => page.evaluate(async () => (await window.Farthing.cart.get()).lines)).toEqual([{ sku: 'RIO18', quantity: 2 }]);
  }],
  ['what fails', /farthing:error/, async (page) => {
    const told = page.waitForEvent('console', (message) => message.type() === 'warning');
    await page.evaluate(() => window.Farthing.cart.add('NO-SUCH').catch(() => {}));
    expect((await told).text()).toContain('unknownSku');
  }],
  ['offers', /offer-available/, async (page) => {
    await expect(page).toHaveTitle('1 for you');
  }],
];
for (const [what, pattern, holds] of scripts) {
  test(`script: ${what}`, async ({ page }) => {
    await offersAre(page, session(['open'], ['redeemed']));
    await pasted(page, `${TAG}<farthing-offers link="l1.buyer"></farthing-offers><script type="module">${of('js', pattern)[0]}</script>`);
    await holds(page);
  });
}

// An `async` script of the page's own may run before ours and long after it.
for (const [what, pattern, holds] of scripts.slice(0, 2)) {
  test(`script, once all else is there: ${what}`, async ({ page }) => {
    await pasted(page, TAG);
    await page.addScriptTag({ type: 'module', content: of('js', pattern)[0] });
    await holds(page);
  });
}

test('script: the engine alone', async ({ page }) => {
  await ownPage(page, `<script type="module">${filled(of('js', /engine\.js/)[0])}\nwindow.quote = quote;</script>`, { tags: 0 });
  await expect.poll(() => page.evaluate(() => window.quote?.total)).toBe('332.00');
});

test('script: carts that cross as numbers', async ({ page }) => {
  const script = filled(of('js', /engine\.js/)[0]) + of('js', /shop\.input/)[0];
  await ownPage(page, `<script type="module">${script}\nwindow.saved = saved;</script>`, { tags: 0 });
  await expect.poll(() => page.evaluate(() => window.saved)).toBe(7680);
});

test('every script is tested here', () => {
  expect(of('js')).toHaveLength(scripts.length + 2);
});

test('every style is CSS that browsers read, and takes hold', async ({ page }) => {
  await pasted(page, `${TAG}<farthing-cart></farthing-cart><farthing-message sku="CAB19"></farthing-message>`);
  await page.evaluate(() => window.Farthing.cart.add('CAB19'));
  for (const style of of('css')) {
    const [declared, read] = await page.evaluate((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      const rules = [...sheet.cssRules];
      const declared = text.replace(/\/\*.*?\*\//gs, '').match(/[\w-]+(?=:\s)/g) ?? [];
      return [declared, rules.flatMap(({ cssText }) => cssText.match(/[\w-]+(?=:\s)/g) ?? [])];
    }, style);
    expect(read).toEqual(declared);
  }
  const { cart, checkOut } = cartOf(page);
  await expect(cart.locator('[part="total"]')).toHaveCSS('font-size', '20px');
  await expect(checkOut).toHaveCSS('text-transform', 'uppercase');
  await expect(page.locator('farthing-confirmation')).toBeHidden();
});

test('the themes shown are those of the playground', () => {
  for (const theme of ['cellar', 'daylight', 'midnight']) {
    const file = readFileSync(new URL(`../../www/examples/themes/${theme}.css`, import.meta.url), 'utf8');
    expect(of('css')).toContain(file);
  }
});

test('under the policy shown nothing is refused', async ({ page }) => {
  await page.addInitScript(() => {
    window.broken = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => window.broken.push(violatedDirective));
  });
  const policy = filled(of('http')[0]).replace(/\s+/g, ' ');
  await pasted(page, `${TAG}<farthing-price sku="CAB19"></farthing-price><farthing-message sku="CAB19"></farthing-message><farthing-cart></farthing-cart>`, { policy });
  await page.evaluate(() => window.Farthing.cart.add('CAB19', 12));
  await expect(cartOf(page).total).toHaveText('$307.20');
  expect(await page.evaluate(() => window.broken)).toEqual([]);
});
