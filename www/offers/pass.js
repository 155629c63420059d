// By what a buyer is recognised: the link to an order, or an address that they have confirmed. Both come in the fragment of
// a page's address, which no server is ever told; it is taken out of the address, and kept for the tab.

const PLACE = 'farthing-pass';

/** What the address brings, or brought to another page of this tab: `{ link }`, `{ visit }` or nothing. */
export function passOfTab() {
  const [, name, token] = /^#farthing-(link|visit)=([\w.~-]+)$/.exec(location.hash) ?? [];
  if (!name) return kept();
  const pass = { [name]: token };
  history.replaceState(history.state, '', location.pathname + location.search);
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(pass));
  } catch {
    // A browser may refuse: the pass is then good for this page.
  }
  return pass;
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE));
  } catch {
    return null;
  }
}

export function forgetPass() {
  try {
    sessionStorage.removeItem(PLACE);
  } catch {
    // As above.
  }
}
