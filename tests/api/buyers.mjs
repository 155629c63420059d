// What the tests of upgrade offers share: buyers, what they bought, and what they have earned.
import { url } from '../support/environment.mjs';
import { linkIn, nextMail } from '../support/mailbox.mjs';
import { admin, answer, demo, expect, importStore, sendJson, withKey } from './calls.mjs';
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

/** What a pass gets: of a link, a visit or a customer's token; by the demo's site key, where there is no other. */
export async function session(request, pass, at = withKey) {
  return answer(await sendJson(request, at('/v1/offers/session'), pass));
}

/** A buyer's visit: their address, confirmed by a click on the link that was sent there. */
export async function visited(request, server) {
  const email = address();
  await bought(request, server, [TRIGGER], email);
  // The receipt goes after the order was written where links look for it.
  await nextMail(email);
  expect((await sendJson(request, withKey('/v1/offers/links'), { email })).status()).toBe(202);
  const link = linkIn(await nextMail(email, 1), `${url}/o/`).slice(url.length);
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const clicked = await request.fetch(link, { method: 'POST', headers, data: 'page=1', maxRedirects: 0 });
  expect(clicked.status()).toBe(303);
  return clicked.headers().location.split('#farthing-visit=')[1];
}

/** Lets `work` call with a site key of another store, which sells the same; it is told how an address is then. */
export async function inAnotherStore(request, work) {
  const key = `pk_${unique().replaceAll('-', '_')}`;
  expect((await importStore(request, demo(), '?store=second')).status()).toBe(200);
  expect((await admin(request, 'PUT', `site-keys/${key}?store=second`, { origins: [] })).status()).toBe(200);
  try {
    return await work((path) => `${path}?key=${key}`);
  } finally {
    await admin(request, 'DELETE', `site-keys/${key}?store=second`);
  }
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
