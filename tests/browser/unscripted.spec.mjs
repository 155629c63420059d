// P29: a browser that runs no scripts. What a page holds is there to be read, and nothing on it looks as if it could be pressed.
import { expect, test } from '@playwright/test';
import { CABERNET, CART, ownPage } from './shop.mjs';

test.use({ javaScriptEnabled: false });

const COUNTER = 'mailto:counter@bakerstreetcellars.example';

/** Buttons and fields that could be pressed or filled in: none of them does anything here, unless it is in a form that is sent. */
const dead = (page) => page.locator('button:visible, input:visible, select:visible').evaluateAll((all) =>
  all.filter(({ form }) => !form?.hasAttribute('action')).map(({ outerHTML }) => outerHTML.slice(0, 90)));

test('a product’s page tells the price and the product, and leads to whoever sells it', async ({ page }) => {
  await page.goto(CABERNET);
  const words = page.locator('.product-words');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('2019 Cabernet Sauvignon');
  await expect(words.locator('farthing-price')).toBeVisible();
  await expect(words.locator('farthing-price')).toHaveText('$32.00');
  await expect(words.locator('.story')).toContainText('The bottle we open');
  await expect(page.locator('.facts')).toContainText('Napa Valley');
  await expect(page.locator('.product-picture img')).toHaveJSProperty('complete', true);
  await expect(words.locator(`a[href="${COUNTER}"]`)).toBeVisible();
  await expect(words.locator('noscript p')).toContainText('scripts are blocked in your browser');
  expect(await dead(page)).toEqual([]);
});

for (const path of ['/demo/', '/demo/wine/', '/demo/books/']) {
  test(`a shelf has its prices, its links and no button: ${path}`, async ({ page }) => {
    await page.goto(path);
    const prices = page.locator('.card farthing-price:visible');
    expect(await prices.count()).toBeGreaterThan(3);
    for (const text of await prices.allInnerTexts()) expect(text).toMatch(/^\$\d+\.\d\d$/);
    expect(await dead(page)).toEqual([]);
    await page.locator('.card-title a').first().click();
    await expect(page.locator(`.product-words a[href="${COUNTER}"]`)).toBeVisible();
  });
}

for (const path of [CART, '/demo/offers/']) {
  test(`what stands in the element says what to do: ${path}`, async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('main')).toContainText('scripts are blocked in your browser');
    await expect(page.locator(`main a[href="${COUNTER}"]`)).toBeVisible();
    expect(await dead(page)).toEqual([]);
  });
}

for (const [path, words] of [['/demo/checkout/', 'The order is priced by a script'], ['/demo/order/', 'The order is shown by a script']]) {
  test(`a page that is all script says so, and asks for nothing: ${path}`, async ({ page }) => {
    await page.goto(path);
    const told = page.locator('noscript p');
    await expect(told).toBeVisible();
    await expect(told).toContainText(words);
    await expect(told.locator(`a[href="${COUNTER}"]`)).toBeVisible();
    await expect(page.locator('main button:visible, main input:visible')).toHaveCount(0);
    await expect(page.locator('[aria-busy]:visible')).toHaveCount(0);
  });
}

test('what stands in each element stays', async ({ page }) => {
  const names = ['price', 'message', 'cart', 'totals', 'coupon', 'shipping', 'offers'];
  await ownPage(page, names.map((name) => `<farthing-${name} sku="CAB19"><a href="/contact">Ask for ${name}</a></farthing-${name}>`).join(''));
  for (const name of names) await expect(page.getByRole('link', { name: `Ask for ${name}` })).toBeVisible();
});

test('a button of a form does what the page made it for', async ({ page }) => {
  await page.route('**/basket*', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Basket</h1>' }));
  await ownPage(page, '<form action="/basket"><input name="bottles" value="12"><button data-farthing-add="CAB19">Buy</button></form>');
  await page.getByRole('button', { name: 'Buy' }).click();
  await page.waitForURL('**/basket?bottles=12');
});
