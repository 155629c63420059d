// What `cargo xtask` tells the tests.

/** The Worker's address, without a slash at the end. */
export const url = process.env.FARTHING_URL ?? 'http://localhost:8787';

/** Opens /admin/api on that Worker. */
export const adminToken = process.env.FARTHING_ADMIN_TOKEN ?? '';

/** Where mails arrive: its HTTP API, without a slash at the end. */
export const mailbox = process.env.FARTHING_MAILBOX ?? 'http://127.0.0.1:1080';

/** The browser; undefined means Playwright's own. */
export const chromium = process.env.FARTHING_CHROMIUM || undefined;

/** A file with one pricing input a line, and one with the native engine's quote for each. */
export const carts = process.env.FARTHING_CARTS;
export const cartQuotes = process.env.FARTHING_CART_QUOTES;
