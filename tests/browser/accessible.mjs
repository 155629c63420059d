// No fault that a machine finds, however a page is looked at.
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';

/** Width, colours and direction. A page of 1280 at 200 % is one of 640. */
const VIEWS = [
  [390, 'light', 'ltr'],
  [390, 'dark', 'rtl'],
  [640, 'light', 'ltr'],
  [640, 'dark', 'rtl'],
  [1280, 'dark', 'ltr'],
  [1280, 'light', 'rtl'],
];

/** What axe finds in the page, or in what a selector finds there. */
export async function faults(page, within) {
  const axe = new AxeBuilder({ page });
  const { violations } = await (within ? axe.include(within) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat()).join(', ')}`);
}

/** The page as it stands, looked at in every way: nothing that axe finds, and nothing wider than the page. */
export async function isAccessible(page) {
  for (const [width, colorScheme, dir] of VIEWS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate((dir) => { document.documentElement.dir = dir; }, dir);
    const view = `${width} ${colorScheme} ${dir}`;
    expect(await faults(page), view).toEqual([]);
    const spill = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(spill, `${view}, wider than the page`).toBe(0);
  }
}
