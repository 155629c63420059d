// The built Worker by a clock that a test sets, for it and its objects alike: `/clock?at=…` in milliseconds. There it stands
// still; until it is set it is the real one. An alarm rings at its time by the real clock.
import Worker from './entry.js';

export * from './entry.js';

const Real = globalThis.Date;
let at = null;

globalThis.Date = class Date extends Real {
  constructor(...parts) {
    super(...(parts.length === 0 ? [Date.now()] : parts));
  }

  static now() {
    return at ?? Real.now();
  }
};

export default {
  async fetch(request, env, context) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== '/clock') return new Worker(context, env).fetch(request);
    at = Number(searchParams.get('at'));
    return new Response();
  },
};
