// Everything by keyboard, and nothing lost on the way: focus, and what a listener hears.
import { expect, test } from '@playwright/test';
import { CART, cartOf, open } from './shop.mjs';

test('a purchase without a mouse', async ({ page }) => {
  await open(page, CART, { CAB19: 11, HOUNDS: 1 });
  const { line, total, code, attached } = cartOf(page);
  const more = line('CAB19').getByRole('button', { name: 'One more' });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(total).toHaveText('$323.20');
  await expect(more).toBeFocused();

  // The field takes a number as it is typed, and is put right when left.
  await page.keyboard.press('Shift+Tab');
  const field = line('CAB19').getByRole('spinbutton', { name: 'Quantity of 2019 Cabernet Sauvignon' });
  await expect(field).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('24');
  await expect(total).toHaveText('$630.40');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(total).toHaveText('$630.40');
  await page.keyboard.press('Tab');
  await expect(field).toHaveValue('24');

  // On to the remove button: the row goes, focus finds the next one.
  await page.keyboard.press('Tab');
  await expect(line('CAB19').getByRole('button', { name: 'Remove 2019 Cabernet Sauvignon' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(line('CAB19')).toHaveCount(0);
  await expect(line('HOUNDS').getByRole('button', { name: 'Remove The Hounds of Baskerville' })).toBeFocused();

  await page.keyboard.press('Tab');
  await expect(code).toBeFocused();
  await page.keyboard.type('sleuth');
  await page.keyboard.press('Enter');
  await expect(attached).toContainText('Sleuth’s reward'.replace('’', "'"));
  await expect(total).toHaveText('$13.50');
  // The field, its button, the code's remove button, shipping, and the way on.
  for (const name of ['Apply', 'Remove SLEUTH']) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name })).toBeFocused();
  }
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(cartOf(page).checkOut).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/demo/checkout/');
});

test('the last line gone, focus stays in the cart', async ({ page }) => {
  await open(page, CART, { CAB19: 1 });
  const { line, cart } = cartOf(page);
  await line('CAB19').getByRole('button', { name: /^Remove/ }).press('Enter');
  await expect(cart.getByText('Nothing in it yet.')).toBeVisible();
  await expect(cart.locator('[part="heading"]')).toBeFocused();
});

test('new totals are said once, when they stand still', async ({ page }) => {
  await open(page, CART, { CAB19: 6 });
  const { spoken, line } = cartOf(page);
  // What the first totals have to say is said before anything is counted.
  await expect(spoken).not.toBeEmpty();
  await page.evaluate(() => {
    const region = document.querySelector('farthing-cart').shadowRoot.querySelector('[role="status"]');
    window.said = [];
    new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  });
  const more = line('CAB19').getByRole('button', { name: 'One more' });
  // In one turn: on a busy machine a pause between two clicks of a driver is long enough to be spoken in.
  await more.evaluate((button) => { for (let presses = 0; presses < 6; presses += 1) button.click(); });
  await expect(spoken).toHaveText('Total $307.20. You save $76.80.');
  expect(await page.evaluate(() => window.said)).toEqual(['Total $307.20. You save $76.80.']);
});
