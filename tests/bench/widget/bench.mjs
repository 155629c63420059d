// `cargo xtask bench widget`: our cart beside the peers' carts, in one browser, taking turns, as their harness measures it.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { options } from '../../rig/arguments.mjs';
import { capture } from './capture.mjs';
import { serve } from './server.mjs';
import { table } from './table.mjs';

const chosen = options({ harness: '', runs: 7, chromium: 'chromium', folder: '' });

const run = promisify(execFile);

/** Runs a script of the harness and reads its lines; meanwhile our page is served from here. */
async function lines(script, ...more) {
  const { stdout } = await run(process.execPath, [script, ...more], { cwd: chosen.harness, encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
}

const sizes = await lines('build.mjs');
const captured = await capture(join(chosen.harness, '../peers/scenario-L10-P1000.json'), chosen.folder);
const server = await serve(captured);
try {
  const figures = [];
  for (const throttle of [1, 4]) {
    const asked = ['--runs', String(chosen.runs), '--throttle', String(throttle), '--ours', server.url];
    figures.push(...(await lines('boot.mjs', ...asked, '--chromium', chosen.chromium)));
  }
  console.log(table(sizes, figures));
} finally {
  server.close();
}
