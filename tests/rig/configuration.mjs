// What workerd is told. Miniflare knows how to tell it: D1 is a Worker of its own, and each binding has a long tail. But
// Miniflare takes seconds to start, and it puts itself between callers and workerd. So it runs once, for an empty state;
// what it tells workerd is recorded, and from then on workerd alone is started.
import { fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The files of the built Worker, the main one first. */
export const BUILT = ['entry.js', 'index.js', 'index_bg.wasm'].map((file) => join(root, 'dist/edge', file));

/**
 * Empties `folder`, makes the state of a new deployment in it and returns what `Runtime` needs to serve it. `modules` are
 * the Worker's files, the main one first; they are read now, so that a later build changes nothing. `trusted` names a file
 * with certificates that it trusts besides the usual ones. `email` are bindings that send mail, as Miniflare takes them.
 */
export async function configure({ folder, modules = BUILT, secrets, trusted, email }) {
  rmSync(folder, { recursive: true, force: true });
  const record = join(folder, 'workerd.bin');
  const port = await freePort();
  await compose({ folder, record, port, modules, secrets, email }, trusted ? { NODE_EXTRA_CA_CERTS: trusted } : {});
  return { record, port };
}

/** Miniflare would tidy up when it ends, and workerd insists on the folders that it has seen: so it ends by force. */
function compose(wanted, variables) {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('compose.mjs', import.meta.url), {
      detached: true,
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let isComposed = false;
    child.on('message', () => {
      isComposed = true;
      process.kill(-child.pid, 'SIGKILL');
    });
    child.on('exit', () => (isComposed ? resolve() : reject(new Error('the Worker could not be configured'))));
    child.send(wanted);
  });
}

/**
 * A port that nobody listened on a moment ago. It must be known beforehand, since it stays when workerd restarts. It is
 * none of those that systems give to callers: one that calls a port of that range while nobody listens there may get
 * connected to itself, and then nobody can listen.
 */
export async function freePort() {
  for (;;) {
    const port = randomInt(10_000, 30_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer().on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
