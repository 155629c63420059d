// The built Worker with faults that a test sets: `/sql` carries out a statement on its database, and while `/deaf?is=true` its
// ledger hears nothing of snapshots.
import Worker, { Ledger as Built } from './entry.js';

export * from './entry.js';

let isDeaf = false;

export class Ledger extends Built {
  async carryOut(store, command) {
    if (isDeaf && command.startsWith('{"announce"')) throw new Error('it hears nothing');
    return super.carryOut(store, command);
  }
}

export default {
  async fetch(request, env, context) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/sql') await env.DB.prepare(await request.text()).run();
    else if (pathname === '/deaf') isDeaf = searchParams.get('is') === 'true';
    else return new Worker(context, env).fetch(request);
    return new Response();
  },
};
