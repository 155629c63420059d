// A Worker that imports the built one when it is asked to, so that a caller's clock can time it: a Worker's own clock
// stands still while it starts.
import { DurableObject } from 'cloudflare:workers';

/** Bound, and never called. */
export class Ledger extends DurableObject {}
export class Throttle extends DurableObject {}
export class Campaign extends DurableObject {}

export default {
  async fetch(request) {
    if (request.url.endsWith('/import')) await import('./entry.js');
    return new Response();
  },
};
