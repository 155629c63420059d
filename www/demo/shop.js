// What the shop itself does with a script: the number in the header, a word after "Add to cart", the quick quantities
// and the order summary at checkout. Prices come from Farthing; nothing here adds, compares or rounds money.

const show = (tag, text, ...classes) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  element.classList.add(...classes);
  return element;
};

// The embed loads on its own time, before or after this file.
const farthing = () => {
  if (window.Farthing?.ready) return window.Farthing.ready.then(() => window.Farthing);
  return new Promise((resolve) => {
    document.addEventListener("farthing:ready", () => resolve(window.Farthing), { once: true });
  });
};

const within = (milliseconds, promise) => Promise.race([
  promise,
  new Promise((_, reject) => setTimeout(() => reject(new Error("no answer in time")), milliseconds)),
]);

// ---- Header

const count = document.querySelector("[data-cart-count]");

const showCount = ({ lines = [], count: known }) => {
  const items = known ?? lines.reduce((sum, line) => sum + line.quantity, 0);
  count.dataset.count = items;
  count.querySelector("[data-cart-number]").textContent = items;
};

document.addEventListener("farthing:cart-change", (event) => showCount(event.detail));
farthing().then(async ({ cart }) => showCount(await cart.get()));

// ---- After "Add to cart"

const toast = document.querySelector("[data-toast]");
let clearing;

const say = (text) => {
  const link = show("a", "See cart");
  link.href = "/demo/cart/";
  toast.replaceChildren(show("span", text), link);
  clearTimeout(clearing);
  clearing = setTimeout(hush, 5000);
};

// Never under a hand or a focus.
const hush = () => {
  if (toast.matches(":hover, :focus-within")) clearing = setTimeout(hush, 1000);
  else toast.replaceChildren();
};

// While capturing: the word must be waiting before the embed puts the product in.
document.addEventListener("click", (event) => {
  const lot = event.target.closest("[data-quantity]");
  if (lot) document.querySelector("#quantity").value = lot.dataset.quantity;

  const add = event.target.closest("[data-farthing-add]");
  if (!add) return;
  const title = add.closest("article, li")?.querySelector("h1, .card-title a, a")?.textContent.trim() ?? "It";
  // Only the cart knows whether it went in: the word waits for the cart's own event.
  const done = () => say(`${title} is in your cart`);
  document.addEventListener("farthing:cart-change", done, { once: true });
  setTimeout(() => document.removeEventListener("farthing:cart-change", done), 4000);
}, { capture: true });

// ---- Checkout

const reasons = {
  rulesChanged: "The shop changed its offers while you were browsing.",
  clock: "An offer started or ended while you were browsing.",
  limitReached: "An offer in your cart has just been used up.",
  mismatch: "The price was worked out again at the counter.",
};

const checkout = document.querySelector("[data-checkout]");
if (checkout) openCheckout(checkout);

function openCheckout(page) {
  const summary = page.querySelector("[data-summary]");
  const form = page.querySelector("[data-checkout-form]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const stop = page.querySelector("[data-checkout-stop]");
    stop.replaceChildren(
      show("b", "This is where the demonstration ends"),
      show("p", "In a real shop the next page takes the payment, for exactly the total shown. Nothing you typed has left this page, and nothing has been ordered."),
    );
  });
  price(page, summary);
}

async function price(page, summary) {
  summary.setAttribute("aria-busy", "true");
  try {
    const [catalogue, { quote, changed }] = await within(15000, Promise.all([
      fetch(page.dataset.catalogue).then((response) => response.json()),
      farthing().then(ask),
    ]));
    summary.replaceChildren(...drawQuote(quote, changed, catalogue));
  } catch (problem) {
    summary.replaceChildren(...drawProblem(problem, () => price(page, summary)));
  }
  summary.removeAttribute("aria-busy");
}

// An empty cart is not a problem to report, and nothing to ask a price for.
async function ask(shop) {
  const { lines } = await shop.cart.get();
  return lines.length ? shop.checkout({ navigate: false }) : { quote: { lines } };
}

function drawProblem(problem, retry) {
  const again = show("button", "Ask again", "button", "quiet");
  again.type = "button";
  again.addEventListener("click", retry);
  const text = show("p", "The shop could not confirm the price just now. Your cart is safe.");
  text.setAttribute("role", "alert");
  const parts = [text, again];
  if (problem.code) parts.push(show("p", `What it said: ${problem.code}`, "small"));
  return parts;
}

function drawQuote(quote, changed, catalogue) {
  if (quote.lines.length === 0) return drawEmpty();
  // The decimal string goes in as it is: a number would already have been rounded.
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: quote.currency });
  const money = (amount) => format.format(amount);
  const lines = show("ul", undefined, "summary-lines");
  lines.append(...quote.lines.map((line) => drawLine(line, quote, catalogue, money)));
  const parts = [lines, drawTotals(quote, catalogue, money)];
  if (changed) parts.unshift(drawChange(changed, money));
  return parts;
}

function drawEmpty() {
  const link = show("a", "To the wine", "button", "quiet");
  link.href = "/demo/wine/";
  return [show("p", "Your cart is empty."), link];
}

function drawChange({ reason, before, after }, money) {
  const total = (quote) => money(quote.total ?? quote);
  const note = show("p", `${reasons[reason] ?? "The price changed while you were browsing."} `, "changed");
  if (before && after) note.append(`The total was ${total(before)} and is now ${total(after)}.`);
  note.setAttribute("role", "alert");
  return note;
}

function drawLine(line, quote, catalogue, money) {
  const known = catalogue.products[line.sku] ?? { title: line.sku };
  const picture = show("img");
  Object.assign(picture, { src: known.picture ?? "/demo/icon.svg", alt: "", width: 48, height: 60 });
  const title = show("span", known.title);
  title.append(show("span", `${line.quantity} × ${money(line.unitPrice)}`, "times"));
  const item = show("li");
  item.append(picture, title, show("span", money(line.subtotal), "money"));
  for (const { discount, amount } of line.discounts) {
    const applied = quote.applied.find((other) => other.discount === discount);
    item.append(drawLess(applied?.title ?? "Discount", money(amount)));
  }
  return item;
}

function drawLess(title, amount) {
  const less = show("span", undefined, "less");
  less.append(show("span", title), show("span", `−${amount}`, "money"));
  return less;
}

function drawTotals(quote, catalogue, money) {
  const totals = show("dl", undefined, "totals");
  const row = (name, amount, ...classes) => totals.append(show("dt", name, ...classes), show("dd", amount, ...classes));
  row("Subtotal", money(quote.subtotal));
  for (const { title, code, productAmount } of quote.applied) {
    if (/[1-9]/.test(productAmount)) row(code ? `${title} (${code})` : title, `−${money(productAmount)}`, "saving");
  }
  if (quote.shipping) {
    const service = catalogue.shippingServices.find(({ id }) => id === quote.shipping.service);
    row(service?.title ?? "Delivery", money(quote.shipping.rate));
    for (const { title, code, shippingAmount } of quote.applied) {
      if (/[1-9]/.test(shippingAmount)) row(code ? `${title} (${code})` : title, `−${money(shippingAmount)}`, "saving");
    }
  } else {
    row("Delivery", "Chosen in the cart");
  }
  row("Total", money(quote.total), "total");
  if (/[1-9]/.test(quote.saving)) row("You save", money(quote.saving), "saved");
  return totals;
}
