// Random carts: the same bytes in must give the same digest out, natively, in a browser and on the Worker.
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { BrowserEngine, WorkerEngine } from './support/engines.mjs';
import { cartQuotes, carts } from './support/environment.mjs';

/** How many disagreements are worth reading. */
const SHOWN = 5;

const lines = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean);

/** A quote by its digest, a refusal by its code. */
const outcome = (answer) => answer.digest ?? `refused: ${answer.code}`;

/** The top-level fields in which two answers differ. */
function differing(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

/** How many answers differ, and where: the line of the input, which can then be priced by hand. */
function disagreements(native, other) {
  const lines = native.flatMap((quote, index) => (outcome(quote) === outcome(other[index]) ? [] : [index]));
  const shown = lines.slice(0, SHOWN);
  return { count: lines.length, first: shown.map((index) => `line ${index + 1}: ${differing(native[index], other[index])}`) };
}

test.describe('random carts', () => {
  let inputs;
  let native;

  test.beforeAll(() => {
    inputs = lines(carts);
    native = lines(cartQuotes).map((line) => JSON.parse(line));
  });

  test('are many, and nearly all can be priced', () => {
    expect(inputs.length).toBe(Number(process.env.CARTS ?? 2_000));
    expect(native.length).toBe(inputs.length);
    expect(new Set(native.map(outcome)).size).toBeGreaterThan(inputs.length / 2);
    expect(native.filter((quote) => quote.digest).length).toBeGreaterThan(inputs.length * 0.9);
  });

  test('have one digest, natively and in a browser', async ({ browser }) => {
    const engine = await BrowserEngine.open(browser);
    const quotes = await engine.quoteAll(inputs);
    await engine.close();
    expect(disagreements(native, quotes)).toEqual({ count: 0, first: [] });
  });

  test('have one digest, natively and on the Worker', async () => {
    const quotes = await new WorkerEngine().quoteAll(inputs);
    expect(disagreements(native, quotes)).toEqual({ count: 0, first: [] });
  });
});
