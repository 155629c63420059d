// POST /v1/orders: limits are counted exactly, by store and by customer, and an order takes all of its discounts or none.
import { answer, demo, expect, importStore, invalid, restore, test } from './calls.mjs';
import { BOTTLE, act, halfOff, having, order, quoted, reserve, reserved, unique, uses } from './checkout.mjs';

test('a limit of five holds against thirty at once, and a use given back is taken next', async ({
  request,
  server,
}) => {
  const discount = halfOff({ title: 'First five', usageLimit: { type: 'perStore', orders: 5 } });
  await having(request, [discount], async () => {
    const orders = await Promise.all(Array.from({ length: 30 }, () => reserved(request, server)));
    const cheap = orders.filter(({ total }) => total === '16.00');
    const dear = orders.filter(({ total }) => total === '32.00');
    expect([cheap.length, dear.length, await uses(request, discount.id)]).toEqual([5, 25, [5, 0]]);
    const lost = { discount: discount.id, title: 'First five', reason: 'limitReached' };
    const changed = { reason: 'limitReached', before: '16.00', after: '32.00', discounts: [lost] };
    expect(cheap.map(({ changed }) => changed)).toEqual(Array(5).fill(null));
    expect(dear.map(({ changed }) => changed)).toEqual(Array(25).fill(changed));
    for (const [verb, body] of [
      ['release', {}],
      ['commit', {}],
    ]) {
      await act(request, server, cheap.pop().reference, verb, body);
      expect((await reserved(request, server)).total).toBe(verb === 'release' ? '16.00' : '32.00');
    }
  });
});

test('a quote whose discount ran out is sold at the new price, and says what changed', async ({
  request,
  server,
}) => {
  const discount = halfOff({ title: 'First one', usageLimit: { type: 'perStore', orders: 1 } });
  await having(request, [discount], async () => {
    const [first, second] = [await quoted(request, BOTTLE), await quoted(request, BOTTLE)];
    const sell = async ({ token }) => answer(await reserve(request, server, { reference: unique(), quote: token }));
    expect((await sell(first)).body).toMatchObject({ total: '16.00', changed: null });
    const reference = unique();
    const changed = {
      reason: 'limitReached',
      before: '16.00',
      after: '32.00',
      discounts: [{ discount: discount.id, title: 'First one', reason: 'limitReached' }],
    };
    const { body } = await answer(await reserve(request, server, { reference, quote: second.token }));
    expect(body).toMatchObject({ total: '32.00', quote: { total: '32.00', applied: [] }, changed });
    // The answer stands, also for who looks later.
    expect((await order(request, server, reference)).body.changed).toEqual(changed);
  });
});

test('one order a customer, by id or by e-mail address', async ({ request, server }) => {
  const discount = halfOff({ usageLimit: { type: 'perCustomer', orders: 1 } });
  const [id, name] = [unique(), unique()];
  const email = `${name}@example.com`;
  await having(request, [discount], async () => {
    const total = async (customer) => (await reserved(request, server, { ...BOTTLE, customer })).total;
    expect(await total({ id, email })).toBe('16.00');
    for (const same of [{ id }, { email }, { email: ` ${email.toUpperCase()} ` }, { id: unique(), email }]) {
      expect(await total(same), JSON.stringify(same)).toBe('32.00');
    }
    expect(await total({ id: unique(), email: `other.${email}` })).toBe('16.00');
    expect(await uses(request, discount.id)).toEqual([2, 0]);
  });
});

test('a guest with the e-mail address of a member shares the count', async ({ request, server }) => {
  const discount = halfOff({ usageLimit: { type: 'perCustomer', orders: 1 } });
  const customer = { email: `${unique()}@example.com` };
  await having(request, [discount], async () => {
    const sell = async (token, customer) =>
      (await answer(await reserve(request, server, { reference: unique(), quote: token, customer }))).body;
    const [guest, member] = [await quoted(request, BOTTLE), await quoted(request, BOTTLE)];
    expect(await sell(guest.token, customer)).toMatchObject({ total: '16.00', customer: { id: null, ...customer } });
    const changed = { reason: 'limitReached', before: '16.00', after: '32.00' };
    expect(await sell(member.token, { id: unique(), ...customer })).toMatchObject({ total: '32.00', changed });
  });
});

test('a discount that is counted by customer is not taken by nobody', async ({ request, server }) => {
  const discount = halfOff({ usageLimit: { type: 'perCustomer', orders: 1 } });
  await having(request, [discount], async () => {
    const { token } = await quoted(request, BOTTLE);
    for (const [source, pointer] of [
      [{ quote: token }, '/customer'],
      [{ cart: BOTTLE }, '/cart/customer'],
    ]) {
      const asked = { reference: unique(), ...source };
      expect(await answer(await reserve(request, server, asked))).toEqual(invalid([pointer, 'customerRequired']));
      expect((await order(request, server, asked.reference)).status).toBe(404);
    }
    expect(await uses(request, discount.id)).toEqual([0, 0]);
  });
});

test('an order takes all of its discounts or none', async ({ request, server }) => {
  const once = halfOff({ usageLimit: { type: 'perStore', orders: 1 } });
  const often = { ...demo().discounts.find(({ id }) => id === 'd-express'), id: unique() };
  delete often.benefit.mustPurchase;
  often.usageLimit = { type: 'perStore', orders: 9 };
  const store = demo();
  store.discounts.push(once, often);
  store.promotionSets.push({ id: unique(), title: 'Both', discounts: [once.id, often.id] });
  await importStore(request, store);
  try {
    const cart = { ...BOTTLE, shippingService: 'two-day' };
    expect((await reserved(request, server, cart)).total).toBe('30.00');
    const second = await reserved(request, server, cart);
    expect([second.total, second.changed.discounts.map(({ discount }) => discount)]).toEqual(['46.00', [once.id]]);
    expect([await uses(request, once.id), await uses(request, often.id)]).toEqual([
      [1, 0],
      [2, 0],
    ]);
  } finally {
    await restore(request);
  }
});
