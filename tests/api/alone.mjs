// workerd alone with the demo shop in it, for tests that want to say how it is set up.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILT, configure } from '../rig/configuration.mjs';
import { Runtime } from '../rig/runtime.mjs';
import { makeSecrets } from '../rig/secrets.mjs';
import { adminToken } from '../support/environment.mjs';
import { KEY, admin, context, demo, importStore, makeServer } from './calls.mjs';

/**
 * Lets `use` use it; it is gone with its state after that. `variables` are what it is set up with, `trusted` names a file
 * with certificates that it trusts besides the usual ones. `email` are bindings that send mail, and `miniflare` is the port
 * where the test answers what Miniflare would be asked.
 */
export async function alone(playwright, { modules = BUILT, variables = {}, trusted, email, miniflare }, use) {
  const folder = mkdtempSync(join(tmpdir(), 'farthing-alone-'));
  const secrets = { ...makeSecrets(), ADMIN_TOKEN: adminToken };
  const configuration = await configure({ folder, modules, secrets: { ...secrets, ...variables }, trusted, email });
  const runtime = new Runtime({ ...configuration, miniflare });
  try {
    await runtime.start();
    const address = `http://127.0.0.1:${runtime.port}`;
    const request = await context(playwright, address);
    await importStore(request, demo());
    await admin(request, 'PUT', `site-keys/${KEY}`, { origins: [] });
    const server = await makeServer(request);
    await use({ request, server, address, secrets });
    await request.dispose();
  } finally {
    await runtime.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
