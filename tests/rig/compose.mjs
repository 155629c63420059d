// A program that `configure` starts: Miniflare on an empty state, once. What it tells workerd is recorded on the way, and
// the migrations are applied; then it waits for its end.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));
const KINDS = { '.js': 'ESModule', '.mjs': 'ESModule', '.wasm': 'CompiledWasm' };

process.on('disconnect', () => process.exit(1));
process.once('message', async (wanted) => {
  const miniflare = await start(wanted);
  await migrate(await miniflare.getD1Database('DB'), join(root, 'crates/edge/migrations'));
  process.send('composed');
});

async function start({ folder, record, port, modules, secrets, email }) {
  listenIn(folder, record);
  const { Miniflare, convertV4MiniflareOptions } = require('miniflare');
  const { bindings: variables, ...settings } = deployment();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...settings,
      ...(email && { email: { send_email: email } }),
      // Beside each other, wherever they come from: one imports another as `./index.js`.
      modules: modules.map((path) => ({ type: KINDS[extname(path)], path: basename(path), contents: readFileSync(path) })),
      bindings: { ...variables, ...secrets },
      host: '127.0.0.1',
      port: 0,
      cf: false,
      // workerd's own port, straight to the Worker.
      unsafeDirectSockets: [{ host: '127.0.0.1', port }],
      resourcePersistencePath: folder,
    }),
  );
  await miniflare.ready;
  return miniflare;
}

/** Lets Miniflare find the recorder where it looks for workerd, and keeps all that it writes in `folder`. */
function listenIn(folder, record) {
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch, { recursive: true });
  Object.assign(process.env, {
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    WRANGLER_SEND_METRICS: 'false',
    TMPDIR: scratch,
    FARTHING_RECORD: record,
    FARTHING_WORKERD: require('workerd').default,
    MINIFLARE_WORKERD_PATH: fileURLToPath(new URL('record.sh', import.meta.url)),
  });
}

/** The variables and bindings of `wrangler.toml`, but for the files that are served beside the Worker. */
function deployment() {
  const { unstable_getMiniflareWorkerOptions: options, unstable_readConfig: read } = require('wrangler');
  const config = read({ config: join(root, 'wrangler.toml') });
  const { assets, modulesRules, ...settings } = options(config).workerOptions;
  // Without what a developer keeps in `.dev.vars`.
  return { ...settings, name: config.name, rootPath: root, bindings: config.vars };
}

async function migrate(database, folder) {
  const { unstable_splitSqlQuery: split } = require('wrangler');
  for (const file of readdirSync(folder).sort()) {
    const statements = split(readFileSync(join(folder, file), 'utf8'));
    await database.batch(statements.map((statement) => database.prepare(statement)));
  }
}
