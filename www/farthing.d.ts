/**
 * Types of Farthing's widget: `window.Farthing`, its events and its elements, in plain DOM and in JSX.
 * Save this file in your project; TypeScript finds it by itself.
 *
 * Money is a decimal string with the currency's decimals, as in `"307.20"`: never a floating-point number.
 */

/** `window.Farthing`. It is there as soon as the script has run; what is asked before the widget is ready waits. */
export interface Farthing {
  /** Calls `work` at once; before the script has run, an array that stands in for it keeps `work` until then. */
  push(work: FarthingWork): Promise<unknown>;
  /** Kept once the first totals are there. Fails when the widget can't be had; the page is then as it was. */
  readonly ready: Promise<Farthing>;
  /** The name of this build. */
  readonly version: string;
  readonly cart: {
    /** Adds to what is there; one, unless said otherwise. */
    add(sku: string, quantity?: number): Promise<Cart>;
    /** Sets how many; `0` removes. */
    update(sku: string, quantity: number): Promise<Cart>;
    remove(sku: string): Promise<Cart>;
    clear(): Promise<Cart>;
    get(): Promise<Cart>;
    /** For a page that keeps its own cart: replaces all lines. */
    set(lines: readonly CartLine[]): Promise<Cart>;
  };
  readonly customer: {
    /** Shop as the customer whom the shop's server has signed; without a token, as a guest. */
    set(token?: string | null): Promise<Cart>;
  };
  readonly offers: {
    /** The upgrade offers of whoever the page recognises; `null` where it recognises nobody. */
    get(): Promise<OfferSession | null>;
    /** Puts the product of an open offer into the cart, at the offer's price. */
    redeem(kind: { upgrade: string; sku: string }): Promise<Cart>;
  };
  /** Attaches a code as it was typed. */
  applyCoupon(code: string): Promise<Cart>;
  removeCoupon(code: string): Promise<Cart>;
  /** Chooses a shipping service by its id; `null` leaves it open. */
  chooseShipping(service: string | null): Promise<Cart>;
  /** The quote shown. */
  quote(): Promise<Quote>;
  /** Has the edge price the cart, and leaves for the checkout unless told not to, or the price is another one. */
  checkout(options?: { navigate?: boolean }): Promise<CheckoutAnswer>;
  /** Listens to `farthing:<name>` on the document; returns a function that stops it. */
  on<Name extends keyof FarthingDetails>(
    name: Name,
    listener: (detail: FarthingDetails[Name], event: CustomEvent<FarthingDetails[Name]>) => void,
  ): () => void;
  /** Takes the widget out of the page, until the page is loaded again: what stands in the elements is shown. */
  destroy(): Promise<void>;
}

/** What a page does with `Farthing`, once there is one. */
export type FarthingWork = (farthing: Farthing) => unknown;

/** What every promise of the widget fails with. */
export interface FarthingError extends Error {
  /** Stable: `unknownSku`, `quantityOutOfRange`, `unknownCode`, `repeatedCode`, `unreachable` … */
  code: string;
}

export interface CartLine {
  sku: string;
  quantity: number;
}

export interface Cart {
  lines: CartLine[];
  /** Of items, not of lines. */
  count: number;
}

/** What a buyer has earned. */
export interface OfferSession {
  snapshotVersion: string;
  currency: string;
  /** The order whose link the page has; `null` where the buyer is recognised otherwise. */
  order: { reference: string; status: string; lines: CartLine[] } | null;
  offers: UpgradeOffer[];
}

/** An offer that a paid order has earned. */
export interface UpgradeOffer {
  upgrade: string;
  sku: string;
  /** The order that earned it. */
  order: string;
  title: string;
  message: string | null;
  /** What one costs without the offer. */
  price: string;
  offerPrice: string;
  saving: string;
  /** How many are discounted in one order. */
  units: number;
  endsAt: string | null;
  status: 'open' | 'notStarted' | 'redeemed' | 'ended' | 'withdrawn';
}

/** What became of an offer that the cart was to redeem; one that is not `open` has left the cart. */
export interface GrantOutcome {
  upgrade: string;
  sku: string;
  order: string;
  status: UpgradeOffer['status'] | 'gone';
}

/** What a cart costs, and why. */
export interface Quote {
  snapshotVersion: string;
  asOf: string;
  currency: string;
  lines: QuoteLine[];
  subtotal: string;
  productDiscount: string;
  /** `null` while no service is chosen. */
  shipping: QuoteShipping | null;
  total: string;
  saving: string;
  shippingPending: boolean;
  applied: Applied[];
  codes: CodeOutcome[];
  verdicts: Verdict[];
  messages: Message[];
  nudges: Nudge[];
  /** Of the canonical JSON of the rest: equal wherever the same cart was priced by the same rules. */
  digest: string;
}

/** A quote of the edge, which an order may be sold by. */
export interface SignedQuote extends Quote {
  token: string;
  expiresAt: string;
  /** Only of a cart with upgrade offers. */
  grants?: GrantOutcome[];
}

export interface QuoteLine {
  id: string;
  sku: string;
  quantity: number;
  unitPrice: string;
  subtotal: string;
  discount: string;
  total: string;
  discounts: DiscountAmount[];
  /** What came off each unit, so that partial refunds add up. */
  unitDiscounts: { quantity: number; amount: string }[];
}

export interface QuoteShipping {
  service: string;
  rate: string;
  discount: string;
  total: string;
  discounts: DiscountAmount[];
}

/** What one discount took off, by its id. */
export interface DiscountAmount {
  discount: string;
  amount: string;
}

export interface Applied {
  discount: string;
  title: string;
  code: string | null;
  productAmount: string;
  shippingAmount: string;
}

/** What became of a code. `beaten`: it stays on, but another offer saves more. */
export interface CodeOutcome {
  code: string;
  status: 'applied' | 'beaten' | 'ineligible' | 'unknown';
  discount: string | null;
}

export interface Verdict {
  discount: string;
  type: 'applied' | 'beaten' | 'ineligible';
  reasons: { type: string; need?: number | string; allowed?: number | string; have?: number | string }[];
}

/** An action message, beside a product or a shipping service. */
export interface Message {
  discount: string;
  sku?: string;
  service?: string;
  text: string;
  state: 'applied' | 'beaten' | 'available' | 'requirementUnmet';
}

/** A discount one step away, and what the step saves. */
export interface Nudge {
  discount: string;
  step: { type: 'quantity'; more: number; sku: string } | { type: 'amount'; more: string };
  saving: string;
}

/** `redeemed` and `withdrawn` are of an upgrade offer that has left the cart. */
export type ChangeReason = 'rulesChanged' | 'clock' | 'limitReached' | 'redeemed' | 'withdrawn' | 'mismatch';

export interface CheckoutAnswer {
  quote: SignedQuote;
  /** `null` when the price is the one that was shown. */
  changed: { reason: ChangeReason; before: string; after: string } | null;
}

/** The detail of each event. */
export interface FarthingDetails {
  ready: { version: string };
  'cart-change': Cart;
  totals: Quote;
  'coupon-applied': CodeOutcome;
  'coupon-rejected': { code: string; coupon: string };
  /** A `farthing-offers` knows what its buyer has earned. */
  'offer-available': OfferSession;
  /** The edge's quote; `preventDefault()` keeps the shopper on the page. */
  'before-checkout': SignedQuote;
  error: { code: string; detail: string };
}

/** The events on `document`. */
export type FarthingEventMap = {
  [Name in keyof FarthingDetails as `farthing:${Name}`]: CustomEvent<FarthingDetails[Name]>;
};

/** What each element takes besides what every element does. */
export interface FarthingElements {
  'farthing-message': { sku?: string; service?: string };
  'farthing-price': { sku?: string };
  'farthing-cart': { 'checkout-url'?: string; 'image-url'?: string; 'product-url'?: string };
  'farthing-totals': object;
  'farthing-coupon': object;
  'farthing-shipping': object;
  'farthing-offers': { link?: string; ask?: '' | boolean; summary?: '' | boolean; 'more-url'?: string };
  'farthing-confirmation': object;
}

type Camel<Name> = Name extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<Camel<Rest>>}` : Name;

/** An element as scripts have it: once the widget shows it, its properties mirror its attributes. */
export type FarthingElement<Tag extends keyof FarthingElements> = HTMLElement & {
  [Name in keyof FarthingElements[Tag] as Camel<Name> & string]-?: true extends FarthingElements[Tag][Name]
    ? boolean
    : string | null;
};

export type FarthingTagNameMap = { [Tag in keyof FarthingElements]: FarthingElement<Tag> };

interface ElementProps {
  children?: unknown;
  class?: string;
  className?: string;
  dir?: string;
  hidden?: boolean;
  id?: string;
  key?: string | number | bigint | null;
  lang?: string;
  ref?: any;
  slot?: string;
  style?: any;
}

/** The elements as JSX has them. */
export type FarthingIntrinsicElements = {
  [Tag in keyof FarthingElements]: FarthingElements[Tag] & ElementProps;
};

declare global {
  const Farthing: Farthing;
  interface Window {
    get Farthing(): Farthing;
    /** `window.Farthing ??= []`, and whatever is pushed is called as soon as the script has run. */
    set Farthing(waiting: Farthing | FarthingWork[]);
  }
  interface DocumentEventMap extends FarthingEventMap {}
  interface HTMLElementTagNameMap extends FarthingTagNameMap {}
}

// @ts-ignore: there is no such module where there is no React.
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends FarthingIntrinsicElements {}
  }
}
