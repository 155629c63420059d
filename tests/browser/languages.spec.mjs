// The widget speaks the page's language: words, plurals, lists, money.
import { expect, test } from '@playwright/test';
import { CART, cartOf, ready } from './shop.mjs';

/** The cart page in another language, with twelve bottles in the cart and a code on it. */
async function inLanguage(page, tag, { without = () => {} } = {}) {
  await page.addInitScript((tag) => {
    new MutationObserver((_, watch) => {
      if (!document.documentElement) return;
      document.documentElement.lang = tag;
      if (tag.startsWith('ar')) document.documentElement.dir = 'rtl';
      watch.disconnect();
    }).observe(document, { childList: true });
  }, tag);
  await without(page);
  await page.goto(CART);
  await ready(page);
  await page.evaluate(() => window.Farthing.cart.set([{ sku: 'CAB19', quantity: 12 }]));
  await page.evaluate(() => window.Farthing.applyCoupon('SAVE10'));
}

const SAID = {
  en: { count: '12 items', saving: 'You save $76.80', code: 'SAVE10 stays on, but Case discount saves you more.', total: '$307.20' },
  es: { count: '12 artículos', saving: 'Usted ahorra 76,80 US$', code: 'SAVE10 sigue en la cesta, pero Case discount le ahorra más.', total: '307,20 US$' },
  'fr-FR': { count: '12 articles', saving: 'Vous économisez 76,80 $US', code: 'SAVE10 reste en attente, car Case discount vous fait économiser davantage.', total: '307,20 $US' },
  'de-AT': { count: '12 Artikel', saving: 'Sie sparen $ 76,80', code: 'SAVE10 bleibt vorgemerkt, aber mit Case discount sparen Sie mehr.', total: '$ 307,20' },
  ja: { count: '12点', saving: '$76.80お得', code: 'SAVE10は保留中です。Case discountのほうがお得です。', total: '$307.20' },
  ar: { count: '12 منتجًا', saving: 'وفّرت', code: 'يبقى', total: '307.20' },
};

const noWasm = (page) => page.route('**/widget_bg.wasm', (route) => route.abort());
/** Without the spaces and marks that only typesetting tells apart. */
const plainly = (text) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u2066-\u2069\u200e\u200f\u061c]/g, '');

for (const [tag, { count, saving, code, total }] of Object.entries(SAID)) {
  for (const [kind, without] of [['with the engine', undefined], ['without', noWasm]]) {
    test(`speaks ${tag}, ${kind}`, async ({ page }) => {
      await inLanguage(page, tag, { without });
      const { cart, attached, total: shown } = cartOf(page);
      const told = async (locator) => plainly(await locator.textContent());
      expect(await told(shown)).toContain(total);
      expect(await told(cart.locator('.count'))).toContain(count);
      expect(await told(cart.locator('[part="saving"]'))).toContain(saving);
      expect(await told(attached)).toContain(code);
    });
  }
}

test('on a page in another language it says that its words are English', async ({ page }) => {
  await inLanguage(page, 'nl');
  const lang = () => page.evaluate(() => document.querySelector('farthing-cart').shadowRoot.firstElementChild.lang);
  await expect.poll(lang).toBe('en');
  const { total } = cartOf(page);
  expect(plainly(await total.textContent())).toContain('US$ 307,20');
});
