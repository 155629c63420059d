// How many wasm instructions a price takes: `cargo xtask fuel` runs this once the engine is built. It runs the very file
// that browsers get, in V8, with counters put in; see counted.mjs for what counts as one instruction.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { COUNTER, counted } from './counted.mjs';
import { checkCounter } from './known.mjs';
import { scenario } from './scenarios.mjs';

const PRICINGS = 100_000;
const WARM_UP = 3;

const built = new URL('../../dist/www/engine/', import.meta.url);
const folder = new URL('../../target/farthing/fuel/', import.meta.url);
mkdirSync(folder, { recursive: true });
copyFileSync(new URL('engine.js', built), new URL('engine.js', folder));
writeFileSync(new URL('engine_bg.wasm', folder), counted(readFileSync(new URL('engine_bg.wasm', built))));
process.env.FARTHING_ENGINE = folder.pathname;
const { AS_OF, exported, open } = await import('../bench/shop.mjs');

/**
 * What is counted: a method of `Shop` on a cart; at most so many instructions, or so many hundredths of another row's. A
 * method that the engine does not export yet is told and passed over.
 */
const rows = [
  { name: 'price 10 × 10', lines: 10, promotions: 10, method: 'price' },
  { name: 'price 10 × 100', lines: 10, promotions: 100, method: 'price', limit: 60_000 },
  { name: 'price 10 × 1,000', lines: 10, promotions: 1_000, method: 'price', limit: 300_000 },
  { name: 'price 100 × 1,000', lines: 100, promotions: 1_000, method: 'price', limit: 1_400_000 },
  { name: 'pad 9,990', lines: 10, promotions: 10, padding: 9_990, method: 'price', than: 'price 10 × 10', percent: 101 },
  { name: 'advise 10 × 1,000', lines: 10, promotions: 1_000, message: 'Buy', method: 'advise', than: 'price 10 × 1,000', percent: 150 },
];

/** A row's cart, and what calls its method on a cart and returns how many instructions that took. */
function start(row) {
  const { cart, ...rest } = scenario(row);
  const { shop, write } = open(rest);
  const call = (lines) => {
    write(lines);
    const before = exported[COUNTER].value;
    shop[row.method](lines.length, AS_OF);
    return Number(exported[COUNTER].value - before);
  };
  return { shop, cart, call };
}

/** Instructions of one call, the same each time once the workspace has grown to what this cart needs. */
function instructions({ cart, call }) {
  for (let left = WARM_UP; left > 0; left--) call(cart.lines);
  const count = call(cart.lines);
  assert.equal(call(cart.lines), count, 'the same cart takes the same instructions again');
  return count;
}

/** How many bytes the memory grows by over other carts, of one line to all of them, once it has seen each size. */
function growth({ cart, call }) {
  const price = (number) => {
    const lines = cart.lines.slice(0, 1 + (number % cart.lines.length));
    call(lines.map((line, at) => ({ ...line, qty: 1 + ((number * 7 + at) % 12) })));
  };
  for (let number = 0; number < cart.lines.length; number++) price(number);
  const before = exported.memory.buffer.byteLength;
  for (let number = 0; number < PRICINGS; number++) price(number);
  return exported.memory.buffer.byteLength - before;
}

const number = (value) => value.toLocaleString('en-US');
const line = (isKept, name, value, limit) =>
  console.log(`${isKept ? ' ' : '✗'} ${name.padEnd(20)} ${value.padStart(12)}  ${limit}`);

checkCounter();
console.log(`\n  ${'wasm instructions'.padEnd(20)} ${'counted'.padStart(12)}  limit`);
const counts = new Map();
let broken = 0;
for (const row of rows) {
  const { shop, ...started } = start(row);
  if (shop[row.method] === undefined) {
    line(true, row.name, '–', `the engine does not export \`${row.method}\` yet`);
    continue;
  }
  const count = instructions(started);
  counts.set(row.name, count);
  const base = counts.get(row.than);
  const limit = base === undefined ? row.limit : Math.floor((base * row.percent) / 100);
  const isKept = limit === undefined || count <= limit;
  const share = base === undefined ? '' : `  ${((count * 100) / base).toFixed(1)} %, at most ${row.percent} % of ${row.than}`;
  line(isKept, row.name, number(count), limit === undefined ? '' : `${number(limit)}${share}`);
  const grown = growth(started);
  line(grown === 0, '  memory', number(grown), `bytes more after ${number(PRICINGS)} carts`);
  broken += (isKept ? 0 : 1) + (grown === 0 ? 0 : 1);
  shop.free();
}
console.log(broken === 0 ? '\nevery limit is kept' : `\n${broken} ${broken === 1 ? 'limit is' : 'limits are'} broken`);
process.exitCode = broken === 0 ? 0 : 1;
