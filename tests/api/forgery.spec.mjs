// Quotes that nobody was given: signed as the edge signs, by who stole the secret, and as far as they get without it.
import { answer, expect, problem } from './calls.mjs';
import { BOTTLE, quoted, reserve, unique } from './checkout.mjs';
import { MINUTE, test } from './clockwork.mjs';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (token) => JSON.parse(Buffer.from(token.split('.')[2], 'base64url'));

/** A token that says `payload`, signed with the key `key` of a store. */
function forged(sign, payload, { key = 'k1', store = 'default', kind = 'q1' } = {}) {
  const message = `${kind}.${key}.${typeof payload === 'string' ? payload : encode(payload)}`;
  return `${message}.${sign(message, store)}`;
}

async function sell(request, server, quote) {
  return answer(await reserve(request, server, { reference: unique(), quote }));
}

test('only who has the secret can make a quote', async ({ request, server, sign, clock }) => {
  await clock(0);
  const payload = decode((await quoted(request, BOTTLE)).token);
  const invalid = problem(422, 'invalidQuote');
  // The test signs as the edge does, so what is refused below is refused for what it says.
  expect((await sell(request, server, forged(sign, { ...payload, nonce: 'ours' }))).status).toBe(201);
  for (const more of [{ key: 'k2' }, { store: 'second' }, { kind: 'c1' }, { kind: 'q2' }]) {
    expect(await sell(request, server, forged(sign, payload, more)), JSON.stringify(more)).toEqual(invalid);
  }
  for (const signature of ['', 'A'.repeat(43), sign('q1.k1.e30')]) {
    expect(await sell(request, server, `q1.k1.${encode(payload)}.${signature}`), signature).toEqual(invalid);
  }
});

test('a quote is over however it was signed', async ({ request, server, sign, clock }) => {
  const now = await clock(0);
  const payload = decode((await quoted(request, BOTTLE)).token);
  const of = (age) => forged(sign, { ...payload, asOf: new Date(now - age).toISOString() });
  expect((await sell(request, server, of(15 * MINUTE - 1))).status).toBe(201);
  for (const age of [15 * MINUTE, 16 * MINUTE, 1_000 * MINUTE]) {
    expect(await sell(request, server, of(age)), String(age)).toEqual(problem(410, 'quoteExpired'));
  }
});

test('what is signed and can not be read is refused', async ({ request, server, sign, clock }) => {
  await clock(0);
  const payload = decode((await quoted(request, BOTTLE)).token);
  const { cart, ...rest } = payload;
  const priced = { ...cart, lines: [{ ...cart.lines[0], price: '0.01' }] };
  for (const bad of ['', '%%%', 'AAAA', [], rest, { ...rest, cart: priced }, { ...payload, asOf: 'now' }]) {
    const reply = await sell(request, server, forged(sign, bad));
    expect(reply, JSON.stringify(bad)).toEqual(problem(422, 'invalidQuote'));
  }
});

test('the total that a quote names is a promise to be told of, not a price', async ({
  request,
  server,
  sign,
  clock,
}) => {
  await clock(0);
  const payload = decode((await quoted(request, BOTTLE)).token);
  const { body } = await sell(request, server, forged(sign, { ...payload, total: '0.01' }));
  expect(body).toMatchObject({ total: '32.00', changed: { reason: 'mismatch', before: '0.01', after: '32.00' } });
});
