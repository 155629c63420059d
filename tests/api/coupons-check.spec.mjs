// POST /v1/coupons/check
import {
  answer,
  demo,
  expect,
  fromElsewhere,
  good,
  importStore,
  invalid,
  refusesBadBodies,
  restore,
  sendJson,
  test,
  version,
  withKey,
  withoutNulls,
} from './calls.mjs';

const PATH = withKey('/v1/coupons/check');
const LATER = '2999-01-01T00:00:00Z';

function check(request, code, headers = {}) {
  return sendJson(request, PATH, { code }, { headers });
}

function coupon(id, code, more = {}) {
  return {
    ...demo().discounts.find((discount) => discount.id === 'c-save10'),
    id,
    kind: { type: 'coupon', code },
    ...more,
  };
}

test('gives the rule of a code, and the sets it is in', async ({ request }) => {
  const discount = withoutNulls(demo().discounts.find(({ id }) => id === 'c-carriage'));
  const response = await check(request, 'CARRIAGE');
  const compact = expect.stringContaining(discount.title);
  const expected = { snapshotVersion: await version(request), discount, compact, promotionSets: ['s-mixed', 's-evening'] };
  expect(await answer(response, ['CARRIAGE'])).toEqual(good(expected));
  expect(response.headers()['cache-control']).toBe('no-store');
});

test('a code is found however it is typed', async ({ request }) => {
  for (const typed of ['save10', '  Save10\n', 'ＳＡＶＥ１０', 'ⓢave10']) {
    const { status, body } = await answer(await check(request, typed), ['SAVE10']);
    expect([status, body.discount?.id, body.promotionSets], typed).toEqual([200, 'c-save10', []]);
  }
});

test('refuses every code that can not be used with the same bytes', async ({ request }) => {
  const store = demo();
  const codes = {
    T_OFF: { enabled: false },
    T_LATER: { startsAt: LATER },
    T_OVER: { startsAt: null, endsAt: '2026-01-02T00:00:00Z' },
    T_CLUB: { audience: { type: 'clubs', clubs: ['cellar-club'] } },
    T_TAG: { audience: { type: 'tags', tags: ['trade'] } },
  };
  for (const [code, more] of Object.entries(codes)) store.discounts.push(coupon(code, code, more));
  store.discounts.push(coupon('T_GOOD', 'T_GOOD'));
  await importStore(request, store);
  try {
    expect((await check(request, 'T_GOOD')).status()).toBe(200);
    const unknown = [
      'NOT-A-CODE',
      'INKWELL',
      'x',
      'has space',
      'SAVE1O',
      "' OR 1=1 --",
      '\u0000',
      'é'.repeat(200),
      'c-save10',
    ];
    const refusals = [];
    for (const code of [...unknown, ...Object.keys(codes)]) {
      // The first wrong code of each address: how many are left is told too.
      const response = await check(request, code, fromElsewhere());
      const { date, ...headers } = response.headers();
      refusals.push(JSON.stringify([response.status(), headers, await response.text()]));
    }
    expect(new Set(refusals).size).toBe(1);
    expect(refusals[0]).toContain('unknownCode');
    expect(refusals[0].startsWith('[404,')).toBe(true);
  } finally {
    await restore(request);
  }
});

test('a coupon begins and ends on time', async ({ request }) => {
  const store = demo();
  const [startsAt, endsAt] = [1_500, 3_000].map((millis) => new Date(Date.now() + millis).toISOString());
  store.discounts.push(coupon('T_TIMED', 'T_TIMED', { startsAt, endsAt }));
  await importStore(request, store);
  try {
    const status = async () => (await check(request, 'T_TIMED')).status();
    expect(await status()).toBe(404);
    await expect.poll(status).toBe(200);
    await expect.poll(status).toBe(404);
  } finally {
    await restore(request);
  }
});

test.describe('refuses', () => {
  const bad = {
    'no code': [{}, ['/code', 'missingField']],
    'an empty code': [{ code: '' }, ['/code', 'textEmpty']],
    'a code that is a number': [{ code: 10 }, ['/code', 'wrongType']],
    'several codes': [{ code: ['SAVE10'] }, ['/code', 'wrongType']],
    'a code too long for any': [{ code: 'A'.repeat(257) }, ['/code', 'textTooLong']],
    'an unknown field': [{ code: 'SAVE10', customer: 'c-1' }, ['/customer', 'unknownField']],
    'a list': [['SAVE10'], ['', 'wrongType']],
  };
  for (const [name, [body, ...faults]] of Object.entries(bad)) {
    test(name, async ({ request }) => {
      expect(await answer(await sendJson(request, PATH, body))).toEqual(invalid(...faults));
    });
  }

  refusesBadBodies(PATH, 256 * 1024);
});
