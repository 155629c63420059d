// An order after it was placed: what was bought, for how much, what can be downloaded, what it has earned, and a way to call
// it off. It is opened by its reference, or out of a mail by the buyer's own link, which stands in the fragment.
import { ask, drawLines, drawTotals, farthing, moneyIn, show } from "./parts.js";

const page = document.querySelector("[data-order]");
const place = page.querySelector("[data-order-facts]");
const heading = document.querySelector("h1");
const query = new URLSearchParams(location.search);
/** What comes with a book: its beginning, to read at once. */
const downloads = { HOUNDS: "The first page of the Hound", SCARLET: "The first page of Scarlet" };

const words = {
  reserved: "This order waits for its payment.",
  committed: "It is paid, and we are packing it.",
  released: "This order was not paid, and holds nothing any longer.",
  expired: "The payment did not come in time, and the order holds nothing any longer.",
  cancelled: "This order was called off.",
  refunded: "This order was called off, and all its money is on its way back to you.",
};

open();

async function open() {
  try {
    const [order, catalogue] = await Promise.all([
      reference().then((reference) => ask(`orders/${encodeURIComponent(reference)}`)),
      fetch(page.dataset.catalogue).then((response) => response.json()),
    ]);
    draw(order, catalogue);
    drawOffers(order);
  } catch (problem) {
    const text = problem.code === "unknownOrder" ? "We have no such order." : "The shop could not be reached just now.";
    place.replaceChildren(show("p", text));
  }
  place.setAttribute("aria-busy", "false");
}

/** The order that the page is about; a link from a mail says it to Farthing alone. */
async function reference() {
  const named = query.get("reference");
  if (named) return named;
  const session = await (await farthing()).offers.get();
  return session?.order?.reference ?? "";
}

/** What the order has earned: all of it right after the purchase, later a line that leads to all the buyer's offers. */
function drawOffers({ link, status }) {
  if (!link || status !== "committed") return;
  const offers = document.createElement("farthing-offers");
  offers.setAttribute("link", link);
  if (!query.has("thanks")) {
    offers.setAttribute("summary", "");
    offers.setAttribute("more-url", `/demo/offers/#farthing-link=${link}`);
  }
  document.querySelector("[data-order-offers]").replaceChildren(offers);
}

function drawDownloads({ quote, status }) {
  const own = quote.lines.filter(({ sku }) => downloads[sku]);
  if (status !== "committed" || own.length === 0) return [];
  const list = show("ul", undefined, "downloads");
  for (const { sku } of own) {
    const link = show("a", downloads[sku]);
    Object.assign(link, { href: `/demo/downloads/${sku}.txt`, download: `${sku}.txt` });
    const item = show("li");
    item.append(link);
    list.append(item);
  }
  return [show("h2", "Your downloads"), list];
}

function draw(order, catalogue) {
  const money = moneyIn(order.currency);
  const isThanks = query.has("thanks") && order.status === "committed";
  heading.textContent = isThanks ? "Thank you" : "Your order";
  document.title = `${heading.textContent} · Baker Street Cellars & Books`;
  const facts = show("dl", undefined, "facts");
  const row = (name, text) => facts.append(show("dt", name), show("dd", text));
  row("Order", order.reference.slice(0, 8).toUpperCase());
  row("Status", words[order.status]);
  if (order.customer?.email) row("Receipt to", order.customer.email);
  if (/[1-9]/.test(order.refunded)) row("Given back", money(order.refunded));
  place.replaceChildren(
    facts,
    drawLines(order.quote, catalogue, money),
    drawTotals(order.quote, catalogue, money),
    ...drawDownloads(order),
    ...(order.status === "committed" ? [callOff(order, catalogue)] : []),
  );
}

// Asked twice: it can't be undone.
function callOff(order, catalogue) {
  const box = show("div", undefined, "call-off");
  const first = show("button", "Call off this order", "button", "quiet");
  first.type = "button";
  first.addEventListener("click", () => {
    const sure = show("button", "Yes, call it off", "button");
    const keep = show("button", "Keep it", "button", "quiet");
    sure.type = keep.type = "button";
    sure.addEventListener("click", async () => {
      sure.disabled = true;
      draw(await ask(`orders/${order.reference}/cancel`, { method: "POST", body: {} }), catalogue);
      document.querySelector("[data-order-offers]").replaceChildren();
      heading.focus();
    });
    keep.addEventListener("click", () => box.replaceWith(callOff(order, catalogue)));
    box.replaceChildren(show("p", "All its money goes back to your card, and the offers it used are free again."), sure, keep);
    sure.focus();
  });
  box.append(first);
  return box;
}
