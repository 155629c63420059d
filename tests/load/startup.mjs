// How long the Worker's own code takes before its first request: from its import to its being ready.
import { fileURLToPath } from 'node:url';
import { BUILT, configure } from '../rig/configuration.mjs';
import { call, connections } from '../rig/http.mjs';
import { Runtime } from '../rig/runtime.mjs';
import { median } from './median.mjs';

const STARTS = 7;
const BASE = 9;

/** The median of several starts, in milliseconds. The time of a request that imports nothing new is taken off. */
export async function startup(folder) {
  const lazy = fileURLToPath(new URL('lazy.mjs', import.meta.url));
  const runtime = new Runtime(await configure({ folder, modules: [lazy, ...BUILT], secrets: {} }));
  const times = [];
  for (let start = 0; start < STARTS; start++) {
    await runtime.start();
    times.push(await imported(runtime.port));
    await runtime.kill();
  }
  return median(times);
}

async function imported(port) {
  const agent = connections(1);
  const timed = async (path) => {
    const began = performance.now();
    const { status } = await call(agent, port, { method: 'GET', path });
    if (status !== 200) throw new Error(`the Worker's import was answered by ${status}`);
    return performance.now() - began;
  };
  for (let warm = 0; warm < BASE; warm++) await timed('/');
  const first = await timed('/import');
  const again = [];
  for (let base = 0; base < BASE; base++) again.push(await timed('/import'));
  agent.destroy();
  return first - median(again);
}
