// Secrets for a Worker that lives as long as a test.
import { randomBytes } from 'node:crypto';

export function makeSecrets() {
  const secret = () => randomBytes(32).toString('hex');
  return { ADMIN_TOKEN: secret(), SIGNING_KEYS: `k1:${secret()}` };
}
