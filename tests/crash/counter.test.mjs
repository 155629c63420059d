import assert from 'node:assert/strict';
import { test } from 'node:test';
import { impossible } from './counter.mjs';

const operation = (does, from, to, told) => ({ does, from, to, told });

test('one after the other', () => {
  const history = [
    operation('take', 0, 1),
    operation('be refused', 2, 3),
    operation('give back held', 4, 5),
    operation('take', 6, 7),
    operation('spend', 8, 9),
    operation('read', 10, 11, { held: 0, spent: 1 }),
    operation('give back spent', 12, 13),
    operation('read', 14, 15, { held: 0, spent: 0 }),
  ];
  assert.equal(impossible(history, 1), null);
});

test('at the same time, whichever way round is right', () => {
  const history = [operation('be refused', 0, 2), operation('take', 1, 3), operation('take', 4, 6), operation('give back held', 5, 7)];
  assert.equal(impossible(history, 1), null);
});

test('an operation may happen long before its answer', () => {
  const history = [operation('take', 0, 9), operation('be refused', 2, 3), operation('read', 4, 5, { held: 1, spent: 0 })];
  assert.equal(impossible(history, 1), null);
});

test('one use too many', () => {
  const history = [operation('take', 0, 2), operation('take', 1, 3)];
  assert.equal(impossible(history, 1), history[1]);
  assert.equal(impossible(history, 2), null);
});

test('a use that was refused though it was left', () => {
  const refused = operation('be refused', 2, 3);
  assert.equal(impossible([operation('take', 0, 1), refused], 2), refused);
});

test('a use that was lost', () => {
  const read = operation('read', 2, 3, { held: 0, spent: 0 });
  assert.equal(impossible([operation('take', 0, 1), read], 2), read);
});

test('a use that came back twice', () => {
  const history = [operation('take', 0, 1), operation('give back held', 2, 4), operation('give back held', 3, 5)];
  assert.equal(impossible(history, 2), history[2]);
});

test('an answer from the past', () => {
  const late = operation('read', 2, 3, { held: 0, spent: 0 });
  const early = { ...late, from: 0.5 };
  assert.equal(impossible([operation('take', 0, 1), late], 2), late);
  assert.equal(impossible([operation('take', 0, 1), early], 2), null);
});

test('what ends before the answer comes too late for it', () => {
  const read = operation('read', 3, 4, { held: 1, spent: 0 });
  const history = [operation('take', 0, 1), operation('spend', 2, 8), read, operation('read', 5, 6, { held: 0, spent: 1 })];
  assert.equal(impossible(history, 1), null);
  const again = operation('read', 7, 9, { held: 1, spent: 0 });
  assert.equal(impossible([...history, again], 1), again);
});

test('a long history of many clients is soon told', () => {
  const history = Array.from({ length: 3000 }, (_, number) => operation('take', number, number + 8.5));
  const refused = operation('be refused', 2990.1, 2990.2);
  assert.equal(impossible([...history, refused], 3000), refused);
});
