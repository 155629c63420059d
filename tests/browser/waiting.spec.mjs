// What a shopper is shown and told while the widget is on its way, where it never comes, and after a button was pressed.
import { expect, test } from '@playwright/test';
import { cartOf, open, ownPage, ready } from './shop.mjs';

const BUY = `
  <label>How many <input id="many" type="number" min="1" value="1"></label>
  <button data-farthing-add="CAB19" data-farthing-quantity="#many">Buy</button>`;

/** Keeps a file back until the function that comes back is called. */
async function heldBack(page, pattern) {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route(pattern, async (route) => { await held; await route.continue(); });
  return letGo;
}

test('a cart on its way is not called empty', async ({ page }) => {
  await ownPage(page, `<farthing-cart><h2 slot="heading">Basket</h2><p slot="empty">Nothing yet.</p><a href="/cart">Your cart</a></farthing-cart>`);
  await open(page, '/own-page', { CAB19: 2 });
  const letGo = await heldBack(page, '**/widget_bg.wasm');
  await page.reload();
  await page.waitForFunction(() => window.Farthing);
  await expect(page.getByRole('link', { name: 'Your cart' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Basket' })).toBeVisible();
  await expect(page.getByText('Nothing yet.')).toBeHidden();
  letGo();
  await ready(page);
  await expect(cartOf(page).total).toHaveText('$64.00');
  await page.evaluate(() => window.Farthing.destroy());
  await expect(page.getByRole('link', { name: 'Your cart' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Basket' })).toBeVisible();
});

test('a button pressed before the widget fails does what the page made it for', async ({ page }) => {
  let fail;
  const failing = new Promise((resolve) => { fail = resolve; });
  await page.route(/\/(widget|plain)\.js$/, async (route) => { await failing; await route.abort(); });
  await ownPage(page, `<form action="/basket">${BUY}</form>`);
  await page.waitForFunction(() => window.Farthing);
  await page.getByRole('button', { name: 'Buy' }).click();
  expect(page.url()).toContain('/own-page');
  fail();
  await page.waitForURL('**/basket*');
});

const HANGING = {
  'with the engine': '<farthing-cart></farthing-cart>',
  'without it': '<farthing-price sku="RIO18">$22.00</farthing-price>',
};
for (const [kind, body] of Object.entries(HANGING)) {
  test(`an edge that takes requests and never answers is given up, ${kind}`, async ({ page }) => {
    // A hundredth of the patience is enough to see it end.
    await page.addInitScript(() => {
      const { timeout } = AbortSignal;
      AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, milliseconds / 100);
    });
    await page.route(/\/v1\/(snapshot|products|quotes)\?/, () => {});
    await ownPage(page, `<form action="/basket">${BUY}</form>${body}`);
    await page.waitForFunction(() => window.Farthing);
    await page.getByRole('button', { name: 'Buy' }).click();
    await page.waitForURL('**/basket*');
  });
}

test('a quantity that can’t be is told at its field, and an empty field is one', async ({ page }) => {
  await ownPage(page, `${BUY}<farthing-cart></farthing-cart>`);
  await ready(page);
  const [field, count] = [page.locator('#many'), () => page.evaluate(async () => (await window.Farthing.cart.get()).count)];
  for (const wrong of ['0', '1.5']) {
    await field.fill(wrong);
    await page.getByRole('button', { name: 'Buy' }).click();
    await expect(field, wrong).toBeFocused();
    expect(await count(), wrong).toBe(0);
  }
  await field.fill('');
  await page.getByRole('button', { name: 'Buy' }).click();
  await expect.poll(count).toBe(1);
});

for (const [name, elements] of Object.entries({ engine: '<farthing-cart></farthing-cart>', 'no engine': '' })) {
  test(`each press is confirmed for as long as the first, by a page with ${name}`, async ({ page }) => {
    await page.clock.install();
    await ownPage(page, `${BUY}<button data-farthing-add="MOON">Read</button>${elements}`);
    await ready(page);
    const word = page.locator('farthing-confirmation');
    await page.getByRole('button', { name: 'Buy' }).click();
    await expect(word).toHaveText('Added to your cart: 2019 Cabernet Sauvignon');
    await page.clock.runFor(3000);
    await page.getByRole('button', { name: 'Read' }).click();
    await expect(word).toHaveText('Added to your cart: The Moonstone');
    await page.clock.runFor(3000);
    await expect(word).toHaveText('Added to your cart: The Moonstone');
    await page.clock.runFor(2000);
    await expect(word.locator('.bubble')).toBeHidden();
  });

  test(`a press that can’t reach the shop is answered, by a page with ${name}`, async ({ page }) => {
    await ownPage(page, `<button data-farthing-add="MOON">Read</button>${elements}`);
    await ready(page);
    // Prefetched with the page were the buttons that it had.
    await page.evaluate(() => document.querySelector('button').setAttribute('data-farthing-add', 'VALLEY'));
    await page.route('**/v1/{products,quotes}?*', (route) => route.abort());
    await page.getByRole('button', { name: 'Read' }).click();
    await expect(page.locator('farthing-confirmation')).toHaveText('We couldn’t reach the shop. Check your connection and try again.');
  });
}
