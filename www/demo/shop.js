// What every page of the shop does with a script: the number in the header, who is signed in, a word after "Add to cart"
// and the quick quantities.
import { ask, farthing, show } from "./parts.js";

// ---- Header

const count = document.querySelector("[data-cart-count]");

const showCount = ({ lines = [], count: known }) => {
  const items = known ?? lines.reduce((sum, line) => sum + line.quantity, 0);
  count.dataset.count = items;
  count.querySelector("[data-cart-number]").textContent = items;
};

document.addEventListener("farthing:cart-change", (event) => showCount(event.detail));
farthing().then(async ({ cart }) => {
  document.documentElement.dataset.ready = "";
  showCount(await cart.get());
}).catch(() => {}); // Where there is no cart to be had its number stays away.

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

// ---- Who is shopping

const account = document.querySelector("[data-account]");
/** Kept when the embed knows who is shopping, and prices for them. */
export const signedIn = openAccount().catch(() => {});

async function openAccount() {
  const { customer, token, customers } = await ask("session");
  account.querySelector("summary").textContent = customer ? customer.name : "Sign in";
  account.querySelector("[data-account-choices]").replaceChildren(
    ...customers.map(({ id, name, about }) => choice(id, name, about, id === customer?.id)),
    choice(null, "A guest", "no account, no club", !customer),
  );
  delete account.dataset.unknown;
  if (!token) return;
  // Their receipts go where the shop knows that they live.
  const email = document.querySelector("#email");
  if (email) Object.assign(email, { value: customer.email, readOnly: true });
  await (await farthing()).customer.set(token);
}

function choice(id, name, about, isChosen) {
  const button = show("button", undefined, "choice");
  button.type = "button";
  button.setAttribute("aria-pressed", isChosen);
  button.append(show("b", name), show("span", about));
  button.addEventListener("click", async () => {
    await ask("session", { method: "PUT", body: { customer: id } });
    location.reload();
  });
  return button;
}
