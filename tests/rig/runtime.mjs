// workerd alone, on a state that `configure` made: started, killed without warning, started again.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const workerd = createRequire(import.meta.url)('workerd').default;

/** The longest time that workerd may take to listen, in milliseconds. */
const PATIENCE = 30_000;

/**
 * For `sh`, followed by a command: the group ends when that command does, and when our end of its standard input closes,
 * which happens however we end.
 */
const LEASH = ['-c', '("$@"; kill -TERM 0) & cat >/dev/null; kill -TERM 0', 'sh'];

/** What Miniflare would tell workerd on the command line, had we not its ports and files in the record. */
const FLAGS = [
  ...['serve', '--binary', '--experimental', '--control-fd=3'],
  // Miniflare's own entrance, which nobody uses.
  '--socket-addr=entry=127.0.0.1:0',
];

/** Where Miniflare itself would be asked: it is not there. */
const NOWHERE = 1;

/** The name that Miniflare gives the first Worker's own socket. */
const SOCKET = 'direct:0:default';

export class Runtime {
  #configuration;
  #child = null;
  #gone = Promise.resolve();
  #said = [];

  /** `configuration` may name a port where a test answers in Miniflare's place. */
  constructor(configuration) {
    this.#configuration = configuration;
  }

  get port() {
    return this.#configuration.port;
  }

  get isRunning() {
    return this.#child !== null;
  }

  /** What workerd complained of since it was last asked. */
  complaints() {
    return this.#said.splice(0);
  }

  /** Returns when workerd listens, with how long that took in milliseconds. */
  async start() {
    const began = performance.now();
    const { record, miniflare = NOWHERE } = this.#configuration;
    const loopback = `--external-addr=loopback=127.0.0.1:${miniflare}`;
    const child = spawn('sh', [...LEASH, workerd, ...FLAGS, loopback, record], {
      // A group of its own, so that one signal reaches all of it.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    // The leash may go before we let go of it.
    child.stdin.on('error', () => {});
    child.stdout.on('data', (text) => this.#hear(text));
    child.stderr.on('data', (text) => this.#hear(text));
    // Closed, not just exited: by then nothing of the group holds a pipe of ours, nor the port.
    this.#gone = new Promise((resolve) => child.on('close', resolve)).then(() => {
      if (this.#child === child) this.#child = null;
    });
    await this.#listens(child);
    return performance.now() - began;
  }

  /** Ends it at once, as a machine that loses its power would; returns when it is gone. */
  async kill() {
    if (this.#child === null) return;
    process.kill(-this.#child.pid, 'SIGKILL');
    await this.#gone;
  }

  #hear(text) {
    this.#said.push(...String(text).split('\n').filter(Boolean));
  }

  #listens(child) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(), PATIENCE);
      const fail = () => {
        clearTimeout(timer);
        reject(new Error(`workerd does not listen:\n${this.complaints().join('\n')}`));
      };
      child.on('close', fail);
      let seen = '';
      child.stdio[3].on('data', (text) => {
        seen += text;
        if (!seen.includes(`"socket":"${SOCKET}"`)) return;
        clearTimeout(timer);
        // What it says until it ends is not a reason for this.
        child.off('close', fail);
        resolve();
      });
    });
  }
}
