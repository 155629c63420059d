// The cart, kept where the widget keeps it, and what the edge says it costs.

export class Failure extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

const MAXIMUM_QUANTITY = 99_999;
const MAXIMUM_BESIDE = 100;
/** How long an answer is waited for, in milliseconds: a connection may hang without an end. */
const PATIENCE = 20_000;

export class Shop {
  quote = null;
  /** Products by SKU and the ways to ship, as `beside` of a quote tells them. */
  products = new Map();
  services = [];
  #asked = 0;
  #customer = null;

  constructor({ origin, key, skus }) {
    Object.assign(this, { origin, key, skus: new Set(skus), storage: `farthing:${key}` });
    this.read(this.#stored());
  }

  #stored() {
    try {
      return localStorage.getItem(this.storage);
    } catch {
      return null; // A browser may refuse: the cart then lives in this page.
    }
  }

  /** Takes over a kept cart. It comes from outside, so whatever is not sound is left out. */
  read(text) {
    let kept;
    try {
      kept = JSON.parse(text ?? 'null');
    } catch {
      kept = null;
    }
    const { lines = [], codes = [], shippingService = null } = kept?.cart ?? {};
    this.coupons = kept?.coupons ?? [];
    this.lines = lines.filter(({ sku, quantity }) => typeof sku === 'string' && isQuantity(quantity));
    this.codes = codes.filter((code) => typeof code === 'string');
    this.service = typeof shippingService === 'string' ? shippingService : null;
    this.offers = (kept?.cart?.offers ?? []).filter(({ sku, grant }) => grant && this.line(sku));
  }

  keep() {
    const cart = { codes: this.codes, lines: this.lines, offers: this.offers, shippingService: this.service };
    try {
      localStorage.setItem(this.storage, JSON.stringify({ cart, coupons: this.coupons }));
    } catch {
      // As above.
    }
  }

  line(sku) {
    return this.lines.find((line) => line.sku === sku);
  }

  set(sku, quantity) {
    if (!isQuantity(quantity) && quantity !== 0) throw new Failure('quantityOutOfRange', 'quantities are whole numbers, 1 to 99,999');
    const line = this.line(sku);
    if (quantity === 0) this.lines = this.lines.filter((other) => other !== line);
    else if (line) line.quantity = quantity;
    else this.lines.push({ id: sku, quantity, sku });
  }

  /** Redeems an upgrade offer, with one of its product. */
  redeem(offer) {
    if (!offer?.grant) throw new Failure('offerNotOpen', 'this is not an offer that can be redeemed');
    if (!this.line(offer.sku)) this.set(offer.sku, 1);
    this.giveUp([offer]);
    this.offers.push(offer);
  }

  /** Gives up redeeming offers of these kinds. */
  giveUp(kinds) {
    const isOf = (offer) => kinds.some(({ upgrade, sku }) => upgrade === offer.upgrade && sku === offer.sku);
    this.offers = this.offers.filter((offer) => !isOf(offer));
  }

  /** Whether an offer of this product is to be redeemed and yet takes nothing off. */
  isIdle(sku, quote) {
    const applies = ({ upgrade }) => quote.applied.some(({ discount }) => discount === `${upgrade}/${sku}`);
    return this.offers.some((offer) => offer.sku === sku && !applies(offer));
  }

  shopAs(customer) {
    this.#customer = customer ?? null;
  }

  /** Has the edge price the cart; false where a later question was asked meanwhile. */
  async price() {
    const turn = (this.#asked += 1);
    const quote = await this.#quoted();
    if (turn !== this.#asked) return false;
    this.quote = quote;
    this.giveUp((quote.grants ?? []).filter(({ status }) => status !== 'open'));
    for (const product of quote.beside?.products ?? []) this.products.set(product.sku, product);
    this.services = quote.beside?.services ?? this.services;
    return true;
  }

  async #quoted() {
    const beside = [...new Set([...this.lines.map(({ sku }) => sku), ...this.skus])].slice(0, MAXIMUM_BESIDE);
    const body = { lines: this.lines, codes: this.codes, shippingService: this.service, beside };
    const grants = this.offers.filter(({ sku }) => this.line(sku)).map(({ grant }) => grant);
    if (grants.length > 0) body.grants = grants;
    // Only codes need to be told why not.
    const part = this.codes.length === 0 ? '&part=sale' : '';
    try {
      return await this.ask('quotes', body, part);
    } catch (failure) {
      if (!this.#dropRefused(failure)) throw failure;
      return this.#quoted();
    }
  }

  /** Takes out what the edge does not take any more; false where it refused something else. */
  #dropRefused({ errors = [] }) {
    const places = errors.map(({ pointer }) => /^#?\/lines\/(\d+)\/sku$/.exec(pointer)?.[1]).filter(Boolean);
    const isUnknown = errors.some(({ pointer }) => /shippingService$/.test(pointer));
    // A cart that was kept for long may hold what the edge has forgotten how to read.
    const isUnreadable = errors.some(({ code }) => code === 'invalidGrant');
    if (isUnknown) this.service = null;
    if (isUnreadable) this.offers = [];
    this.lines = this.lines.filter((_, at) => !places.includes(String(at)));
    if (!isUnknown && !isUnreadable && places.length === 0) return false;
    this.keep();
    return true;
  }

  async ask(path, body, more = '') {
    const address = `${this.origin}/v1/${path}?key=${encodeURIComponent(this.key)}${more}`;
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE),
      body: JSON.stringify({ ...body, customerToken: this.#customer }),
    }).catch(() => null);
    if (response === null) throw new Failure('unreachable', 'the edge does not answer');
    const answer = await response.json().catch(() => null); // It may break off.
    if (response.ok && answer) return answer;
    const failure = new Failure(answer?.code ?? 'unavailable', answer?.detail ?? `the edge answered ${response.status}`);
    throw Object.assign(failure, { status: response.status, errors: answer?.errors });
  }
}

function isQuantity(number) {
  return Number.isInteger(number) && number >= 1 && number <= MAXIMUM_QUANTITY;
}
