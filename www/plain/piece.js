// Elements, and what of them follows the state: the widget's `piece.rs` and `rows.rs`, as far as a page without an engine
// needs them.

/** What runs again after every change, by the view that it belongs to. */
const views = new Map();
let current = null;
let last = 0;

/** Builds a view and keeps what follows the state in it; the number that comes back ends it. */
export function mount(build) {
  const number = (last += 1);
  views.set(number, []);
  inside(views.get(number), build);
  return number;
}

export const unmount = (number) => views.delete(number);
export const unmountAll = () => views.clear();

/** Shows the state as it is now. */
export function show() {
  for (const followers of views.values()) for (const follow of followers) follow();
}

function inside(followers, build) {
  const outer = current;
  current = followers;
  try {
    return build();
  } finally {
    current = outer;
  }
}

function follow(run) {
  current.push(run);
  run();
}

/** An element, written as its opening tag without brackets and quotes: `button type=button part=step`. */
export function piece(tag, ...children) {
  const [name, ...attributes] = tag.split(' ');
  const element = document.createElement(name);
  for (const attribute of attributes) {
    const [key, value = ''] = attribute.split('=');
    element.setAttribute(key, value.replaceAll('+', ' '));
  }
  element.append(...children);
  return element;
}

/** A text that follows the state. */
export function text(look) {
  const node = document.createTextNode('');
  follow(() => {
    const now = look();
    if (node.data !== now) node.data = now;
  });
  return node;
}

/** An attribute that follows the state; `true` and `false` set and take off. */
export function live(element, name, look) {
  follow(() => {
    const now = look();
    if (typeof now === 'boolean') element.toggleAttribute(name, now);
    else element.setAttribute(name, now);
  });
  return element;
}

export function on(element, event, listener) {
  element.addEventListener(event, listener);
  return element;
}

/** One row for each key, in order; a row stays the same element as long as its key is there. */
export function rows(list, keys, make) {
  const known = new Map();
  follow(() => {
    const wanted = keys();
    for (const [key, row] of known) {
      if (wanted.includes(key)) continue;
      row.element.remove();
      known.delete(key);
    }
    wanted.forEach((key, at) => {
      if (!known.has(key)) {
        const followers = [];
        known.set(key, { followers, element: inside(followers, () => make(key)) });
      }
      const { element } = known.get(key);
      if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
    });
    for (const { followers } of known.values()) for (const run of followers) run();
  });
  return list;
}
