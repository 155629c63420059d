import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from './checks.mjs';

const scenario = { discounts: ['d'], limit: { type: 'perStore', orders: 2 }, total: 2, counters: 1, bound: 2 };

const text = (status, revision, ...applied) =>
  JSON.stringify({ status, revision, quote: { applied: applied.map((discount) => ({ discount })) } });

const counts = (uses) => JSON.stringify({ discounts: ['d', 'e'].map((id) => ({ id, uses })) });

const order = (reference, ...steps) => ({ reference, counter: 0, steps, hasKeys: true });

/** Three orders of a discount that may be used twice: reserved, paid, and too late. */
function run() {
  const [held, paid, none] = [text('reserved', 1, 'd'), text('committed', 2, 'd'), text('reserved', 1)];
  const operation = (from, status, told) => ({ from, to: from + 1, answers: [{ status, text: told }] });
  return {
    scenario,
    orders: [order('A'), order('B', 'commit'), order('C')],
    operations: new Map([
      ['A/reserve', operation(0, 201, held)],
      ['B/reserve', operation(2, 201, held)],
      ['B/commit', operation(4, 200, paid)],
      ['C/reserve', operation(6, 201, none)],
    ]),
    end: new Map([['A', held], ['B', paid], ['C', none]]),
    counts: counts({ held: 1, spent: 1 }),
    told: new Map([['A', JSON.parse(held)], ['B', JSON.parse(paid)], ['C', JSON.parse(none)]]),
  };
}

const failing = (changed) => check(changed).filter(({ faults }) => faults > 0).map(({ name }) => name);

/** The checks that fail once a good run is changed. */
function after(change) {
  const changed = run();
  change(changed);
  return failing(changed);
}

test('a good run', () => assert.deepEqual(failing(run()), []));

test('an answer that should not be', () => {
  const found = after(({ operations }) => (operations.get('B/commit').answers[0].status = 409));
  assert.deepEqual(found, ['every call got the answer it should']);
});

test('another answer to the same call', () => {
  const found = after(({ operations }) => operations.get('A/reserve').answers.push({ status: 201, text: text('reserved', 2, 'd') }));
  assert.deepEqual(found, ['no answer ever changed']);
});

test('a use that was given and is gone', () => {
  const found = after(({ end }) => end.set('B', text('committed', 2)));
  assert.ok(found.includes('no acknowledged use was lost'));
});

test('a payment that is gone', () => {
  const found = after(({ end }) => end.set('B', text('reserved', 1, 'd')));
  assert.ok(found.includes('no acknowledged use was lost'));
});

test('half of two discounts', () => {
  const found = after((run) => (run.scenario = { ...scenario, discounts: ['d', 'e'] }));
  assert.ok(found.includes('all discounts of an order or none'));
});

test('counts that say more or less than there is', () => {
  for (const uses of [{ held: 1, spent: 0 }, { held: 2, spent: 1 }]) {
    const found = after((run) => (run.counts = counts(uses)));
    assert.deepEqual(found, ['the limit was reached and not exceeded']);
  }
});

test('a refusal before the last use was taken', () => {
  const found = after(({ operations }) => Object.assign(operations.get('C/reserve'), { from: 0.5, to: 0.6 }));
  assert.deepEqual(found, ['the history is linearizable']);
});

test('an order that the database never heard of, or not the end of', () => {
  const name = 'every order reached the database as it stands';
  assert.deepEqual(after(({ told }) => told.delete('A')), [name]);
  assert.deepEqual(after(({ told }) => told.set('B', JSON.parse(text('reserved', 1, 'd')))), [name]);
});
