// P24: under the strictest policy that a shop can have, every element shows what it should, and the browser refuses nothing.
import { expect, test } from '@playwright/test';
import { url } from '../support/environment.mjs';
import { buyerLink, cartOf, ownPage, ready } from './shop.mjs';

const NO_ENGINE = `default-src 'none'; script-src ${url}; connect-src ${url}; img-src ${url}`;
const POLICY = NO_ENGINE.replace(`script-src ${url}`, `script-src ${url} 'wasm-unsafe-eval'`);
const CART = '<farthing-cart image-url="/demo/art/{sku}.svg"></farthing-cart>';
const PRODUCT = '<farthing-price sku="CAB19"></farthing-price><farthing-message sku="CAB19"></farthing-message>';
const PIECES = '<farthing-coupon></farthing-coupon><farthing-shipping></farthing-shipping><farthing-totals></farthing-totals>';

/** Opens a page of these elements under a policy: what the browser refuses is kept. */
async function strict(page, body, policy) {
  await page.addInitScript(() => {
    window.refused = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => window.refused.push(`${violatedDirective} ${blockedURI}`));
  });
  await ownPage(page, body, { policy });
  await ready(page);
  return () => page.evaluate(() => window.refused);
}

test('the cart, with a picture, a code and shipping', async ({ page }) => {
  const refused = await strict(page, PRODUCT + CART, POLICY);
  const { cart, code, total, attached } = cartOf(page);
  await page.evaluate(() => window.Farthing.cart.add('CAB19', 12));
  await code.fill('SAVE10');
  await code.press('Enter');
  await expect(attached).toBeVisible();
  await cart.locator('summary').click();
  await cart.getByLabel('Ground').check();
  await expect(total).toHaveText('$319.20');
  await expect.poll(() => cart.locator('[part="image"]').evaluate(({ naturalWidth }) => naturalWidth)).toBeGreaterThan(0);
  // Its own sheet holds although the policy allows no style at all.
  await expect(total).toHaveCSS('font-weight', '700');
  expect(await refused()).toEqual([]);
});

/** Coupon, shipping and totals each in an element of its own, with a cart that the page keeps. */
async function pieces(page) {
  await page.evaluate(() => window.Farthing.cart.set([{ sku: 'CAB19', quantity: 10 }]));
  const field = page.locator('farthing-coupon').getByLabel('Discount code');
  const amount = page.locator('farthing-totals [part="amount"]');
  await expect(amount).toHaveText('$320.00');
  await field.fill('NO-SUCH');
  await field.press('Enter');
  await expect(page.locator('farthing-coupon [part="error"]')).toContainText('We don’t recognise that code.');
  await field.fill('SAVE10');
  await field.press('Enter');
  await expect(page.locator('farthing-coupon [part="code"]')).toContainText('SAVE10');
  await page.locator('farthing-shipping').getByLabel('Two-day').check();
  await expect(amount).toHaveText('$316.00');
  await expect(page.locator('farthing-totals')).toContainText('Two-day');
  await expect(amount).toHaveCSS('font-weight', '700');
}

/** What a buyer has earned, put into the cart. */
async function offers(page) {
  const card = page.locator('farthing-offers .offer').filter({ hasText: 'A Study in Scarlet' });
  await expect(card).toContainText('$14.00');
  // The sheet of the offers holds too.
  await expect(page.locator('farthing-offers ul')).toHaveCSS('list-style-type', 'none');
  await card.getByRole('button', { name: /^Add to cart at \$10\.50/ }).click();
  await expect(card.locator('.state')).toHaveText('In your cart at $10.50');
  expect(await page.evaluate(() => window.Farthing.quote().then(({ total }) => total))).toBe('10.50');
}

/** What a policy without an engine refuses of elements that ask for one: the edge then prices. */
const ENGINE = 'script-src wasm-eval';

for (const [name, policy, refusals] of [['with the engine', POLICY, []], ['where the policy forbids an engine', NO_ENGINE, [ENGINE]]]) {
  test(`coupon, shipping and totals apart, ${name}`, async ({ page }) => {
    const refused = await strict(page, PRODUCT + PIECES, policy);
    await pieces(page);
    await expect(page.locator('farthing-price')).toContainText('$32.00');
    await expect(page.locator('farthing-message')).toContainText('Applied: 10% off every bottle of wine');
    expect(await refused()).toEqual(refusals);
  });
}

for (const [name, policy, engine] of [['with the engine', POLICY, CART], ['without', POLICY, ''], ['where the policy forbids an engine', NO_ENGINE, '']]) {
  test(`offers, ${name}`, async ({ page, request }) => {
    const link = await buyerLink(request, { id: crypto.randomUUID() });
    const refused = await strict(page, `<farthing-offers link="${link}"></farthing-offers>${engine}`, policy);
    await offers(page);
    expect(await refused()).toEqual([]);
  });
}

test('a cart where the policy forbids an engine: the edge prices, and only the engine is refused', async ({ page }) => {
  const refused = await strict(page, PRODUCT + CART, NO_ENGINE);
  await page.evaluate(() => window.Farthing.cart.set([{ sku: 'CAB19', quantity: 12 }]));
  const { cart, total } = cartOf(page);
  await expect(total).toHaveText('$307.20');
  await expect(total).toHaveCSS('font-weight', '700');
  await expect.poll(() => cart.locator('[part="image"]').evaluate(({ naturalWidth }) => naturalWidth)).toBeGreaterThan(0);
  expect([...new Set(await refused())]).toEqual([ENGINE]);
});

test('a buyer whom nobody knows asks by e-mail', async ({ page }) => {
  const refused = await strict(page, '<farthing-offers ask></farthing-offers>', NO_ENGINE);
  await page.getByLabel('E-mail address of your purchase').fill(`nobody-${crypto.randomUUID()}@example.com`);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.getByText('If that address has bought here')).toBeVisible();
  expect(await refused()).toEqual([]);
});

test('the check sees a style, a picture and a script that the policy forbids', async ({ page }) => {
  const refused = await strict(page, PRODUCT, NO_ENGINE);
  await page.evaluate(() => {
    const bold = document.createElement('b');
    bold.setAttribute('style', 'color: red');
    const image = new Image();
    image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
    const script = document.createElement('script');
    script.textContent = 'window.ran = 1';
    document.body.append(bold, image, script);
  });
  await expect.poll(async () => [...new Set((await refused()).map((one) => one.split(' ')[0]))].sort()).toEqual(['img-src', 'script-src-elem', 'style-src-attr']);
});
