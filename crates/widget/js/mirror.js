// Attributes as properties, for pages that a framework writes: `cart.imageUrl = '/art/{sku}.svg'`.

const MIRRORED = {
  'farthing-message': ['sku', 'service'],
  'farthing-price': ['sku'],
  'farthing-cart': ['checkout-url', 'image-url', 'product-url'],
  'farthing-offers': ['link', 'ask', 'summary', 'more-url'],
};

/** There or not there, as HTML's own are. */
const BOOLEAN = ['ask', 'summary'];

/** Gives an element the properties that mirror its attributes. What the page had set before they were there is taken over. */
export function mirror(element) {
  const { prototype } = element.constructor;
  for (const attribute of MIRRORED[element.localName] ?? []) {
    const property = attribute.replace(/-./, ([, letter]) => letter.toUpperCase());
    if (!Object.hasOwn(prototype, property)) Object.defineProperty(prototype, property, accessors(attribute));
    if (!Object.hasOwn(element, property)) continue;
    const value = element[property];
    delete element[property];
    element[property] = value;
  }
}

function accessors(attribute) {
  const isBoolean = BOOLEAN.includes(attribute);
  return {
    configurable: true,
    enumerable: true,
    get() {
      return isBoolean ? this.hasAttribute(attribute) : this.getAttribute(attribute);
    },
    set(value) {
      if (isBoolean) this.toggleAttribute(attribute, value);
      else if (value === undefined || value === null) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value);
    },
  };
}
