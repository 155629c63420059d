// How many wrong codes an address may try, and a customer.
import {
  answer,
  demo,
  each,
  expect,
  fromElsewhere,
  importStore,
  problem,
  restore,
  sendJson,
  test,
  withKey,
} from './calls.mjs';
import { BOTTLE, unique } from './checkout.mjs';

const CHECK = withKey('/v1/coupons/check');
const QUOTES = withKey('/v1/quotes');
// Thousands of calls, of which none is worth a look.
test.use({ trace: 'off' });

const POLICY = '"codes";q=10;w=600';

/** The two ways to try a code. */
const WAYS = {
  'checking a code': (request, code, more = {}, headers = {}) =>
    sendJson(request, CHECK, { code, ...more }, { headers }),
  'quoting a cart': (request, code, more = {}, headers = {}) =>
    sendJson(request, QUOTES, { ...BOTTLE, codes: [code], ...more }, { headers }),
};

/** What an answer says of how many are left. */
function limits(response) {
  const { 'ratelimit-policy': policy, ratelimit, 'retry-after': after } = response.headers();
  const [, remaining, seconds] = /^"codes";r=(\d+);t=(\d+)$/.exec(ratelimit ?? '') ?? [];
  return { policy, remaining: Number(remaining), seconds: Number(seconds), after: after && Number(after) };
}

/** All of an answer but the time. */
async function bytes(response) {
  const { date, ratelimit, 'retry-after': after, ...headers } = response.headers();
  const text = (await response.text()).replace(/\d+ seconds/, 'N seconds');
  return JSON.stringify([response.status(), ratelimit.replace(/t=\d+/, 't=N'), headers, text]);
}

async function exhaust(request, attempt, more = {}, headers = {}) {
  for (let at = 0; at < 10; at += 1) await attempt(request, `WRONG${at}`, more, headers);
}

for (const [name, attempt] of Object.entries(WAYS)) {
  test.describe(name, () => {
    const many = name === 'checking a code' ? 1_000 : 150;

    test(`${many} wrong codes get ten answers, and one refusal`, async ({ request }) => {
      test.setTimeout(90_000);
      const told = [];
      for (let at = 0; at < 10; at += 1) {
        const response = await attempt(request, `GUESS${at}`);
        const { policy, remaining, seconds, after } = limits(response);
        told.push([response.status() < 429, policy, remaining, after]);
        expect(seconds).toBeGreaterThan(580);
        expect(seconds).toBeLessThanOrEqual(600);
      }
      expect(told).toEqual(Array.from({ length: 10 }, (_, at) => [true, POLICY, 9 - at, undefined]));
      const refusals = new Set();
      const guesses = Array.from({ length: many - 10 }, (_, at) => `GUESS${10 + at}`);
      await each(guesses, async (guess) => refusals.add(await bytes(await attempt(request, guess))));
      // A code that there is, typed for the first time, is refused like all the others.
      refusals.add(await bytes(await attempt(request, 'SAVE10')));
      expect(refusals.size).toBe(1);
      const last = await attempt(request, 'GUESS-LAST');
      expect(await answer(last)).toEqual(problem(429, 'tooManyWrongCodes'));
      const { policy, remaining, seconds, after } = limits(last);
      expect([policy, remaining, after]).toEqual([POLICY, 0, seconds]);
      expect(last.headers()['cache-control']).toBe('no-store');
    });

    test('a code that was told is told again, and so is a wrong one', async ({ request }) => {
      const before = await attempt(request, 'SAVE10');
      expect([before.status(), limits(before).remaining]).toEqual([200, 10]);
      await exhaust(request, attempt);
      for (const code of ['SAVE10', ' save10 ', 'WRONG3', 'wrong3']) {
        expect((await attempt(request, code)).status(), code).not.toBe(429);
      }
      expect((await attempt(request, 'SAVE10')).status()).toBe(200);
      expect((await attempt(request, 'SLEUTH')).status()).toBe(429);
    });

    test('the same wrong code again is no new guess', async ({ request }) => {
      for (let at = 0; at < 15; at += 1) {
        expect(limits(await attempt(request, at % 2 ? 'again' : ' AGAIN')).remaining).toBe(9);
      }
    });

    test('right codes cost nothing', async ({ request }) => {
      for (const code of ['SAVE10', 'SLEUTH', 'CARRIAGE', 'HOST25']) {
        expect(limits(await attempt(request, code)).remaining, code).toBe(10);
      }
    });

    test('an address of the same network is the same, another is not', async ({ request }) => {
      const { 'CF-Connecting-IP': address } = fromElsewhere();
      await exhaust(request, attempt, {}, { 'CF-Connecting-IP': address });
      const from = async (address) => (await attempt(request, 'OTHER', {}, { 'CF-Connecting-IP': address })).status();
      expect(await from(address.replace('::1', ':1:2:3:4'))).toBe(429);
      expect(await from(fromElsewhere()['CF-Connecting-IP'])).not.toBe(429);
      // What a caller says of itself is no address.
      const headers = { 'CF-Connecting-IP': address, 'X-Forwarded-For': '192.0.2.1', 'X-Real-IP': '192.0.2.1' };
      expect((await attempt(request, 'OTHER', {}, headers)).status()).toBe(429);
    });

    test('a customer takes their guesses along', async ({ request, server }) => {
      const customer = async () => {
        const made = await sendJson(request, '/v1/customers/token', { id: unique() }, { headers: server.headers });
        return { customerToken: (await answer(made)).body.token };
      };
      const [ann, bob] = [await customer(), await customer()];
      for (let at = 0; at < 10; at += 1) await attempt(request, `WRONG${at}`, ann, fromElsewhere());
      expect((await attempt(request, 'OTHER', ann, fromElsewhere())).status()).toBe(429);
      expect((await attempt(request, 'OTHER', bob, fromElsewhere())).status()).not.toBe(429);
    });

    test('a page may read how many are left', async ({ request, baseURL }) => {
      const response = await attempt(request, 'WRONG', {}, { Origin: baseURL });
      const exposed = response.headers()['access-control-expose-headers'];
      expect(exposed.split(', ')).toEqual(expect.arrayContaining(['RateLimit', 'RateLimit-Policy', 'Retry-After']));
    });
  });
}

test('both ways are one count', async ({ request }) => {
  for (let at = 0; at < 5; at += 1) {
    for (const [name, attempt] of Object.entries(WAYS)) await attempt(request, `${name}${at}`);
  }
  for (const attempt of Object.values(WAYS)) expect((await attempt(request, 'MORE')).status()).toBe(429);
});

test('many codes of one cart are many guesses', async ({ request }) => {
  const codes = (from, count) => Array.from({ length: count }, (_, at) => `WRONG${from + at}`);
  const quote = (codes) => sendJson(request, QUOTES, { ...BOTTLE, codes });
  expect(limits(await quote(codes(0, 8))).remaining).toBe(2);
  expect((await quote(codes(8, 3))).status()).toBe(429);
  expect((await quote(codes(11, 1))).status()).toBe(429);
});

test('who has no guess left still buys', async ({ request }) => {
  await exhaust(request, WAYS['quoting a cart']);
  const response = await sendJson(request, QUOTES, BOTTLE);
  expect([response.status(), response.headers().ratelimit]).toEqual([200, undefined]);
  expect((await request.get(withKey('/v1/snapshot'))).status()).toBe(200);
});

test('codes that are off, over or for others are wrong ones', async ({ request }) => {
  const store = demo();
  const coupon = store.discounts.find(({ id }) => id === 'c-save10');
  const more = {
    T_OFF: { enabled: false },
    T_OVER: { startsAt: null, endsAt: '2026-01-02T00:00:00Z' },
    T_CLUB: { audience: { type: 'clubs', clubs: ['cellar-club'] } },
  };
  for (const [code, change] of Object.entries(more)) {
    store.discounts.push({ ...coupon, id: code, kind: { type: 'coupon', code }, ...change });
  }
  await importStore(request, store);
  try {
    for (const attempt of Object.values(WAYS)) {
      const headers = fromElsewhere();
      const left = [];
      for (const code of Object.keys(more)) left.push(limits(await attempt(request, code, {}, headers)).remaining);
      expect(left).toEqual([9, 8, 7]);
    }
  } finally {
    await restore(request);
  }
});
