// Upgrade offers as a buyer meets them: after the purchase, in the mail, on the page that the mail leads to.
import { expect, test } from '@playwright/test';
import { url } from '../support/environment.mjs';
import { linkIn, mailsTo, nextMail } from '../support/mailbox.mjs';
import { faults } from './accessible.mjs';
import { CART, buyerLink, chooseGround, open, ownPage, ready } from './shop.mjs';

const OFFERS = '/demo/offers/';

const someone = () => `buyer-${crypto.randomUUID()}@example.com`;
const placeOrder = (page) => page.getByRole('button', { name: /^Place order/ });
const card = (page) => page.locator('farthing-offers .offer').filter({ hasText: 'A Study in Scarlet' });
const addOffer = (page) => page.getByRole('button', { name: /Add to cart at \$10\.50/ });

async function pay(page, email) {
  await page.goto('/demo/checkout/');
  await expect(placeOrder(page)).toHaveText(/\$/);
  const address = { '#email': email, '#name': 'Ada Lovelace', '#line1': '221 Baker Street', '#city': 'San Francisco', '#state': 'CA', '#zip': '94110' };
  for (const [field, text] of Object.entries(address)) await page.locator(field).fill(text);
  const age = page.getByLabel('I am 21 or older');
  if (await age.isVisible()) await age.check();
  await chooseGround(page);
  await placeOrder(page).click();
  await page.waitForURL('**/demo/order/**');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
}

/** Buys the trigger. */
async function buy(page, email) {
  await open(page, CART, { HOUNDS: 1 });
  await pay(page, email);
}

/** Calls the order of this page off. */
async function callOff(page) {
  await page.getByRole('button', { name: 'Call off this order' }).click();
  await page.getByRole('button', { name: 'Yes, call it off' }).click();
  await expect(page.getByText('This order was called off')).toBeVisible();
}

test('the story: bought, thanked, mailed, redeemed, refused, given back, withdrawn', async ({ page }) => {
  test.setTimeout(90_000);
  const email = someone();
  await buy(page, email);
  await expect(card(page)).toContainText('$14.00');
  expect(await faults(page)).toEqual([]);
  const thanks = page.url();

  // In the receipt, and on the page that it leads to.
  const mail = await nextMail(email);
  await page.goto(linkIn(mail, `${url}/demo/order/`));
  await expect(page.getByText('The first page of the Hound')).toBeVisible();
  expect(page.url()).not.toContain('l1.');
  await page.getByRole('link', { name: 'Learn more' }).click();
  await page.waitForURL(`**${OFFERS}`);
  await addOffer(page).click();
  await expect(card(page).locator('.state')).toHaveText('In your cart at $10.50');
  await expect(card(page).locator('.state')).toBeFocused();

  // In the cart it is a discount of its own, priced here as at the edge.
  await page.goto(CART);
  await ready(page);
  const cart = page.locator('farthing-cart');
  await expect(cart).toContainText('Upgrade offer');
  await expect(cart.locator('.total .figure')).toContainText('$14.50');
  expect(await faults(page)).toEqual([]);
  await pay(page, email);
  const redeemed = page.url();

  // Once.
  await page.goto(linkIn(mail, `${url}/demo/offers/`));
  await expect(card(page)).toContainText('You have already used this offer.');

  // Called off, it is there again; with its trigger, it is gone.
  await page.goto(redeemed);
  await callOff(page);
  await page.goto(linkIn(mail, `${url}/demo/offers/`));
  await expect(addOffer(page)).toBeVisible();
  await page.goto(thanks);
  await callOff(page);
  await page.goto(`${OFFERS}?again${new URL(linkIn(mail, `${url}/demo/offers/`)).hash}`);
  await expect(card(page)).toContainText('which was called off');
});

test('an offer that another tab has redeemed is told before anyone pays', async ({ page, context }) => {
  test.setTimeout(60_000);
  const email = someone();
  await buy(page, email);
  await addOffer(page).click();
  await expect(card(page)).toContainText('In your cart');
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  await pay(page, email);
  // A cart from before.
  const late = await context.newPage();
  await late.goto('/demo/');
  await late.evaluate((kept) => Object.entries(JSON.parse(kept)).forEach(([key, value]) => localStorage.setItem(key, value)), kept);
  await late.goto(CART);
  await ready(late);
  await expect(late.locator('farthing-cart .total .figure')).toContainText('$14.50');
  await late.getByRole('button', { name: /Check out/ }).click();
  await expect(late.locator('farthing-cart .changed')).toContainText('An offer in your cart has been used in another order.');
  await expect(late.locator('farthing-cart .total .figure')).toContainText('$18.00');
});

for (const engine of ['with', 'without']) {
  test(`an offer that another discount beats says so, ${engine} an engine`, async ({ page }) => {
    test.setTimeout(60_000);
    if (engine === 'without') await page.route('**/*.wasm', (route) => route.abort());
    await buy(page, someone());
    await addOffer(page).click();
    await expect(card(page).locator('.state')).toHaveText('In your cart at $10.50');
    await page.evaluate(() => window.Farthing.cart.update('SCARLET', 3));
    await expect(card(page).locator('.state')).toHaveText('In your cart');
    await page.goto(CART);
    await ready(page);
    const note = page.getByText(/^Your offer stays on, but Three for the shelf/);
    await expect(note).toBeVisible();
    await page.evaluate(() => window.Farthing.cart.update('SCARLET', 1));
    await expect(note).toBeHidden();
  });
}

test('a visitor whom nobody knows asks by e-mail, and a click confirms', async ({ page, browser }) => {
  test.setTimeout(60_000);
  const email = someone();
  await buy(page, email);
  await nextMail(email);
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(OFFERS);
  const field = visitor.getByLabel('E-mail address of your purchase');
  await field.fill('nonsense');
  await field.press('Enter');
  await expect(visitor.getByRole('alert')).toHaveText('Type an address that can receive e-mail.');
  await expect(field).toBeFocused();
  expect(await faults(visitor)).toEqual([]);
  await field.fill(email);
  await visitor.getByRole('button', { name: 'Send me a link' }).click();
  await expect(visitor.getByText('If that address has bought here')).toBeVisible();
  await visitor.goto(linkIn(await nextMail(email, 1), `${url}/o/`));
  expect(await faults(visitor)).toEqual([]);
  await visitor.getByRole('button', { name: 'Show my offers' }).click();
  await visitor.waitForURL(`**${OFFERS}`);
  await expect(addOffer(visitor)).toBeVisible();
  await visitor.goBack();
  await expect(visitor.getByText(/used before|Show my offers/)).toBeVisible();
  await visitor.context().close();
});

test('an address that nobody knows gets the same words and no mail', async ({ page }) => {
  const email = someone();
  await page.goto(OFFERS);
  await page.getByLabel('E-mail address of your purchase').fill(email);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.getByText('If that address has bought here')).toBeVisible();
  expect(await mailsTo(email)).toEqual([]);
});

test('a page without offers shows what stands in the element', async ({ page }) => {
  await ownPage(page, '<farthing-offers><b>Fallback</b></farthing-offers>');
  await page.goto('/own-page');
  await ready(page);
  await expect(page.getByText('Fallback')).toBeVisible();
  await page.goto('/own-page#farthing-link=l1.k1.a.b');
  await ready(page);
  await expect(page.getByText('This link works no longer')).toBeVisible();
});

test('redeems by the interface, on a page without an engine', async ({ page, request }) => {
  const link = await buyerLink(request, { email: someone() });
  await ownPage(page, `<farthing-offers link="${link}"></farthing-offers>`);
  await page.goto('/own-page');
  await ready(page);
  await expect(addOffer(page)).toBeVisible();
  await page.evaluate(() => window.Farthing.offers.redeem({ upgrade: 'u-holmes', sku: 'SCARLET' }));
  await expect(card(page)).toContainText('In your cart');
  expect((await page.evaluate(() => window.Farthing.quote())).total).toBe('10.50');
  await expect(page.evaluate(() => window.Farthing.offers.redeem({ upgrade: 'x', sku: 'y' }).catch(({ code }) => code))).resolves.toBe('offerNotOpen');
});

test('the keyboard alone redeems an offer', async ({ page }) => {
  test.setTimeout(60_000);
  await buy(page, someone());
  await expect(addOffer(page)).toBeVisible();
  for (let at = 0; at < 40; at += 1) {
    await page.keyboard.press('Tab');
    if (await addOffer(page).evaluate((button) => button.getRootNode().activeElement === button).catch(() => false)) break;
  }
  await page.keyboard.press('Enter');
  await expect(card(page).locator('.state')).toBeFocused();
});
