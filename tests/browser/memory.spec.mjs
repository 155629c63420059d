// A cart may be clicked in all day: the engine's memory, the page's own and its elements stay as many as they were.
import { expect, test } from '@playwright/test';
import { CART, cartOf, open } from './shop.mjs';

/** The engine has what it needs after this many clicks; the browser, which compiles what runs often, after some more. */
const [WARM, WARMER, ALL] = [100, 500, 1000];
/** What the browser itself may keep for each click, in bytes: less than any object that a click makes. */
const SLACK = 100;

/** Keeps the engine's memory, which the widget itself shows nobody. */
const keepMemory = (page) => page.addInitScript(() => {
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const make = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await make.apply(WebAssembly, given);
      const exported = Object.values((made.instance ?? made).exports);
      window.engine = exported.find((one) => one instanceof WebAssembly.Memory);
      return made;
    };
  }
});

/** One more, one less, and so on; what waits for a pause gets one now and then. */
const click = (page, times) => page.evaluate(async (times) => {
  const root = document.querySelector('farthing-cart').shadowRoot;
  const [more, less] = ['One more', 'One less'].map((label) => root.querySelector(`[data-sku="CAB19"] [aria-label="${label}"]`));
  for (let at = 0; at < times; at += 1) {
    (at % 2 === 0 ? more : less).click();
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (at % 50 === 49) await new Promise(requestAnimationFrame);
  }
  // The live region speaks once the totals stand still.
  await new Promise((resolve) => setTimeout(resolve, 900));
}, times);

async function measure(page, devtools) {
  for (let round = 0; round < 3; round += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (wanted) => metrics.find(({ name }) => name === wanted).value;
  const engine = await page.evaluate(() => window.engine.buffer.byteLength);
  return { engine, heap: usedSize, nodes: metric('Nodes'), listeners: metric('JSEventListeners') };
}

/** How much more there is of each at the end; of the browser's heap, for each click. */
async function growth(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.enable');
  await click(page, WARM);
  const warm = await measure(page, devtools);
  await click(page, WARMER - WARM);
  const warmer = await measure(page, devtools);
  await click(page, ALL - WARMER);
  const after = await measure(page, devtools);
  const grown = (name) => after[name] - warm[name];
  return {
    engine: grown('engine'),
    nodes: grown('nodes'),
    listeners: grown('listeners'),
    heap: (after.heap - warmer.heap) / (ALL - WARMER),
  };
}

test('1,000 clicks leave nothing behind', async ({ page }) => {
  test.setTimeout(90_000);
  await keepMemory(page);
  // Every click makes a discount come or go, and its rows.
  await open(page, CART, { CAB19: 11, HOUNDS: 2, RIO18: 1, MOON: 1 });
  const { heap, ...counted } = await growth(page);
  await expect(cartOf(page).line('CAB19').getByRole('spinbutton')).toHaveValue('11');
  expect(counted).toEqual({ engine: 0, nodes: 0, listeners: 0 });
  expect(heap).toBeLessThan(SLACK);
});

test('the check sees an object, a node, a listener and memory of the engine that each click leaves behind', async ({ page }) => {
  test.setTimeout(90_000);
  await keepMemory(page);
  await open(page, CART, { CAB19: 11 });
  await page.evaluate(() => {
    const left = [];
    let clicks = 0;
    document.addEventListener('farthing:cart-change', () => {
      const node = document.createElement('i');
      node.addEventListener('click', () => left.length);
      left.push(node, new Array(100).fill(0));
      if ((clicks += 1) % 200 === 0) window.engine.grow(1);
    });
  });
  const grown = await growth(page);
  expect(grown.engine).toBeGreaterThan(0);
  expect(grown.nodes).toBeGreaterThanOrEqual(ALL - WARM);
  expect(grown.listeners).toBeGreaterThanOrEqual(ALL - WARM);
  expect(grown.heap).toBeGreaterThan(SLACK);
});
