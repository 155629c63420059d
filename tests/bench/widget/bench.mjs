// `cargo xtask bench widget`: our cart beside the peers' carts, in one browser, taking turns, as their harness measures it.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { options } from '../../rig/arguments.mjs';
import { capture } from './capture.mjs';
import { serve } from './server.mjs';
import { table } from './table.mjs';

const chosen = options({ harness: '', runs: 7, chromium: 'chromium', folder: '' });

/** Runs a script of the harness and reads its lines. */
function lines(script, ...more) {
  const text = execFileSync(process.execPath, [script, ...more], { cwd: chosen.harness, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
}

const sizes = lines('build.mjs');
const captured = await capture(join(chosen.harness, '../peers/scenario-L10-P1000.json'), chosen.folder);
const server = await serve(captured);
try {
  const figures = [1, 4].flatMap((throttle) =>
    lines('boot.mjs', '--runs', String(chosen.runs), '--throttle', String(throttle), '--ours', server.url, '--chromium', chosen.chromium));
  console.log(table(sizes, figures));
} finally {
  server.close();
}
