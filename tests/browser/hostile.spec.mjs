// P23: nothing that a merchant or a shopper can write runs as code, in any element, with and without the engine.
import { expect, test } from '@playwright/test';
import { buyerLink, demo, open, ownPage, publish, ready, restoringTheStore } from './shop.mjs';

restoringTheStore();

const HOSTILE = [
  '<img src=x onerror="window.ran = 1">',
  '<script>window.ran = 1</script>',
  '"><svg onload=window.ran=1>',
  "');window.ran=1;//",
  '{{constructor.constructor("window.ran=1")()}}',
  'javascript:window.ran=1',
  '\u202e\u0000<b>bold</b>',
];

const ELEMENTS = `
  <farthing-message sku="CAB19"></farthing-message><farthing-price sku="CAB19"></farthing-price>
  <farthing-message service="ground"></farthing-message>
  <farthing-cart></farthing-cart><farthing-totals></farthing-totals><farthing-coupon></farthing-coupon>
  <farthing-shipping></farthing-shipping>`;

/** The demo store with hostile words wherever a merchant has any. */
function store(words) {
  const hostile = demo();
  hostile.store.name = words;
  for (const product of hostile.products) product.title = words;
  for (const service of hostile.shippingServices) service.title = words;
  for (const discount of hostile.discounts) Object.assign(discount, { title: words, actionMessage: words });
  for (const set of hostile.promotionSets) set.title = words;
  for (const upgrade of hostile.upgrades) Object.assign(upgrade, { title: words, message: words });
  return hostile;
}

/** Nothing has run, and what should be text is. */
async function isText(page, words) {
  const found = await page.evaluate(() => {
    const roots = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    const made = roots.flatMap((root) => [...root.querySelectorAll('script, img[src="x"], svg, iframe, b')]);
    return { ran: window.ran, made: made.map(({ outerHTML }) => outerHTML), text: roots.map(({ textContent }) => textContent).join('\n') };
  });
  expect(found.ran).toBeUndefined();
  expect(found.made).toEqual([]);
  expect(found.text).toContain(words.replace('\u0000', ''));
}

for (const [at, words] of HOSTILE.entries()) {
  test(`words ${at + 1} stay words in every element`, async ({ page, request }) => {
    await publish(request, store(words.replace('\u0000', '')));
    const own = await buyerLink(request, { id: crypto.randomUUID() });
    await ownPage(page, `${ELEMENTS}<farthing-offers link="${own}"></farthing-offers>`);
    await open(page, '/own-page', { CAB19: 12 });
    await page.evaluate(() => window.Farthing.chooseShipping('ground'));
    await page.evaluate((code) => window.Farthing.applyCoupon(code).catch(() => {}), words);
    await page.evaluate(() => window.Farthing.applyCoupon('SAVE10').catch(() => {}));
    await page.evaluate(() => window.Farthing.offers.redeem({ upgrade: 'u-holmes', sku: 'SCARLET' }));
    await expect(page.locator('farthing-offers .state')).toBeVisible();
    await isText(page, words);
    // The same by the plain widget.
    await page.route('**/widget_bg.wasm', (route) => route.abort());
    await page.reload();
    await ready(page);
    await expect(page.locator('farthing-cart .total')).toBeVisible();
    await isText(page, words);
  });
}

test('what stands in an address or in the browser’s storage runs nowhere', async ({ page }) => {
  await ownPage(page, `${ELEMENTS}<farthing-offers ask></farthing-offers>`);
  await page.addInitScript((words) => {
    const offer = { upgrade: words[0], sku: 'CAB19', grant: words[1], compact: words[0], promotionSets: [words[2]] };
    const cart = { lines: [{ sku: 'CAB19', quantity: 1 }, { sku: words[0], quantity: 1 }], codes: words, shippingService: words[1], offers: [offer] };
    localStorage.setItem('farthing:pk_demo_bakerstreet', JSON.stringify({ cart, coupons: words }));
    sessionStorage.setItem('farthing-pass', JSON.stringify({ link: words[0] }));
  }, HOSTILE);
  // Only a page that is loaded anew reads its storage.
  await page.goto('about:blank');
  await page.goto('/own-page#farthing-link=%3Cimg%20src=x%20onerror=window.ran=1%3E');
  await ready(page);
  await expect(page.locator('farthing-cart .total')).toBeVisible();
  expect(await page.evaluate(() => window.ran)).toBeUndefined();
});
