// What one step more would save, beside the message of a product: as the edge tells it, and as the page's own engine does.
import { expect, test } from '@playwright/test';
import { CABERNET, open, ownPage, ready } from './shop.mjs';

const NUDGE = 'Add 2 more 2019 Cabernet Sauvignon and save $76.80';
const MESSAGE = '<farthing-message sku="CAB19"></farthing-message>';

const put = (page, quantity) => page.evaluate((quantity) => window.Farthing.cart.set([{ sku: 'CAB19', quantity }]), quantity);

/** The page tells the step while it is one, and no longer. */
async function nudges(page) {
  const element = page.locator('farthing-message[sku="CAB19"]').first();
  const nudge = element.locator('[part="nudge"]');
  await expect(element.locator('[part="message"]')).toHaveText('20% off when you buy a case');
  await expect(nudge).toBeHidden();
  await put(page, 10);
  await expect(nudge).toHaveText(NUDGE);
  await put(page, 12);
  await expect(nudge).toBeHidden();
  await expect(element.locator('[part="message"]')).toContainText('Applied:');
}

test('a product page tells what one step more would save', async ({ page }) => {
  await open(page, CABERNET);
  await nudges(page);
});

test('beside a cart of its own, as the engine finds it', async ({ page }) => {
  await ownPage(page, `${MESSAGE}<farthing-cart></farthing-cart>`);
  await ready(page);
  await nudges(page);
});

test('what is kept is told without a jump', async ({ page }) => {
  await open(page, CABERNET, { CAB19: 10 });
  await page.addInitScript(() => {
    window.moved = 0;
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) window.moved += value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.reload();
  await ready(page);
  await expect(page.locator('farthing-message[sku="CAB19"] [part="nudge"]').first()).toHaveText(NUDGE);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
  expect(await page.evaluate(() => window.moved)).toBe(0);
});
