// Canonical JSON and its hash, written a second time.
import { createHash } from 'node:crypto';

/** The keys of objects in order, and no white space. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** A value's name: the hash of its canonical JSON. */
export function digest(value) {
  return `sha256-${createHash('sha256').update(canonical(value)).digest('hex')}`;
}
