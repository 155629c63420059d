// The one script tag, on pages that have nothing else of ours.
import { expect, test } from '@playwright/test';
import { url } from '../support/environment.mjs';
import { KEY, apiRequests, cartOf, events, ownPage, ready } from './shop.mjs';

const BODY = `
  <farthing-price sku="RIO18">$22.00</farthing-price>
  <farthing-message sku="CAB19">Ask us about this bottle</farthing-message>
  <label>How many <input id="many" type="number" value="2"></label>
  <button data-farthing-add="RIO18" data-farthing-quantity="#many">Buy</button>
  <farthing-cart><a href="/order-by-mail">Order by mail</a><p slot="empty">Nothing yet. Have a look round.</p></farthing-cart>`;

test('one tag is all a page needs', async ({ page }) => {
  const requests = apiRequests(page);
  await ownPage(page, BODY);
  await ready(page);
  const { cart, total, line } = cartOf(page);
  await expect(page.locator('farthing-price [part="price"]')).toHaveText('was $22.00now $18.00');
  await expect(page.locator('farthing-message [part="message"]')).toHaveText('20% off when you buy a case');
  await expect(page.getByText('Order by mail')).toBeHidden();
  await expect(page.getByText('Nothing yet. Have a look round.')).toBeVisible();
  await page.getByRole('button', { name: 'Buy' }).click();
  await expect(line('RIO18').locator('[part="amount"]')).toHaveText('$36.00');
  await expect(total).toHaveText('$36.00');
  await expect(page.locator('farthing-confirmation')).toHaveText('Added to your cart: 2 × 2018 Rioja Reserva');
  await expect(cart.getByText('2 items')).toBeVisible();
  expect(requests).toEqual(['GET /v1/snapshot', 'GET /v1/products']);
});

test('the tag there twice loads once', async ({ page }) => {
  const loaded = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname.split('/').pop()));
  await ownPage(page, BODY, { tags: 2 });
  await ready(page);
  for (const file of ['widget.js', 'widget_bg.wasm', 'snapshot']) {
    expect(loaded.filter((name) => name === file), file).toHaveLength(1);
  }
  await expect(page.locator('farthing-confirmation')).toHaveCount(1);
});

test('what is asked before the widget is there waits for it', async ({ page }) => {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/widget_bg.wasm', async (route) => { await held; await route.continue(); });
  await ownPage(page, BODY);
  await page.waitForFunction(() => window.Farthing);
  const asked = page.evaluate(() => window.Farthing.cart.add('CAB19', 1));
  await page.getByRole('button', { name: 'Buy' }).click();
  letGo();
  expect(await asked).toMatchObject({ count: expect.any(Number) });
  await expect.poll(() => page.evaluate(() => window.Farthing.cart.get())).toEqual({
    count: 3, lines: [{ sku: 'CAB19', quantity: 1 }, { sku: 'RIO18', quantity: 2 }],
  });
});

test('what a page leaves for the script is called when it comes, and at once from then on', async ({ page }) => {
  const faults = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/embed.js', async (route) => { await held; await route.continue(); });
  const opened = ownPage(page, `${BODY}<script>
    window.Farthing ??= [];
    Farthing.push(() => { throw new Error('the page’s own'); });
    Farthing.push(async ({ cart, on }) => {
      on('totals', ({ total }) => { window.total = total; });
      await cart.add('RIO18', 3);
      Farthing.push(({ version }) => { window.version = version; });
    });
  </script>`);
  await page.waitForFunction(() => Array.isArray(window.Farthing));
  letGo();
  await opened;
  await expect.poll(() => page.evaluate(() => window.total)).toBe('54.00');
  expect(await page.evaluate(() => window.version === window.Farthing.version)).toBe(true);
  await page.getByRole('button', { name: 'Buy' }).click();
  await expect(cartOf(page).total).toHaveText('$90.00');
  expect(faults).toEqual(['the page’s own']);
});

test('on another origin of the store the widget works the same', async ({ page }) => {
  const other = url.replace('localhost', '127.0.0.1');
  test.skip(other === url, 'the Worker is not called localhost here');
  // A real page of that origin: a browser keeps pages that tests make up away from this machine's own addresses.
  await page.goto(`${other}/health`);
  await page.evaluate(([src, key, body]) => {
    document.body.innerHTML = body;
    const tag = document.createElement('script');
    Object.assign(tag, { src, async: true }).dataset.siteKey = key;
    document.head.append(tag);
  }, [`${url}/v1/embed.js`, KEY, BODY]);
  await ready(page);
  await expect(page.locator('farthing-price [part="price"]')).toHaveText('was $22.00now $18.00');
});

// Without its wasm alone it is priced by the edge: plain.spec.mjs.
for (const [what, pattern] of Object.entries({ scripts: /\/(widget|plain)\.js$/, rules: '**/v1/snapshot?*' })) {
  test(`without its ${what} the page still sells`, async ({ page }) => {
    await page.addInitScript(() => {
      document.addEventListener('farthing:error', (event) => { window.failure = event.detail; });
      document.addEventListener('click', (event) => { window.kept = event.defaultPrevented; });
    });
    await page.route(pattern, (route) => route.abort());
    await ownPage(page, BODY);
    await page.waitForFunction(() => window.failure);
    await expect(page.locator('farthing-price')).toHaveText('$22.00');
    await expect(page.getByText('Ask us about this bottle')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Order by mail' })).toBeVisible();
    await page.getByRole('button', { name: 'Buy' }).click();
    expect(await page.evaluate(() => window.kept)).toBe(false);
    expect(await page.evaluate(() => window.Farthing.ready.catch(() => 'refused'))).toBe('refused');
  });
}

test('the interface of scripts: lines, refusals with a code, events with contract JSON', async ({ page }) => {
  await ownPage(page, BODY);
  await ready(page);
  const heard = await events(page);
  const seen = await page.evaluate(async () => {
    const { cart } = window.Farthing;
    const code = (promise) => promise.then(() => 'accepted', (error) => `${error instanceof Error} ${error.code}`);
    const after = await cart.add('CAB19');
    return {
      after,
      updated: await cart.update('CAB19', 3),
      set: await cart.set([{ sku: 'HOUNDS', quantity: 2 }]),
      removed: await cart.remove('HOUNDS'),
      codes: [
        await code(cart.add('NO-SUCH')), await code(cart.add('CAB19', 1.5)), await code(cart.add('CAB19', -1)),
        await code(cart.add('CAB19', 100000)), await code(cart.update('CAB19', NaN)), await code(window.Farthing.applyCoupon('NOPE-1')),
        await code(cart.set([{ sku: 'CAB19', quantity: '2' }])),
      ],
      cleared: await cart.clear(),
    };
  });
  expect(seen).toEqual({
    after: { count: 1, lines: [{ sku: 'CAB19', quantity: 1 }] },
    updated: { count: 3, lines: [{ sku: 'CAB19', quantity: 3 }] },
    set: { count: 2, lines: [{ sku: 'HOUNDS', quantity: 2 }] },
    removed: { count: 0, lines: [] },
    codes: [
      'true unknownSku', 'true quantityOutOfRange', 'true quantityOutOfRange', 'true quantityOutOfRange',
      'true quantityOutOfRange', 'true unknownCode', 'true quantityOutOfRange',
    ],
    cleared: { count: 0, lines: [] },
  });
  const all = await heard();
  expect(all.filter(([name]) => name === 'cart-change').map(([, detail]) => detail.count)).toEqual([1, 3, 2, 0]);
  const totals = all.filter(([name]) => name === 'totals').map(([, detail]) => detail);
  expect(totals[1]).toMatchObject({ currency: 'USD', subtotal: '96.00', total: '96.00', digest: expect.stringMatching(/^sha256-/) });
});

test('a moved element keeps its view, a removed one lets go of it, a changed one follows', async ({ page }) => {
  await ownPage(page, `${BODY}<div id="elsewhere"></div>`);
  await ready(page);
  const price = page.locator('farthing-price [part="price"]');
  await expect(price).toHaveText('was $22.00now $18.00');
  const isSame = await page.evaluate(async () => {
    const element = document.querySelector('farthing-price');
    const before = element.shadowRoot.firstChild;
    document.querySelector('#elsewhere').append(element);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return element.shadowRoot.firstChild === before;
  });
  expect(isSame).toBe(true);
  await page.evaluate(() => document.querySelector('farthing-price').setAttribute('sku', 'HOUNDS'));
  await expect(price).toHaveText('$16.00', { useInnerText: true });
  await page.evaluate(() => {
    window.gone = document.querySelector('farthing-price');
    window.gone.remove();
  });
  await expect.poll(() => page.evaluate(() => window.gone.shadowRoot.textContent)).toBe('');
});
