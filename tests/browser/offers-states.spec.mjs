// Every state of `farthing-offers`, on a page of our own: the edge is played here, so that each can be had at will.
import { expect, test } from '@playwright/test';
import { faults } from './accessible.mjs';
import { speech } from '../../www/offers/words.js';
import { KEY, cartOf, offersAre, ownPage, ready, session } from './shop.mjs';

const ENDS = '2030-12-03T12:00:00Z';
const ALL = session(
  ['open', { endsAt: ENDS }],
  ['notStarted', { sku: 'DECANT', title: 'Decanter' }],
  ['redeemed', { sku: 'PATIENT', title: 'Wine rack' }],
  ['withdrawn', { sku: 'RIO18', title: 'Rioja' }],
  ['ended', { sku: 'CAB19', title: 'Cabernet' }],
);
const SESSION = /\/v1\/offers\/session\?/;
const ELEMENT = '<farthing-offers link="l1.buyer"><b>Fallback</b></farthing-offers>';
const SAID = {
  open: 'Until December 3, 2030',
  notStarted: 'This offer has not begun yet.',
  redeemed: 'You have already used this offer.',
  withdrawn: 'which was called off',
  ended: 'This offer is over.',
};

const offers = (page) => page.locator('farthing-offers');
const add = (page) => page.getByRole('button', { name: /^Add to cart at/ });

async function shown(page, answer, body = ELEMENT) {
  await offersAre(page, answer);
  await ownPage(page, body);
  await ready(page);
}

test('each state is told in words, and only an open offer has a button', async ({ page }) => {
  await shown(page, ALL);
  for (const [state, words] of Object.entries(SAID)) {
    await expect(offers(page).locator(`[data-state="${state}"]`)).toContainText(words);
  }
  await expect(add(page)).toHaveCount(1);
  expect(await faults(page, 'farthing-offers')).toEqual([]);
});

test('while the edge is asked, its place is kept and the page’s own words are not shown twice', async ({ page }) => {
  let answer;
  await page.route(SESSION, (route) => (answer = () => route.fulfill({ json: ALL })));
  await ownPage(page, ELEMENT);
  const waiting = offers(page).locator('[aria-busy="true"]');
  await expect(waiting).toBeVisible();
  expect((await waiting.boundingBox()).height).toBeGreaterThan(100);
  answer();
  await expect(add(page)).toBeVisible();
});

test('where the edge can’t be had, once more is a click away', async ({ page }) => {
  await page.route(SESSION, (route) => route.abort());
  await ownPage(page, ELEMENT);
  await expect(offers(page)).toContainText('We couldn’t reach the shop.');
  expect(await faults(page, 'farthing-offers')).toEqual([]);
  await page.unroute(SESSION);
  await offersAre(page, ALL);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(add(page)).toBeVisible();
});

test('an offer that can’t be put in says so beside its button', async ({ page }) => {
  await shown(page, session(['open', { sku: 'SCARLET' }]));
  await page.route(/\/v1\/(products|quotes)\?/, (route) => route.abort());
  await add(page).click();
  await expect(offers(page).getByRole('alert')).toContainText('We couldn’t reach the shop.');
  await expect(add(page)).toBeFocused();
});

test('asking too often is told as that', async ({ page }) => {
  await page.route(/\/v1\/offers\/links\?/, (route) => route.fulfill({ status: 429, json: { code: 'tooManyRequests', detail: 'wait' } }));
  await shown(page, ALL, '<farthing-offers link="l1.dead"></farthing-offers>');
  await expect(offers(page)).toContainText('This link works no longer.');
  await page.getByLabel('E-mail address').fill('ada@example.com');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(offers(page).getByRole('alert')).toContainText('Wait a few minutes');
});

test('who asks again because the answer got lost asks by the same key, and for another address by another', async ({ page }) => {
  const keys = [];
  await page.route(/\/v1\/offers\/links\?/, (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    return keys.length < 4 ? route.abort() : route.fulfill({ status: 202, json: { status: 'accepted' } });
  });
  await shown(page, ALL, '<farthing-offers link="l1.dead"></farthing-offers>');
  for (const [at, email] of ['ada@example.com', 'ada@example.com', 'bob@example.com', 'bob@example.com'].entries()) {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await expect.poll(() => keys.length).toBe(at + 1);
    if (at < 3) await expect(offers(page).getByRole('alert')).not.toBeEmpty();
  }
  await expect(offers(page).getByRole('status')).not.toBeEmpty();
  const [first, second, third, fourth] = keys;
  expect([second, fourth]).toEqual([first, third]);
  expect(new Set(keys).size).toBe(2);
  expect(first).toMatch(/^[\d-]{7,64}$/);
});

test('attributes may come late and change', async ({ page }) => {
  await shown(page, ALL, '<farthing-offers><b>Fallback</b></farthing-offers>');
  await expect(page.getByText('Fallback')).toBeVisible();
  await page.evaluate(() => document.querySelector('farthing-offers').setAttribute('link', 'l1.buyer'));
  await expect(add(page)).toBeVisible();
  await page.evaluate(() => document.querySelector('farthing-offers').toggleAttribute('summary', true));
  await expect(page.getByRole('link', { name: 'Learn more' })).toBeVisible();
});

test('once the widget is taken out, the page’s own words stay', async ({ page }) => {
  await shown(page, ALL);
  await expect(add(page)).toBeVisible();
  await page.evaluate(() => window.Farthing.destroy());
  await page.evaluate(() => (location.hash = 'farthing-link=l1.buyer'));
  await expect(page.getByText('Fallback')).toBeVisible();
});

test('put in, taken out, and open again', async ({ page }) => {
  await shown(page, session(['open']), `${ELEMENT}<farthing-cart></farthing-cart>`);
  await add(page).click();
  await expect(offers(page).locator('.state')).toBeFocused();
  await expect(cartOf(page).total).toHaveText('$10.50');
  await page.evaluate(() => window.Farthing.cart.remove('SCARLET'));
  await expect(add(page)).toBeVisible();
});

for (const [kind, body] of [['with the engine', '<farthing-cart></farthing-cart>'], ['without', '<farthing-price sku="RIO18"></farthing-price>']]) {
  test(`an offer whose token the edge can’t read leaves the cart at the checkout, ${kind}`, async ({ page }) => {
    await ownPage(page, body);
    await ready(page);
    const { offers: [unreadable] } = session(['open']);
    const answer = await page.evaluate(async ([key, offer]) => {
      const cart = { lines: [{ id: 'SCARLET', sku: 'SCARLET', quantity: 1 }], codes: [], offers: [offer] };
      const newValue = JSON.stringify({ cart, coupons: [] });
      window.dispatchEvent(new StorageEvent('storage', { key: `farthing:${key}`, newValue }));
      while ((await window.Farthing.cart.get()).count === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      return window.Farthing.checkout({ navigate: false });
    }, [KEY, unreadable]);
    expect(answer.quote.total).toBe('14.00');
    if (kind === 'with the engine') expect(answer.changed).toEqual({ reason: 'withdrawn', before: '10.50', after: '14.00' });
  });
}

test('says everything in every language of the widget', () => {
  const { names, say: english } = speech('en');
  for (const language of ['es', 'fr-CA', 'de', 'ja', 'ar']) {
    const { say } = speech(language);
    for (const name of names) expect.soft(say(name, '1'), `${language} ${name}`).not.toBe(english(name, '1'));
  }
  expect(speech('nl').tag).toBe('en');
});
