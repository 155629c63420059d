// The counter's own test: a function whose instructions can be counted by hand.
import assert from 'node:assert/strict';

import { COUNTER, counted } from './counted.mjs';

/** Adds up the numbers from `n` down to 1 with a loop of nine counted instructions; five more are executed once. */
const CODE = [
  ...[0x03, 0x40], // loop
  ...[0x20, 1, 0x20, 0, 0x6a, 0x21, 1], // local.get, local.get, i32.add, local.set
  ...[0x20, 0, 0x41, 1, 0x6b, 0x22, 0], // local.get, i32.const, i32.sub, local.tee
  ...[0x0d, 0, 0x20, 1, 0x21, 1, 0x0b], // br_if, and once the loop is left: local.get, local.set, end
  ...[0x01, 0x20, 1, 0x41, 0, 0x6a, 0x0b], // nop, local.get, i32.const, i32.add, end
];

const MODULE = [
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f], // one type: a number to a number
  ...[3, 2, 1, 0], // one function of it
  ...[6, 6, 1, 0x7f, 1, 0x41, 0, 0x0b], // one global
  ...[7, 7, 1, 3, 0x73, 0x75, 0x6d, 0, 0], // exported as `sum`
  ...[10, CODE.length + 6, 1, CODE.length + 4, 1, 1, 0x7f, 0x01, ...CODE], // one local, a nop
];

/** Throws unless the instructions of a known module are counted right. */
export function checkCounter() {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(counted(Uint8Array.from(MODULE))));
  for (const n of [1, 10, 1_000]) {
    const before = exports[COUNTER].value;
    assert.equal(exports.sum(n), (n * (n + 1)) / 2);
    assert.equal(exports[COUNTER].value - before, BigInt(9 * n + 5), `a loop of ${n} rounds`);
  }
}
