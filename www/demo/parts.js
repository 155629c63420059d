// What the pages of the shop share: making elements, waiting for the embed, and drawing a priced cart. Prices come from
// Farthing; nothing here adds, compares or rounds money.

export const show = (tag, text, ...classes) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  element.classList.add(...classes);
  return element;
};

// The embed loads on its own time, before or after this file.
export const farthing = () => new Promise((resolve) => {
  window.Farthing ??= [];
  window.Farthing.push(({ ready }) => resolve(ready));
});

export const within = (milliseconds, promise) => Promise.race([
  promise,
  new Promise((_, reject) => setTimeout(() => reject(new Error("no answer in time")), milliseconds)),
]);

// Asks the shop's own server. What it refuses is thrown, with its `code`.
export async function ask(path, { method = "GET", body } = {}) {
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  const response = await fetch(`/demo/api/${path}`, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (response.ok) return answer;
  throw Object.assign(new Error(answer.detail ?? answer.title), { code: answer.code, errors: answer.errors ?? [] });
}

// The decimal string goes in as it is: a number would already have been rounded.
export const moneyIn = (currency) => {
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency });
  return (amount) => format.format(amount);
};

const isSome = (amount) => /[1-9]/.test(amount);

export function drawLines(quote, catalogue, money) {
  const lines = show("ul", undefined, "summary-lines");
  lines.append(...quote.lines.map((line) => drawLine(line, quote, catalogue, money)));
  return lines;
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

export function drawTotals(quote, catalogue, money) {
  const totals = show("dl", undefined, "totals");
  const row = (name, amount, ...classes) => totals.append(show("dt", name, ...classes), show("dd", amount, ...classes));
  row("Subtotal", money(quote.subtotal));
  for (const { title, code, productAmount } of quote.applied) {
    if (isSome(productAmount)) row(code ? `${title} (${code})` : title, `−${money(productAmount)}`, "saving");
  }
  if (quote.shipping) {
    const service = catalogue.shippingServices.find(({ id }) => id === quote.shipping.service);
    row(service?.title ?? "Delivery", money(quote.shipping.rate));
    for (const { title, code, shippingAmount } of quote.applied) {
      if (isSome(shippingAmount)) row(code ? `${title} (${code})` : title, `−${money(shippingAmount)}`, "saving");
    }
  } else {
    row("Delivery", "Not chosen yet");
  }
  row("Total", money(quote.total), "total");
  if (isSome(quote.saving)) row("You save", money(quote.saving), "saved");
  return totals;
}
