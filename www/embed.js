// Farthing's one script tag:
//   <script async src="https://…/v1/embed.js" data-site-key="pk_…"></script>
// It defines the elements, offers window.Farthing at once and loads what the page needs: the widget with its engine where a
// cart is shown, else the plain one, which asks the edge; that one too where the browser has no WebAssembly for us, or the edge
// is newer than this. What is asked before it is there waits for it. If neither can be had nothing on the page is touched:
// what stands in the elements stays.
(() => {
  const waiting = window.Farthing;
  if (waiting?.ready) return; // The tag is there twice.

  const page = document;
  const tag = page.currentScript ?? page.querySelector('script[data-site-key]');
  const key = tag.dataset.siteKey;
  const { origin } = new URL(tag.src);
  const version = '__FARTHING_VERSION__';
  const base = `${origin}/${version}/`;
  const language = tag.dataset.lang || page.documentElement.lang;
  const ended = new AbortController();
  const { signal } = ended;
  let failed;

  const tell = (name, detail, cancelable) => {
    const event = new CustomEvent(`farthing:${name}`, { detail, cancelable, bubbles: true, composed: true });
    // The quote of a thousand rules is written only where a listener reads it.
    if (detail?.call) Object.defineProperty(event, 'detail', { get: () => (detail = detail.call ? detail() : detail) });
    return page.dispatchEvent(event);
  };

  const parsed = new Promise((resolve) =>
    page.readyState === 'loading' ? page.addEventListener('DOMContentLoaded', resolve) : resolve());

  const skus = (selector, attribute) =>
    [...page.querySelectorAll(selector)].map((element) => element.getAttribute(attribute)).filter(Boolean);

  /** What can't be had, or not in ten seconds, is nothing. */
  const get = (address, form = 'text') =>
    fetch(address, { credentials: 'omit', signal: AbortSignal.timeout(10_000) })
      .then((response) => (response.ok ? response[form]() : ''))
      .catch(() => '');
  const styles = get(`${base}widget.css`);
  const spoken = language.toLowerCase().split('-')[0];
  const words = /^(es|fr|de|ja|ar)$/.test(spoken) ? get(`${base}${spoken}.txt`) : '';

  /** The rules, and the products of the kept cart: what the engine will ask for, asked for while it loads. */
  const ahead = () => {
    const ask = (what, more = '') => get(`${origin}/v1/${what}?key=${key}&form=compact${more}`, 'arrayBuffer');
    let skus = '';
    try {
      for (const { sku } of JSON.parse(localStorage.getItem(`farthing:${key}`)).cart.lines.slice(0, 100)) {
        skus += `&sku=${encodeURIComponent(sku)}`;
      }
    } catch {} // Nothing is kept, or nothing can be.
    return [ask('snapshot'), skus && ask('products', skus)];
  };

  let first = [];
  const withEngine = async () => {
    first = ahead();
    const parts = [
      import(`${base}widget.js`),
      fetch(`${base}widget_bg.wasm`, { integrity: '__WASM_INTEGRITY__', credentials: 'omit' }),
    ];
    Intl.NumberFormat(); // Its tables take a browser long to open: now, while it waits.
    const [widget, module_or_path] = await Promise.all(parts);
    await widget.default({ module_or_path });
    return widget;
  };
  const plain = () => import(`${base}plain.js`);
  // Loaded as soon as the first element that needs it is seen.
  let engine = 'engine' in tag.dataset && withEngine();

  /** Starts it, and says which one runs: rules of an edge that is newer than this build may be such as this can't read. */
  const begin = async (widget) => {
    const isOutdated = await widget.start({
      origin,
      key,
      first: await Promise.all(first),
      tell: (name, detail = widget.quote, cancelable) => tell(name, detail, cancelable),
      beside: skus('farthing-message', 'sku'),
      others: [...skus('farthing-price', 'sku'), ...skus('[data-farthing-add]', 'data-farthing-add')],
      language,
      words: await words,
      styles: await styles,
    });
    return isOutdated ? (engine = plain()).then(begin) : widget;
  };
  let loaded = parsed.then(() => (engine ? engine.catch(plain) : plain())).then(begin);
  const call = (name, first, second) => loaded.then((widget) => widget.call(name, first, second));
  const asks = (names) => Object.fromEntries(names.split(' ').map((name) => [name, (first, second) => call(name, first, second)]));

  const connected = new Set();
  /** A cart came onto a page that had none: the engine takes over from the plain widget. */
  const needEngine = () => {
    if (engine || signal.aborted) return;
    engine = withEngine();
    loaded = loaded.then(async (before) => {
      let widget = await engine.catch(() => before);
      if (widget !== before) {
        before.stop();
        widget = await begin(widget);
        for (const element of connected) element.isOffers || element.show(widget);
      }
      return widget;
    });
  };

  /**
   * Shows what stands in an element: a heading and what stood in for the cart, but not the words for an empty one, as it
   * may hold something.
   */
  const leave = (element) => {
    const heading = page.createElement('slot');
    heading.name = 'heading';
    (element.shadowRoot ?? element.attachShadow({ mode: 'open' })).replaceChildren(heading, page.createElement('slot'));
  };

  // Offers of past purchases: loaded where a page has any place for them.
  let customer;
  let offers;
  const withOffers = () => (offers ??= import(`${base}offers.js`).then((module) => {
    module.open({ origin, key, language, styles, tell, call, signal, customer: () => customer });
    return module;
  }));

  // The wait for what shows it is also what tells a move from a removal: by then the element is back, or gone for good.
  class FarthingElement extends HTMLElement {
    static observedAttributes = ['sku', 'service', 'image-url', 'product-url', 'link', 'ask', 'summary', 'more-url'];
    #view = 0;

    show(widget) {
      this.#view = widget.connect(this);
    }

    #settle(anew) {
      (this.isOffers ? withOffers() : loaded).then((widget) => {
        if (this.#view && (anew || !this.isConnected)) {
          widget.disconnect(this.#view);
          this.#view = 0;
          connected.delete(this);
        }
        if (this.isConnected && !this.#view && !signal.aborted) {
          connected.add(this);
          this.show(widget);
        }
      }, () => {});
    }

    connectedCallback() {
      if (this.needsEngine) {
        this.shadowRoot ?? leave(this);
        needEngine();
      }
      this.#settle();
    }

    disconnectedCallback() {
      this.#settle();
    }

    attributeChangedCallback() {
      if (this.#view) this.#settle(true);
    }
  }
  // After `destroy` the names are still taken.
  if (!customElements.get('farthing-offers')) {
    // The first is another module's; from the cart on they need the engine.
    ['offers', 'message', 'price', 'confirmation', 'cart', 'totals', 'coupon', 'shipping'].forEach((name, at) =>
      customElements.define(`farthing-${name}`, class extends FarthingElement {
        isOffers = !at;
        needsEngine = at > 3;
      }));
  }

  const Farthing = {
    version,
    push: async (work) => work(Farthing),
    cart: asks('add update remove clear get set'),
    customer: {
      async set(token) {
        customer = token;
        const cart = await call('customer', token);
        // Where offers can't be had, the cart is the customer's all the same.
        await offers?.then((module) => module.refresh()).catch(() => {});
        return cart;
      },
    },
    offers: {
      get: () => withOffers().then((module) => module.get()),
      redeem: (kind) => withOffers().then((module) => module.redeem(kind)),
    },
    ...asks('applyCoupon removeCoupon chooseShipping quote'),
    checkout: ({ navigate = true } = {}) =>
      call('checkout', navigate, page.querySelector('farthing-cart')?.getAttribute('checkout-url')),
    on(name, listener) {
      const heard = (event) => listener(event.detail, event);
      name = `farthing:${name}`;
      page.addEventListener(name, heard, { signal });
      return () => page.removeEventListener(name, heard);
    },
    /** Takes the widget out of the page, until the page is loaded again: what stands in the elements is shown. */
    async destroy() {
      ended.abort();
      const widget = await loaded.catch(() => null);
      widget?.stop();
      connected.forEach(leave);
      connected.clear();
      delete window.Farthing;
    },
  };
  window.Farthing = Farthing;
  (Farthing.ready = loaded.then(() => Farthing)).then(
    () => {
      const name = 'farthing-confirmation';
      if (!page.querySelector(name)) page.body.append(page.createElement(name));
      tell('ready', { version });
    },
    (error) => {
      failed = true;
      tell('error', { code: error.code ?? 'unavailable', detail: error.message });
    },
  );

  page.addEventListener('click', (event) => {
    const button = event.composedPath().find((node) => node.dataset?.farthingAdd);
    // Without the widget the button does whatever the page made it for.
    if (!button || failed || event.defaultPrevented) return;
    event.preventDefault();
    const { farthingAdd: sku, farthingQuantity: selector } = button.dataset;
    const field = selector && page.querySelector(selector);
    // A quantity that can't be is told by the browser, at its field, as a form would have it.
    if (field?.reportValidity?.() === false) return;
    // Where the widget turns out not to come, the button does after all what the page made it for.
    call('button', sku, Number(field?.value || 1)).catch(() => failed && button.click());
  }, { signal });

  // Another tab changed the cart.
  addEventListener('storage', (event) => {
    if (event.key === `farthing:${key}` || event.key === null) call('receive', event.newValue ?? '').catch(() => {});
  }, { signal });
  // What was an estimate may be priced now.
  addEventListener('online', () => call('refresh').catch(() => {}), { signal });

  // What the page has left here for us. What fails of it fails alone.
  waiting?.forEach(Farthing.push);
})();
