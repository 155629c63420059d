// The widget in whatever place a page has for it, with whatever words a shop has.
import { expect, test } from '@playwright/test';
import { demo, open, ownPage, publish, restoringTheStore } from './shop.mjs';

restoringTheStore();

const CART = '<farthing-cart></farthing-cart>';

/** Places that are as wide as what stands in them, and no place is wider than the page. */
const SNUG = {
  'a cell of a table': `<table><tr><td>${CART}</td></tr></table>`,
  'a column that centres': `<main style="display: flex; flex-direction: column; align-items: center">${CART}</main>`,
  'a row of a header': `<header style="display: flex"><b>Shop</b>${CART}</header>`,
  'a dialog': `<dialog open>${CART}</dialog>`,
  'a float': `<div style="float: left">${CART}</div>`,
};

for (const [name, place] of Object.entries(SNUG)) {
  for (const width of [320, 1280]) {
    test(`in ${name} a cart has room, ${width} wide`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await ownPage(page, place);
      await open(page, '/own-page', { CAB19: 12 });
      const room = await page.locator('farthing-cart').evaluate((cart) => cart.getBoundingClientRect().width);
      expect(room).toBeGreaterThanOrEqual(240);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  }
}

test('in a drawer that scrolls, what only screen readers are told makes the page no longer', async ({ page }) => {
  await ownPage(page, `<div style="height: 300px; overflow: auto">${CART}<farthing-price sku="CAB19"></farthing-price></div>`);
  await open(page, '/own-page', { CAB19: 12, CAB16: 1, CABMAG: 1, BDX18: 1, PIN21: 1, VOL17: 1, HOUNDS: 1, MOON: 1 });
  const [whole, seen] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
  expect(whole).toBe(seen);
});

test('words longer than a phone is wide are broken, and amounts are not', async ({ page, request }) => {
  const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen';
  const store = demo();
  for (const { id, kind } of store.discounts) if (id === 'c-save10') kind.code = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCD';
  for (const told of [...store.products, ...store.shippingServices, ...store.discounts]) told.title = long;
  await publish(request, store);
  await page.setViewportSize({ width: 320, height: 800 });
  await ownPage(page, CART);
  await open(page, '/own-page', { CAB19: 99999 });
  await page.evaluate(() => window.Farthing.applyCoupon('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCD'));
  const cart = page.locator('farthing-cart');
  await cart.locator('summary').click();
  await cart.locator('label.service').first().click();
  await expect(cart.locator('[part="code"]')).toBeVisible();
  const spilt = await cart.evaluate(({ shadowRoot }) => [...shadowRoot.querySelectorAll(':not(.hush)')]
    .filter((part) => part.getBoundingClientRect().right > innerWidth).map(({ outerHTML }) => outerHTML.slice(0, 80)));
  expect(spilt).toEqual([]);
  const off = cart.locator('[part="row"] [part="discount"] .figure');
  const [{ height }, line] = [await off.boundingBox(), await off.evaluate((figure) => parseFloat(getComputedStyle(figure).lineHeight))];
  expect(height).toBeLessThan(line * 1.5);
});

test('the total stands on whatever ground the page has, or on the colour that is named', async ({ page }) => {
  await ownPage(page, `<style>body { background: wheat }</style>${CART}`);
  await open(page, '/own-page', { CAB19: 12 });
  const pay = page.locator('farthing-cart .pay');
  await expect(pay).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
  await expect(pay).toHaveCSS('backdrop-filter', /blur/);
  await page.locator('farthing-cart').evaluate((cart) => cart.style.setProperty('--farthing-surface', 'linen'));
  await expect(pay).toHaveCSS('background-color', 'rgb(250, 240, 230)');
});

const GROUNDS = {
  'a dark page that names no colours': 'body { background: #241b2f; color: #eee }',
  'a dark page whose surface is named': 'body { background: #241b2f; color: #eee } :root { --farthing-surface: #2c2238 }',
  'a page with a light accent': ':root { --farthing-accent: #f2c14e }',
  'a page with a dark accent': ':root { --farthing-accent: #1b2a6b }',
  'a page with an accent between light and dark': ':root { --farthing-accent: #d4483b }',
};

/** How a label stands out from the ground of the element that it is in. */
const contrast = (place) => place.evaluate((element) => {
  const pen = document.createElement('canvas').getContext('2d');
  const luminance = (color) => {
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data]
      .map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = luminance(getComputedStyle(element).backgroundColor);
  const ink = luminance(getComputedStyle(element.firstElementChild).color);
  return (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
});

for (const [name, style] of Object.entries(GROUNDS)) {
  test(`on ${name} the way to the checkout can be read, and what a button says`, async ({ page }) => {
    await ownPage(page, `<style>${style}</style><button data-farthing-add="HOUNDS">Add</button>${CART}`);
    await open(page, '/own-page', { CAB19: 1 });
    expect(await contrast(page.locator('farthing-cart .main:visible'))).toBeGreaterThanOrEqual(4.5);
    await page.getByRole('button', { name: 'Add' }).click();
    await expect(page.locator('farthing-confirmation .bubble')).toBeVisible();
    expect(await contrast(page.locator('farthing-confirmation .bubble'))).toBeGreaterThanOrEqual(4.5);
  });
}

for (const engine of ['with', 'without']) {
  test(`where the page says where its products are a title leads there, ${engine} an engine`, async ({ page }) => {
    if (engine === 'without') await page.route('**/*.wasm', (route) => route.abort());
    await ownPage(page, '<farthing-cart product-url="/demo/products/{sku}"></farthing-cart>');
    await open(page, '/own-page', { CAB19: 1 });
    await page.getByRole('link', { name: '2019 Cabernet Sauvignon' }).press('Enter');
    await expect(page).toHaveURL(/\/demo\/products\/2019-cabernet-sauvignon\/$/);
  });
}

test('an address that is empty is none', async ({ page }) => {
  await ownPage(page, '<farthing-cart image-url="" product-url=""></farthing-cart>');
  await open(page, '/own-page', { CAB19: 1 });
  const cart = page.locator('farthing-cart');
  await expect(cart.locator('[part="name"]')).toHaveText('2019 Cabernet Sauvignon');
  await expect(cart.locator('img, a')).toHaveCount(0);
});
