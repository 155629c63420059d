// What no screenshot has to be looked at for: room to touch, no motion where none is wanted, nothing in the way.
import { expect, test } from '@playwright/test';
import { cartOf, ready } from './shop.mjs';

async function plain(page, ...lines) {
  await page.goto('/examples/plain');
  await ready(page);
  await page.evaluate((lines) => window.Farthing.cart.set(lines), lines.map(([sku, quantity]) => ({ sku, quantity })));
  return cartOf(page);
}

for (const width of [360, 1280]) {
  test(`everything to press in the cart is 44 px, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    const { cart, code, attached } = await plain(page, ['CAB19', 12], ['HOUNDS', 1]);
    await code.fill('SAVE10');
    await code.press('Enter');
    await expect(attached).toBeVisible();
    await cart.locator('summary').click();
    const small = await cart.evaluate(({ shadowRoot }) => {
      const targets = [...shadowRoot.querySelectorAll('button, summary, label.service, input:not([type="radio"])')];
      const sizes = targets.map((target) => [target.outerHTML.slice(0, 80), target.getBoundingClientRect()]);
      return sizes.filter(([, { width, height }]) => width > 0 && (width < 44 || height < 43.5)).map(([html, { width, height }]) => `${width} × ${height}: ${html}`);
    });
    expect(small).toEqual([]);
  });
}

test('the total stays in sight on a phone, and stands aside where it would hide the cart', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  const { cart, total } = await plain(page, ['CAB19', 12], ['HOUNDS', 1], ['RIO18', 1], ['MOON', 1]);
  await cart.scrollIntoViewIfNeeded();
  await page.evaluate(() => document.querySelector('farthing-cart').scrollIntoView());
  await expect(total).toBeInViewport();
  // The same phone on its side, or a page at 200 %.
  await page.setViewportSize({ width: 640, height: 360 });
  await page.evaluate(() => document.querySelector('farthing-cart').scrollIntoView());
  await expect(total).not.toBeInViewport();
});

test('what has focus is not under the total', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  const { cart } = await plain(page, ['CAB19', 12], ['HOUNDS', 1], ['RIO18', 1], ['MOON', 1]);
  await page.getByRole('button', { name: 'Add to cart' }).focus();
  for (let stop = 0; stop < 20; stop += 1) {
    await page.keyboard.press('Tab');
    const hidden = await cart.evaluate(({ shadowRoot }) => {
      const focused = shadowRoot.activeElement;
      const pay = shadowRoot.querySelector('.pay');
      return Boolean(focused) && !pay.contains(focused) && focused.getBoundingClientRect().bottom > pay.getBoundingClientRect().top + 1;
    });
    expect(hidden, `stop ${stop}`).toBe(false);
  }
});

test('nothing moves where less motion is asked for', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await plain(page);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.locator('farthing-confirmation .bubble')).toHaveCSS('animation-name', 'none');
});

test('forced colours are whole, and every button keeps an edge', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const { cart, checkOut } = await plain(page, ['CAB19', 12]);
  await expect(cart.locator('[part="was"]').first()).toHaveCSS('opacity', '1');
  expect(await checkOut.evaluate((button) => getComputedStyle(button).borderTopColor)).not.toBe('rgba(0, 0, 0, 0)');
});

test('in a page that reads from right to left everything is mirrored, but no amount', async ({ page }) => {
  const { cart, checkOut } = await plain(page, ['CAB19', 12]);
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  const left = (locator) => locator.first().evaluate((element) => element.getBoundingClientRect().left);
  expect(await left(cart.locator('.line [part="amount"]'))).toBeLessThan(await left(cart.locator('[part="name"]')));
  expect(await left(cart.locator('[part="image"]'))).toBeGreaterThan(await left(cart.locator('[part="name"]')));
  await expect(cart.locator('[part="discount"] .figure').first()).toHaveCSS('unicode-bidi', 'plaintext');
  await expect(checkOut).toBeVisible();
});
