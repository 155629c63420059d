// What the tests of upgrade offers share: buyers, what they bought, and what they have earned.
import { answer, expect, sendJson, withKey } from './calls.mjs';
import { act, quoted, reserve, reserved, unique } from './checkout.mjs';

/** The demo's trigger, and what its buyer is offered: `SCARLET`, 25 % off. */
export const TRIGGER = 'HOUNDS';
export const OFFERED = 'SCARLET';
export const OFFER = `u-holmes/${OFFERED}`;

export function lines(...skus) {
  return skus.map((sku) => ({ sku, quantity: 1 }));
}

/** An address that nobody had before. */
export function address() {
  return `${unique()}@example.com`;
}

/** A paid order of `skus`. */
export async function bought(request, server, skus = [TRIGGER], email = address()) {
  const cart = { lines: lines(...skus), customer: { email } };
  const { reference } = await reserved(request, server, cart);
  const { status, body } = await answer(await act(request, server, reference, 'commit'));
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

/** What a pass gets: of a link, a visit or a customer's token. */
export async function session(request, pass) {
  return answer(await sendJson(request, withKey('/v1/offers/session'), pass));
}

/** The offer of a kind that a pass gets. */
export async function offer(request, pass, sku = OFFERED) {
  const { status, body } = await session(request, pass);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.offers.find((offer) => offer.sku === sku);
}

/** The quote of one offered product, redeemed by these grants. */
export function redeeming(request, grants, more = {}) {
  return quoted(request, { lines: lines(OFFERED), grants, ...more });
}

/** An order that redeems a grant. */
export async function redeemed(request, server, grant) {
  const quote = await redeeming(request, [grant]);
  const { status, body } = await answer(await reserve(request, server, { reference: unique(), quote: quote.token }));
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}
