// Properties that mirror attributes, as frameworks and scripts set them: the same by the engine and by the plain widget.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { open, ownPage, ready } from './shop.mjs';

const manifest = new URL('../../www/custom-elements.json', import.meta.url);
const { modules: [{ declarations }] } = JSON.parse(readFileSync(manifest, 'utf8'));
const members = declarations.flatMap(({ tagName, members = [] }) => members.map((member) => ({ tagName, ...member })));

const EVERY = declarations.map(({ tagName }) => `<${tagName}></${tagName}>`).join('');
const PAGES = { 'with the engine': EVERY, 'without it': '<farthing-message></farthing-message><farthing-price></farthing-price>' };

for (const [name, body] of Object.entries(PAGES)) {
  test(`what the manifest lists is set and read, ${name}`, async ({ page }) => {
    await ownPage(page, body);
    await ready(page);
    const here = members.filter(({ tagName }) => body.includes(tagName));
    await expect.poll(() => page.evaluate((members) => members.filter(({ tagName, name }) => !(name in document.querySelector(tagName))), here)).toEqual([]);
    const seen = await page.evaluate((members) => members.map(({ tagName, name, attribute, type }) => {
      const element = document.querySelector(tagName);
      const before = element[name];
      element[name] = type.text === 'boolean' ? true : 'x/{sku}';
      const written = [element[name], element.getAttribute(attribute)];
      element[name] = type.text === 'boolean' ? false : null;
      return [before, ...written, element[name], element.hasAttribute(attribute)];
    }), here);
    expect(seen).toEqual(here.map(({ type }) =>
      type.text === 'boolean' ? [false, true, '', false, false] : [null, 'x/{sku}', 'x/{sku}', null, false]));
  });
}

test('what was set before the script ran is taken over, and a change is shown', async ({ page }) => {
  await ownPage(page, '<div id="place"></div>');
  await page.addInitScript(() => addEventListener('DOMContentLoaded', () => {
    const price = document.createElement('farthing-price');
    price.sku = 'CAB19';
    document.querySelector('#place').append(price);
  }));
  await open(page, '/own-page');
  const price = page.locator('farthing-price');
  await expect(price).toHaveAttribute('sku', 'CAB19');
  await expect(price).toContainText('$32.00');
  await price.evaluate((element) => { element.sku = 'HOUNDS'; });
  await expect(price).toContainText('$16.00');
});

test('pictures and links of a cart follow its properties', async ({ page }) => {
  await ownPage(page, '<farthing-cart></farthing-cart>');
  await open(page, '/own-page', { CAB19: 1 });
  const cart = page.locator('farthing-cart');
  await expect(cart.locator('[part="row"] img')).toHaveCount(0);
  await cart.evaluate((element) => Object.assign(element, { imageUrl: '/demo/art/{sku}.svg', productUrl: '/demo/products/{sku}' }));
  await expect(cart.locator('[part="row"] img')).toHaveAttribute('src', /\/demo\/art\/CAB19\.svg$/);
  await expect(cart.locator('[part="row"] a')).toHaveAttribute('href', /\/demo\/products\/CAB19$/);
});
