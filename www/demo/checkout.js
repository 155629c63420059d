// The checkout: one order, whatever the shopper does. A checkout has one reference, kept until its order is paid, so that a
// double click, a second tab and the back button are about the same order. The shop's server reserves it and takes the
// payment; what changed since the cart is shown, and has to be agreed to.
import { ask, drawLines, drawTotals, farthing, moneyIn, show, within } from "./parts.js";
import { signedIn } from "./shop.js";

const KEY = "baker-street:checkout";

const reasons = {
  rulesChanged: "The shop changed its offers while you were browsing.",
  clock: "An offer started or ended while you were browsing.",
  limitReached: "An offer in your cart has just been used up.",
  redeemed: "An offer in your cart has been used in another order.",
  withdrawn: "An offer in your cart went with the order that earned it.",
  stopped: "The shop has withdrawn an offer that was in your cart.",
  mismatch: "The price was worked out again at the counter.",
};

const page = document.querySelector("[data-checkout]");
const summary = page.querySelector("[data-summary]");
const form = page.querySelector("[data-checkout-form]");
const button = form.querySelector("[type=submit]");
const news = page.querySelector("[data-checkout-news]");

/** What the shopper sees and agrees to by the button: a quote, or the order that the server has reserved. */
let offered = null;
/** The order that this page is about, from its opening on: another tab may have paid it by the time the button is pressed. */
let reference = null;
let isBusy = false;
let isPlacing = false;
/** How many times a price was asked for: what comes late is not drawn over what came of a later choice. */
let asked = 0;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isBusy || !offered) return;
  if (offered.quote.shippingPending) chooseDelivery();
  else placeOrder();
});
// A page that the browser kept may be about an order that is paid by now.
addEventListener("pageshow", (event) => event.persisted && open());
// Delivery is chosen on this page, and another tab may change the cart; what a purchase does to it is no news here.
// Where no cart is to be had, `open` says so.
farthing().then((shop) => shop.on("cart-change", () => isPlacing || open()), () => {});
open();

// ---- One reference a checkout

const kept = () => JSON.parse(localStorage.getItem(KEY) ?? "null");
const keep = (checkout) => localStorage.setItem(KEY, JSON.stringify(checkout));

function openReference() {
  const { reference, isPaid } = kept() ?? {};
  if (reference && !isPaid) return reference;
  keep({ reference: crypto.randomUUID(), isPaid: false });
  return kept().reference;
}

const seeOrder = (reference) => location.replace(`/demo/order/?reference=${encodeURIComponent(reference)}`);

// ---- Opening

async function open() {
  const mine = (asked += 1);
  busy(true);
  try {
    const [catalogue, shop] = await within(15000, Promise.all([
      fetch(page.dataset.catalogue).then((response) => response.json()),
      farthing(),
      signedIn,
    ]));
    page.catalogue = catalogue;
    const { lines } = await shop.cart.get();
    const last = kept();
    if (lines.length === 0 && last?.isPaid) return seeOrder(last.reference);
    if (lines.length === 0) return drawEmpty();
    await offer(shop, mine);
  } catch (problem) {
    if (mine === asked) drawProblem(problem);
  }
  if (mine === asked) busy(false);
}

async function offer(shop, mine = (asked += 1)) {
  reference = openReference();
  const { quote, changed } = await within(15000, shop.checkout({ navigate: false }));
  if (mine === asked) draw({ quote, changed, reserved: null });
}

// ---- Placing

async function placeOrder() {
  isPlacing = true;
  busy(true);
  news.replaceChildren();
  try {
    const order = offered.reserved ?? await reserve();
    if (order.changed && offered.reserved?.reference !== order.reference) {
      draw({ quote: order.quote, changed: order.changed, reserved: order });
      news.querySelector(".changed")?.focus();
    } else {
      await pay(order);
    }
  } catch (problem) {
    await explain(problem);
  }
  isPlacing = false;
  busy(false);
}

const reserve = () => ask("orders", {
  method: "POST",
  body: { reference, quote: offered.quote.token, email: form.elements.email.value, name: form.elements.name.value },
});

async function pay(order) {
  const card = form.elements.card.value;
  const paid = await ask(`orders/${order.reference}/pay`, { method: "POST", body: { card, total: order.total } });
  await finish(paid.reference);
}

async function finish(reference) {
  keep({ reference, isPaid: true });
  await (await farthing()).cart.clear();
  location.assign(`/demo/order/?reference=${encodeURIComponent(reference)}&thanks`);
}

async function explain(problem) {
  // Another tab was quicker: it is the same order.
  if (problem.code === "orderCommitted") return finish(reference);
  if (problem.code === "cardDeclined") {
    offered.reserved = null;
    return fault("card", "The bank declined this card. Nothing was charged; try another.");
  }
  if (problem.errors.some(({ pointer }) => pointer === "/customer/name")) {
    return fault("name", "We need a name of at most 100 characters.");
  }
  if (problem.errors.some(({ pointer }) => pointer.startsWith("/customer"))) {
    return fault("email", "We need an address that can receive e-mail.");
  }
  if (["quoteExpired", "quoteUsed", "reservationExpired", "orderClosed"].includes(problem.code)) {
    keep(null);
    await offer(await farthing());
    return say("This page was open for a while, so the price was worked out again. Have a look, and place the order.");
  }
  return say(`The shop could not take the order just now: ${problem.message || "it did not answer"}. Your cart is safe.`);
}

// ---- Drawing

function draw({ quote, changed, reserved }) {
  if (!quote.shippingPending) page.querySelector("[data-fault=delivery]").textContent = "";
  offered = { quote: quote.token || !offered ? quote : { ...quote, token: offered.quote.token }, reserved };
  const money = moneyIn(quote.currency);
  summary.replaceChildren(drawLines(quote, page.catalogue, money), drawTotals(quote, page.catalogue, money));
  button.textContent = `Place order · ${money(quote.total)}`;
  if (changed) news.replaceChildren(drawChange(changed, money));
}

function drawChange({ reason, before, after, discounts = [] }, money) {
  const note = show("div", undefined, "changed");
  note.setAttribute("role", "alert");
  note.tabIndex = -1;
  note.append(show("b", reasons[reason] ?? "The price changed while you were browsing."));
  for (const { title } of discounts) note.append(show("p", `“${title}” no longer comes off.`));
  if (before && after && before !== after) {
    note.append(show("p", `The total was ${money(before)} and is now ${money(after)}. Place the order if that suits you.`));
  }
  const back = show("a", "Back to the cart");
  back.href = "/demo/cart/";
  note.append(back);
  return note;
}

function drawEmpty() {
  const link = show("a", "To the wine", "button", "quiet");
  link.href = "/demo/wine/";
  summary.replaceChildren(show("p", "Your cart is empty."), link);
  busy(false);
  button.disabled = true;
}

function drawProblem(problem) {
  const again = show("button", "Ask again", "button", "quiet");
  again.type = "button";
  again.addEventListener("click", open);
  const text = show("p", "The shop could not confirm the price just now. Your cart is safe.");
  text.setAttribute("role", "alert");
  summary.replaceChildren(text, again);
  if (problem.code) summary.append(show("p", `What it said: ${problem.code}`, "small"));
}

function say(text) {
  const note = show("p", text, "changed");
  note.setAttribute("role", "alert");
  news.replaceChildren(note);
}

// At the field, in the browser's own words' place, until the field is touched.
function fault(name, text) {
  const field = form.elements[name];
  const input = field.length ? field[0] : field;
  const place = form.querySelector(`[data-fault="${name}"]`);
  place.textContent = text;
  input.setAttribute("aria-invalid", "true");
  form.addEventListener("input", () => {
    place.textContent = "";
    input.removeAttribute("aria-invalid");
  }, { once: true });
  input.focus();
}

function chooseDelivery() {
  const place = page.querySelector("[data-delivery]");
  place.querySelector(".fault").textContent = "Choose how it gets to you.";
  place.querySelector("farthing-shipping").shadowRoot?.querySelector("input")?.focus();
}

function busy(is) {
  isBusy = is;
  summary.setAttribute("aria-busy", is);
  button.setAttribute("aria-disabled", is);
  button.disabled = false;
}
