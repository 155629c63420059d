// P28: offers, and the pages of the edge that their mails lead to, shut nobody out: no fault that a machine finds, in any view.
import { expect, test } from '@playwright/test';
import { adminToken, url } from '../support/environment.mjs';
import { linkIn, nextMail } from '../support/mailbox.mjs';
import { faults, isAccessible } from './accessible.mjs';
import { buyerLink, demo, offersAre, ownPage, publish, ready, restoringTheStore, session } from './shop.mjs';

restoringTheStore();

const ALL = session(
  ['open', { endsAt: '2030-12-03T12:00:00Z' }],
  ['open', { sku: 'MOON', title: 'The Moonstone' }],
  ['notStarted', { sku: 'DECANT', title: 'Decanter' }],
  ['redeemed', { sku: 'PATIENT', title: 'Wine rack' }],
  ['withdrawn', { sku: 'RIO18', title: 'Rioja' }],
  ['ended', { sku: 'CAB19', title: 'Cabernet' }],
);
const STYLE = '<style>:root { color-scheme: light dark }</style>';
const ADMIN = { Authorization: `Bearer ${adminToken}` };
const someone = () => `buyer-${crypto.randomUUID()}@example.com`;

const add = (page) => page.locator('farthing-offers button').first();

for (const language of ['en', 'ar']) {
  for (const [kind, attributes] of Object.entries({ cards: 'link="l1.buyer"', 'a summary': 'link="l1.buyer" summary more-url="/offers"', 'a form': 'link="l1.dead"' })) {
    test(`offers as ${kind}, in ${language}`, async ({ page }) => {
      test.setTimeout(120_000);
      await offersAre(page, ALL);
      await ownPage(page, `${STYLE}<main><h1>Shop</h1><farthing-offers ${attributes}></farthing-offers></main>`, { language });
      await ready(page);
      await expect(page.locator('farthing-offers').locator('button, a').first()).toBeVisible();
      await isAccessible(page);
    });
  }
}

test('offers after a press that failed, and after one that was taken', async ({ page }) => {
  test.setTimeout(120_000);
  await offersAre(page, ALL);
  await ownPage(page, `${STYLE}<main><h1>Shop</h1><farthing-offers link="l1.buyer"></farthing-offers><farthing-cart></farthing-cart></main>`);
  await ready(page);
  await page.route(/\/v1\/(products|quotes)\?/, (route) => route.abort());
  await add(page).click();
  await expect(page.locator('farthing-offers').getByRole('alert').first()).not.toBeEmpty();
  await isAccessible(page);
  await page.unroute(/\/v1\/(products|quotes)\?/);
  await add(page).click();
  await expect(page.locator('farthing-offers [data-state="inCart"]')).toBeVisible();
  await isAccessible(page);
});

test('the page that confirms an address, before the click and after it', async ({ page, request }) => {
  test.setTimeout(120_000);
  const email = someone();
  await buyerLink(request, { email });
  await page.goto('/demo/offers/');
  await page.getByLabel('E-mail address of your purchase').fill(email);
  await page.getByRole('button', { name: 'Send me a link' }).click();
  const confirm = linkIn(await nextMail(email), `${url}/o/`);
  await page.goto(confirm);
  const button = page.getByRole('button', { name: 'Show my offers' });
  await expect(button).toBeVisible();
  await isAccessible(page);
  await button.click();
  await page.waitForURL('**/demo/offers/**');
  await page.goto(confirm);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(button).toHaveCount(0);
  await isAccessible(page);
});

test('the page that ends mails, before the click and after it, and the page of a link cut off', async ({ page, request }) => {
  test.setTimeout(120_000);
  const [email, sku, store] = [someone(), crypto.randomUUID(), demo()];
  store.products.push({ ...store.products[0], sku, title: 'A new edition' });
  await publish(request, store);
  await buyerLink(request, { email }, sku);
  const words = { subject: 'News of [shop]', body: 'Dear [name],\n\nyour book has a new edition:\n[download_link]\n\nYours, [shop]', products: [sku] };
  const { id } = await (await request.post(`${url}/admin/api/updates`, { headers: ADMIN, data: words })).json();
  const update = () => request.get(`${url}/admin/api/updates/${id}`, { headers: ADMIN }).then((answer) => answer.json());
  await expect.poll(async () => (await update()).progress.audience).toBe(1);
  await request.post(`${url}/admin/api/updates/${id}/send`, { headers: ADMIN });
  const leave = linkIn(await nextMail(email), `${url}/u/`);
  await page.goto(leave);
  await isAccessible(page);
  await page.getByRole('button', { name: 'No more news' }).click();
  await expect(page.getByText('You will get no more of these mails.')).toBeVisible();
  await isAccessible(page);
  await page.goto(`${leave}x`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link leads nowhere');
  await isAccessible(page);
});

test('the check sees words that are too faint, in an element as on a page', async ({ page }) => {
  await offersAre(page, ALL);
  await ownPage(page, `${STYLE}<main><h1>Shop</h1><farthing-offers link="l1.buyer"></farthing-offers></main>`);
  await ready(page);
  await expect(add(page)).toBeVisible();
  await page.evaluate(() => {
    const faint = new CSSStyleSheet();
    faint.replaceSync('.name { color: #ccc !important; background: #fff }');
    document.querySelector('farthing-offers').shadowRoot.adoptedStyleSheets.push(faint);
  });
  expect((await faults(page)).join()).toContain('color-contrast');
});
