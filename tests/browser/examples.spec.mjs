// The example pages: each works, shuts nobody out, and says nothing on the console.
import { expect, test } from '@playwright/test';
import { isAccessible } from './accessible.mjs';
import { cartOf, ready } from './shop.mjs';

const PAGES = ['', 'plain', 'strict-csp', 'host-cart', 'react', 'wordpress', 'events', 'themes'];

/** Opens an example and keeps what goes wrong in it. */
async function example(page, name) {
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => console.error(`policy: ${violatedDirective}`));
  });
  await page.goto(`/examples/${name}`);
  if (name) await ready(page);
  return faults;
}

const fill = (page, ...lines) => page.evaluate((lines) => window.Farthing.cart.set(lines), lines.map(([sku, quantity]) => ({ sku, quantity })));

test('the index leads to every page, and shows its source', async ({ page }) => {
  const faults = await example(page, '');
  const links = page.locator('dt a');
  expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual(PAGES.slice(1));
  await page.locator('summary').nth(3).click();
  await expect(page.locator('pre').nth(3)).toContainText('createRoot');
  await page.locator('summary').first().click();
  await expect(page.locator('pre').first()).toContainText('<farthing-price sku="CAB19">');
  for (const name of PAGES.slice(1)) expect((await page.request.get(`/examples/${name}`)).status(), name).toBe(200);
  expect(faults).toEqual([]);
});

test('plain HTML: a case goes in, and nothing moves while the widget arrives', async ({ page }) => {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/widget_bg.wasm', async (route) => { await held; await route.continue(); });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { window.shift += value; })).observe({ type: 'layout-shift', buffered: true });
  });
  const arrival = example(page, 'plain');
  await expect(page.locator('farthing-price')).toHaveText('$32.00');
  letGo();
  const faults = await arrival;
  await expect(page.locator('farthing-price [part="price"]')).toHaveText('was $36.00now $32.00');
  expect(await page.evaluate(() => window.shift)).toBe(0);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(cartOf(page).total).toHaveText('$307.20');
  await expect(page.locator('article farthing-message [part="message"]')).toHaveAttribute('data-state', 'applied');
  expect(faults).toEqual([]);
});

test('a strict policy: everything works, nothing is refused', async ({ page }) => {
  const faults = await example(page, 'strict-csp');
  for (const title of ['The Hounds of Baskerville', 'The Moonstone', 'The Leavenworth Case']) {
    await page.getByRole('button', { name: `Add ${title}`, exact: true }).click();
  }
  const { cart, code, total, attached } = cartOf(page);
  await expect(total).toHaveText('$39.00');
  await code.fill('SLEUTH');
  await code.press('Enter');
  await expect(attached).toBeVisible();
  await expect(cart.locator('[part="image"]').first()).toHaveJSProperty('complete', true);
  await expect(page.locator('.policy output')).toHaveText('0');
  expect(faults).toEqual([]);
});

test('a page’s own cart: its numbers are priced at every change, and are there next time', async ({ page }) => {
  const faults = await example(page, 'host-cart');
  const totals = page.locator('farthing-totals');
  const lines = () => page.evaluate(async () => (await window.Farthing.cart.get()).lines);
  await expect.poll(lines).toEqual([{ sku: 'BRUTNV', quantity: 1 }, { sku: 'PX', quantity: 1 }]);
  await page.getByLabel('2017 Late Bottled Vintage Port').fill('1');
  await expect(totals.locator('[part="amount"]')).toHaveText('$99.00');
  await expect(totals.locator('[part="discount"]')).toHaveText('After-dinner pair−$10.00');
  await page.reload();
  await ready(page);
  await expect(page.getByLabel('2017 Late Bottled Vintage Port')).toHaveValue('1');
  await expect.poll(lines).toHaveLength(3);
  await page.getByRole('button', { name: 'Order the hamper' }).click();
  await page.waitForURL('**/demo/checkout/');
  expect(faults).toEqual([]);
});

test('React: elements are components, the count is a hook', async ({ page }) => {
  const faults = await example(page, 'react');
  const add = page.getByRole('button', { name: 'Add Sancerre' });
  for (let bottle = 0; bottle < 6; bottle += 1) await add.click();
  await expect(page.getByRole('banner').getByRole('status')).toHaveText('6 bottles put aside');
  await expect(cartOf(page).total).toHaveText('$156.60');
  // What React takes out and puts back comes back with its message.
  await page.getByRole('button', { name: 'rich' }).click();
  await expect(page.getByRole('heading', { name: 'Sancerre' })).toBeHidden();
  await page.getByRole('button', { name: 'all' }).click();
  await expect(page.locator('farthing-message[sku="SAN22"] [part="message"]')).toHaveAttribute('data-state', 'applied');
  expect(faults).toEqual([]);
});

test('a loud theme: the cart keeps its own voice, and fits', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const faults = await example(page, 'wordpress');
  await page.getByRole('button', { name: 'Add Sancerre' }).click();
  await fill(page, ['SAN22', 6], ['HOUNDS', 1]);
  const { cart, checkOut, total } = cartOf(page);
  await expect(total).toHaveText('$172.60');
  for (const piece of [checkOut, cart.getByLabel('Discount code'), cart.locator('[part="name"]').first()]) {
    await expect(piece).toHaveCSS('letter-spacing', 'normal');
    await expect(piece).toHaveCSS('word-spacing', '0px');
    await expect(piece).toHaveCSS('text-shadow', 'none');
  }
  await expect(checkOut).toHaveCSS('background-color', 'rgb(163, 19, 10)');
  await expect(cart.locator('[part="name"]').first()).not.toHaveCSS('text-align', 'justify');
  const [outer, widest] = await cart.evaluate((host) => [
    host.getBoundingClientRect().right,
    Math.max(...[...host.shadowRoot.querySelectorAll('*')].map((element) => element.getBoundingClientRect().right)),
  ]);
  expect(widest).toBeLessThanOrEqual(outer + 1);
  expect(faults).toEqual([]);
});

test('the event inspector shows each event’s detail, as text', async ({ page }) => {
  const faults = await example(page, 'events');
  const log = page.locator('.log');
  for (const call of ['Add a bottle', 'Make it a case', 'Apply SAVE10', 'Check out']) {
    await page.getByRole('group', { name: 'Calls' }).getByRole('button', { name: call }).click();
    await expect(log.locator('li').first()).not.toBeEmpty();
  }
  const entry = log.locator('li', { hasText: 'farthing:coupon-applied' });
  await entry.locator('summary').click();
  await expect(entry.locator('pre')).toContainText('"status": "beaten"');
  await page.evaluate(() => document.dispatchEvent(new CustomEvent('farthing:error', { detail: { code: '<img src=x onerror=alert(1)>' } })));
  await expect(log.locator('img')).toHaveCount(0);
  await expect(log).toContainText('<img src=x');
  expect(faults).toEqual([]);
});

test('the theme playground wears a theme, turns a dial, and hands over the CSS', async ({ page }) => {
  const faults = await example(page, 'themes');
  const { checkOut, total } = cartOf(page);
  await expect(total).toHaveText('$323.20');
  for (const name of ['coupon', 'shipping', 'totals']) await expect(page.locator(`farthing-${name} [part="${name}"]`)).toBeVisible();
  const dials = () => page.locator('.dials [type="color"]').evaluateAll((all) => all.map(({ value }) => value));
  expect(await dials()).toEqual(['#000000', '#ffffff', '#000000', '#ffffff']);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('radio', { name: 'Cellar', exact: true }).check();
  await page.getByRole('radio', { name: /own colours/ }).check();
  await expect.poll(dials).toEqual(['#ffffff', '#000000', '#ffffff', '#16181b']);
  await page.emulateMedia({ colorScheme: 'light' });
  const css = page.getByLabel('Your CSS');
  for (const [theme, accent] of [['Cellar', 'rgb(123, 30, 43)'], ['Daylight', 'rgb(10, 107, 78)'], ['Midnight', 'rgb(240, 182, 74)']]) {
    await page.getByRole('radio', { name: theme, exact: true }).check();
    await expect(checkOut).toHaveCSS('background-color', accent);
    await expect(css).toHaveValue(await (await page.request.get(`/examples/themes/${theme.toLowerCase()}.css`)).text());
  }
  await page.getByLabel('Accent', { exact: true }).fill('#3a86ff');
  await expect(checkOut).toHaveCSS('background-color', 'rgb(58, 134, 255)');
  await expect(css).toHaveValue(/--farthing-accent: #3a86ff;/);
  expect(faults).toEqual([]);
});

for (const name of PAGES) {
  test(`no accessibility fault that a machine finds: ${name || 'index'}`, async ({ page }) => {
    test.setTimeout(120_000);
    await example(page, name);
    if (name) await fill(page, ['SAN22', 6], ['HOUNDS', 1]);
    if (await page.locator('farthing-cart').count()) await cartOf(page).cart.locator('summary').click();
    await isAccessible(page);
  });
}
