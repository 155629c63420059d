// Farthing's one script tag:
//   <script async src="https://…/v1/embed.js" data-site-key="pk_…"></script>
// It defines the elements, offers window.Farthing at once and loads the widget. What is asked before the widget is there
// waits for it. If the widget can't be had, nothing on the page is touched: what stands in the elements stays.
(() => {
  if (window.Farthing) return; // The tag is there twice.

  const page = document;
  const tag = page.currentScript ?? page.querySelector('script[data-site-key]');
  const key = tag.dataset.siteKey;
  const { origin } = new URL(tag.src);
  const version = '__FARTHING_VERSION__';
  const base = `${origin}/${version}/`;
  let failed = false;

  const tell = (name, detail, cancelable = false) =>
    page.dispatchEvent(new CustomEvent(`farthing:${name}`, { detail, cancelable, bubbles: true, composed: true }));

  const parsed = new Promise((resolve) => {
    if (page.readyState === 'loading') page.addEventListener('DOMContentLoaded', resolve, { once: true });
    else resolve();
  });

  const skus = (selector, attribute) =>
    [...page.querySelectorAll(selector)].map((element) => element.getAttribute(attribute)).filter(Boolean);

  const load = async () => {
    const wasm = fetch(`${base}widget_bg.wasm`, { integrity: '__WASM_INTEGRITY__', credentials: 'omit' });
    const [widget] = await Promise.all([import(`${base}widget.js`), wasm, parsed]);
    await widget.default({ module_or_path: wasm });
    await widget.start(
      origin,
      key,
      tell,
      skus('farthing-message', 'sku'),
      [...skus('farthing-price', 'sku'), ...skus('[data-farthing-add]', 'data-farthing-add')],
    );
    return widget;
  };
  const loaded = load();
  const call = (name, first, second) => loaded.then((widget) => widget.call(name, first, second));
  const ask = (name) => (first, second) => call(name, first, second);

  // The wait for `loaded` is also what tells a move from a removal: by then the element is back, or gone for good.
  class FarthingElement extends HTMLElement {
    static observedAttributes = ['sku', 'image-url'];
    #view = 0;

    #settle(anew) {
      loaded.then((widget) => {
        if (this.#view && (anew || !this.isConnected)) {
          widget.disconnect(this.#view);
          this.#view = 0;
        }
        if (this.isConnected) this.#view ||= widget.connect(this);
      }, () => {});
    }

    connectedCallback() {
      this.#settle(false);
    }

    disconnectedCallback() {
      this.#settle(false);
    }

    attributeChangedCallback() {
      if (this.#view) this.#settle(true);
    }
  }
  for (const name of ['message', 'price', 'cart', 'confirmation']) {
    customElements.define(`farthing-${name}`, class extends FarthingElement {});
  }

  const Farthing = {
    version,
    cart: {
      add: ask('add'),
      update: ask('update'),
      remove: ask('remove'),
      clear: ask('clear'),
      get: ask('get'),
      set: ask('set'),
    },
    customer: { set: ask('customer') },
    applyCoupon: ask('applyCoupon'),
    removeCoupon: ask('removeCoupon'),
    quote: ask('quote'),
    checkout: ({ navigate = true } = {}) =>
      call('checkout', navigate, page.querySelector('farthing-cart')?.getAttribute('checkout-url')),
    on(name, listener) {
      const heard = (event) => listener(event.detail, event);
      page.addEventListener(`farthing:${name}`, heard);
      return () => page.removeEventListener(`farthing:${name}`, heard);
    },
  };
  Farthing.ready = loaded.then(() => Farthing);
  window.Farthing = Farthing;

  Farthing.ready.then(
    () => {
      const name = 'farthing-confirmation';
      if (!page.querySelector(name)) page.body.append(page.createElement(name));
      tell('ready', { version });
    },
    (error) => {
      failed = true;
      tell('error', { code: error.code ?? 'unavailable', detail: `${error.message ?? error}` });
    },
  );

  page.addEventListener('click', (event) => {
    const button = event.composedPath().find((node) => node.dataset?.farthingAdd);
    // Without the widget the button does whatever the page made it for.
    if (!button || failed || event.defaultPrevented) return;
    event.preventDefault();
    const { farthingAdd: sku, farthingQuantity: selector } = button.dataset;
    const field = selector && page.querySelector(selector);
    call('button', sku, field ? Number(field.value) : 1).catch(() => {});
  });

  // Another tab changed the cart.
  addEventListener('storage', (event) => {
    if (event.key === `farthing:${key}` || event.key === null) call('receive', event.newValue ?? '').catch(() => {});
  });
})();
