// What looks for leaks finds the planted ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, signaturesIn } from './search.mjs';

const SIGNATURE = 'kJ8-_'.padEnd(43, 'x');
const MAIL = `Hello,\nhttps://edge.example/o/n1.k1.eyJpZCI6IjEifQ.${SIGNATURE}\nonce, for 24 hours.`;

test('each link of a mail is known by its signature', () => {
  const other = MAIL.replace('n1.', 'l1.').replaceAll('kJ8', 'aB9');
  assert.deepEqual(signaturesIn([MAIL, other, MAIL]), [SIGNATURE, SIGNATURE.replace('kJ8', 'aB9')]);
  assert.deepEqual(signaturesIn(['upd_1 to mail/receipt at 1.2.3.4, http://x.y.z/']), []);
});

test('a link that was logged or stored is found, also when only its signature was', () => {
  const places = [['a file', 'SQLite format 3'], ['the log', `msg_1 could not be sent: 554 ${MAIL}`], ['a line', SIGNATURE]];
  assert.deepEqual(found([SIGNATURE], places), [[SIGNATURE, 'the log'], [SIGNATURE, 'a line']]);
  assert.deepEqual(found([SIGNATURE], places.slice(0, 1)), []);
});
