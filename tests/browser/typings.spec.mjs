// What editors are told is what runs: each list is compared both ways, so that a name missing at either end fails.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { cartOf, events, offersAre, ownPage, ready, session } from './shop.mjs';

const root = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path) => readFileSync(root(path), 'utf8');
const docs = read('docs/embed.md');
const { modules: [{ declarations, exports }] } = JSON.parse(read('www/custom-elements.json'));

const names = (list = []) => list.map(({ name }) => name).sort();
const ordered = (list) => [...new Set(list)].sort();
const byTag = (tell) => Object.fromEntries(declarations.map((element) => [element.tagName, tell(element)]));

const BODY = `
  <farthing-price sku="RIO18"></farthing-price>
  <farthing-message sku="CAB19"></farthing-message><farthing-message service="ground"></farthing-message>
  <farthing-cart image-url="/demo/art/{sku}.svg" checkout-url="#checkout"></farthing-cart>
  <farthing-totals></farthing-totals><farthing-coupon></farthing-coupon><farthing-shipping></farthing-shipping>
  <farthing-offers link="l1.buyer"></farthing-offers><farthing-offers link="l1.dead"></farthing-offers>
  <farthing-offers link="l1.buyer" summary more-url="#offers"></farthing-offers>`;

/** A page with every element, a discount, an attached code and a shipping service. */
async function everything(page) {
  await page.addInitScript(() => {
    window.asked = {};
    for (const method of ['getAttribute', 'hasAttribute']) {
      const ask = Element.prototype[method];
      Element.prototype[method] = function noted(name) {
        if (this.localName.startsWith('farthing-')) (window.asked[this.localName] ??= []).push(name);
        return ask.call(this, name);
      };
    }
  });
  await offersAre(page, session(['open'], ['redeemed', { sku: 'PATIENT' }]));
  await ownPage(page, BODY);
  await ready(page);
  for (const shown of ['.offer', 'form', 'a']) await expect(page.locator(`farthing-offers ${shown}`).first()).toBeVisible();
  await page.evaluate(() => window.Farthing.cart.set([{ sku: 'CAB19', quantity: 12 }]));
  const { code } = cartOf(page);
  await code.fill('SAVE10');
  await code.press('Enter');
  await page.locator('farthing-cart summary').click();
  await page.locator('farthing-cart').getByLabel('Ground, 4–6 days').check();
}

/** Compiles one file with `www/farthing.d.ts` beside it; what the compiler says. */
function compile(info, name, text) {
  const file = info.outputPath(name);
  writeFileSync(file, text.replaceAll('FARTHING', root('www/farthing')));
  const flags = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--module', 'preserve', '--jsx', 'react-jsx', '--types', ''];
  const { stdout } = spawnSync(process.execPath, [root('node_modules/typescript/bin/tsc'), ...flags, file], { encoding: 'utf8' });
  return stdout;
}

const same = (type, keys) => `{ const same: Same<keyof ${type}, ${keys.map((key) => `'${key}'`).join(' | ')}> = true; }`;
const SAME = `import type { Farthing as Api, FarthingDetails, FarthingElements } from 'FARTHING';
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;\n`;

test('window.Farthing has exactly the names of farthing.d.ts', async ({ page }, info) => {
  await ownPage(page, '');
  await ready(page);
  const [all, cart, ...rest] = await page.evaluate(() => {
    const { Farthing } = window;
    return [Farthing, Farthing.cart, Farthing.customer, Farthing.offers].map(Object.keys);
  });
  const types = ['Api', "Api['cart']", "Api['customer']", "Api['offers']"];
  const sample = (...lists) => SAME + types.map((type, index) => same(type, lists[index])).join('\n');
  expect(compile(info, 'names.ts', sample(all, cart, ...rest))).toBe('');
  // The comparison itself: one name less, or one more, is told.
  expect(compile(info, 'less.ts', sample(all.slice(1), cart, ...rest))).toContain("'true' is not assignable to type 'false'");
  expect(compile(info, 'more.ts', sample(all, [...cart, 'price'], ...rest))).toContain("'true' is not assignable to type 'false'");
});

test('events and elements of farthing.d.ts are those of the manifest', ({}, info) => {
  const told = declarations.flatMap((element) => names(element.events)).map((name) => name.replace('farthing:', ''));
  expect(compile(info, 'lists.ts', SAME + same('FarthingDetails', told) + same('FarthingElements', names(exports)))).toBe('');
  for (const element of declarations) {
    const keys = names(element.attributes);
    expect(names(element.members)).toEqual((element.attributes ?? []).map(({ fieldName }) => fieldName).sort());
    for (const { attribute, name } of element.members ?? []) expect(attribute.replace(/-./, ([, letter]) => letter.toUpperCase())).toBe(name);
    expect(compile(info, `${element.tagName}.ts`, SAME + same(`FarthingElements['${element.tagName}']`, keys).replace(', >', ', never>')), element.tagName).toBe('');
  }
});

test('a page’s script, and a React component, are understood', ({}, info) => {
  expect(compile(info, 'page.ts', `
    import type { FarthingError } from 'FARTHING';
    const off: () => void = Farthing.on('totals', ({ total, lines }, event) => console.info(total, lines[0]?.sku, event.detail.saving));
    document.addEventListener('farthing:before-checkout', (event) => { event.preventDefault(); console.info(event.detail.token); });
    window.Farthing ??= [];
    Farthing.push(async ({ cart }) => (await cart.get()).count.toFixed());
    window.Farthing.cart.add('CAB19', 12).then(({ count }) => count.toFixed(), ({ code }: FarthingError) => code);
    document.querySelector('farthing-cart')?.setAttribute('checkout-url', '/pay');
    document.querySelector('farthing-cart')!.imageUrl = '/art/{sku}.svg';
    const asks: boolean = document.createElement('farthing-offers').ask;
    // @ts-expect-error: there is no such property.
    document.createElement('farthing-price').price = '1.00';`)).toBe('');
  expect(compile(info, 'shop.tsx', `
    import 'FARTHING';
    export const cart = <farthing-cart checkout-url="/pay" className="panel"><h2 slot="heading">Basket</h2></farthing-cart>;
    // @ts-expect-error: prices come from the store.
    export const price = <farthing-price sku="CAB19" price="1.00" />;`)).toBe('');
});

test('the elements of the manifest are those that are defined', async ({ page }) => {
  await page.addInitScript(() => {
    window.defined = [];
    const { define } = customElements;
    customElements.define = function note(name, ...more) { window.defined.push(name); return define.call(this, name, ...more); };
  });
  await ownPage(page, '');
  await ready(page);
  expect(ordered(await page.evaluate(() => window.defined))).toEqual(names(exports));
  expect(declarations.map(({ tagName }) => tagName).sort()).toEqual(names(exports));
  for (const { tagName } of declarations) expect(docs).toContain(`\`${tagName}\``);
});

test('attributes, parts and slots of the manifest are those in use', async ({ page }) => {
  await everything(page);
  await page.evaluate(() => window.Farthing.checkout({ navigate: false }));
  const used = await page.evaluate(() => {
    const found = {};
    for (const host of document.querySelectorAll('*')) {
      if (!host.localName.startsWith('farthing-')) continue;
      const tell = (found[host.localName] ??= { attributes: window.asked[host.localName] ?? [], parts: [], slots: [] });
      for (const element of host.shadowRoot?.querySelectorAll('[part]') ?? []) tell.parts.push(...element.part);
      for (const slot of host.shadowRoot?.querySelectorAll('slot[name]') ?? []) tell.slots.push(slot.name);
    }
    return found;
  });
  const inUse = (list) => Object.fromEntries(Object.entries(used).map(([tag, found]) => [tag, ordered(found[list])]));
  expect.soft(inUse('attributes')).toEqual(byTag(({ attributes }) => names(attributes)));
  expect.soft(inUse('slots')).toEqual(byTag(({ slots }) => names(slots).filter(Boolean)));
  expect.soft(inUse('parts')).toEqual(byTag(({ cssParts }) => names(cssParts)));
  const [, listed] = docs.match(/^Parts: (.*?)\.$/ms);
  expect(ordered(listed.match(/[\w-]+/g))).toEqual(ordered(declarations.flatMap(({ cssParts }) => names(cssParts))));
});

test('custom properties of the manifest are those that the style sheets read', () => {
  const sheets = readdirSync(root('crates/widget/style')).map((sheet) => read(`crates/widget/style/${sheet}`)).join('');
  const inUse = ordered(sheets.match(/--farthing-[\w-]+/g));
  for (const { cssProperties, tagName } of declarations) expect(names(cssProperties), tagName).toEqual(inUse);
  expect(ordered([...docs.matchAll(/^\| `(--[\w-]+)` \|/gm)].map(([, name]) => name))).toEqual(inUse);
  // A theme sets all of them, and nothing else of ours.
  for (const theme of readdirSync(root('www/examples/themes'))) {
    expect(ordered(read(`www/examples/themes/${theme}`).match(/--farthing-[\w-]+/g)), theme).toEqual(inUse);
  }
});

test('events of the manifest are those that are dispatched, and no others', async ({ page }) => {
  await page.addInitScript(() => {
    window.told = [];
    const { dispatchEvent } = EventTarget.prototype;
    EventTarget.prototype.dispatchEvent = function note(event) { window.told.push(event.type); return dispatchEvent.call(this, event); };
  });
  await everything(page);
  await events(page);
  await page.evaluate(async () => {
    const { Farthing } = window;
    await Farthing.applyCoupon('NO-SUCH').catch(() => {});
    await Farthing.cart.add('NO-SUCH').catch(() => {});
    await Farthing.cart.set([{ sku: 'HOUNDS', quantity: 1 }]);
    Farthing.on('before-checkout', (_, event) => event.preventDefault());
    await Farthing.checkout();
  });
  const told = ordered((await page.evaluate(() => window.told)).filter((name) => name.startsWith('farthing:')));
  expect(told).toEqual(ordered(declarations.flatMap((element) => names(element.events))));
  expect(ordered([...docs.matchAll(/^\| (`farthing:.*?) \|/gm)].flatMap(([, cell]) => cell.match(/farthing:[\w-]+/g)))).toEqual(told);
});

test('both files are served, as text and as JSON', async ({ request }) => {
  const [types, manifest] = [await request.get('/farthing.d.ts'), await request.get('/custom-elements.json')];
  expect([types.headers()['content-type'], await types.text()]).toEqual(['text/plain; charset=utf-8', read('www/farthing.d.ts')]);
  expect([manifest.headers()['content-type'], await manifest.text()]).toEqual([expect.stringContaining('application/json'), read('www/custom-elements.json')]);
});
