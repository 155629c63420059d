// The built Worker with two addresses more, for measuring: what the same bytes cost when nothing is done with them, and how
// many statements the database was asked for.
import Worker from './entry.js';

export * from './entry.js';

let statements = 0;
let known = null;

export default {
  async fetch(request, env, context) {
    const path = request.url.slice(request.url.indexOf('/', 8));
    if (path === '/echo') return echo(request);
    if (path === '/statements') return Response.json({ statements });
    known ??= { ...env, DB: counted(env.DB) };
    return new Worker(context, known).fetch(request);
  },
};

async function echo(request) {
  return new Response(await request.text(), { headers: { 'Content-Type': 'application/json' } });
}

/** The database, each statement made for it counted. */
function counted(database) {
  return new Proxy(database, {
    get(target, name) {
      const value = target[name];
      if (typeof value !== 'function' || name === 'constructor') return value;
      return (...values) => {
        if (name !== 'batch') statements += 1;
        return value.apply(target, values);
      };
    },
  });
}
