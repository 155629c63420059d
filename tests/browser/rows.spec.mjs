// A click touches in the page what it changes, and nothing beside it: no other row, nothing written that was there already.
import { expect, test } from '@playwright/test';
import { CART, open } from './shop.mjs';

/** Ten lines: four of wine, short of a mixed case by two bottles, and six of other things. */
const TEN = { CAB19: 3, RIO18: 2, SAN22: 4, PX: 1, HOUNDS: 1, MOON: 2, SCARLET: 1, LEAVEN: 1, DECANT: 1, SIGN4: 1 };

/**
 * Presses "One more" on a line and tells what it touched: the rows that were written to, those that say something else now,
 * the places outside of rows, and what was written although it was there already.
 */
const press = (page, sku) => page.evaluate(async (sku) => {
  const root = document.querySelector('farthing-cart').shadowRoot;
  const rowOf = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest('[part="row"]')?.dataset.sku;
  const placeOf = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest('.head, .nudges, .coupon, .shipping, .totals, .total, .pay, [role="status"]')?.className;
  const says = () => Object.fromEntries([...root.querySelectorAll('[part="row"]')].map((row) => [row.dataset.sku, row.innerText + row.querySelector('input').value]));
  const still = () => new Promise((resolve) => setTimeout(resolve, 900));
  await still();
  const before = says();
  const records = [];
  const watch = new MutationObserver((list) => records.push(...list));
  watch.observe(root, { subtree: true, childList: true, characterData: true, characterDataOldValue: true, attributes: true, attributeOldValue: true });
  root.querySelector(`[data-sku="${sku}"] [aria-label="One more"]`).click();
  await still();
  watch.disconnect();
  const after = says();
  const isEmpty = ({ type, target, attributeName, oldValue }) =>
    (type === 'characterData' && target.data === oldValue) || (type === 'attributes' && target.getAttribute(attributeName) === oldValue);
  const unique = (list) => [...new Set(list)].sort();
  return {
    touched: unique(records.map(({ target }) => rowOf(target)).filter(Boolean)),
    changed: unique(Object.keys(after).filter((sku) => after[sku] !== before[sku])),
    places: unique(records.filter(({ target }) => !rowOf(target)).map(({ target }) => placeOf(target) ?? target.nodeName)),
    forNothing: records.filter(isEmpty).map(({ target, attributeName }) => `${attributeName ?? 'text'} of ${target.nodeName}`),
    writes: records.length,
  };
}, sku);

test('of ten lines only the one that was clicked is touched, and the totals', async ({ page }) => {
  await open(page, CART, TEN);
  const seen = await press(page, 'DECANT');
  expect(seen).toMatchObject({ touched: ['DECANT'], changed: ['DECANT'], forNothing: [] });
});

test('where a click completes a mixed case, the rows that it changes are touched, and no other', async ({ page }) => {
  await open(page, CART, TEN);
  await press(page, 'SAN22');
  const seen = await press(page, 'SAN22');
  expect(seen.touched).toEqual(seen.changed);
  expect(seen.forNothing).toEqual([]);
});

test('the check sees a row that is written to for nothing', async ({ page }) => {
  await open(page, CART, TEN);
  await page.evaluate(() => document.addEventListener('farthing:totals', () => {
    const name = document.querySelector('farthing-cart').shadowRoot.querySelector('[data-sku="MOON"] [part="name"]');
    name.firstChild.data = `${name.textContent}`;
  }));
  const seen = await press(page, 'DECANT');
  expect(seen).toMatchObject({ touched: ['DECANT', 'MOON'], changed: ['DECANT'], forNothing: ['text of #text'] });
});
