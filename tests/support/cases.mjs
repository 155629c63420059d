// The golden cases: an input, and any part of the quote that is expected of it.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../golden/', import.meta.url));

/** Every case, in the order of its name, which is its path below `tests/golden` without `.json`. */
export function cases() {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => ({
    name: file.replace(/\.json$/, ''),
    ...JSON.parse(readFileSync(folder + file, 'utf8')),
  }));
}

/**
 * Every place where `found` is not as `expected`. An object may hold more fields than expected; a list has exactly the
 * items expected; an absent field is the same as null.
 */
export function differences(expected, found, place = '') {
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length) {
    return expected.flatMap((item, index) => differences(item, found[index], `${place}/${index}`));
  }
  if (isObject(expected) && isObject(found)) {
    return Object.keys(expected).flatMap((key) => differences(expected[key], found[key], `${place}/${key}`));
  }
  if (isScalar(expected) && (expected ?? null) === (found ?? null)) return [];
  return [`${place}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`];
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value) {
  return typeof value !== 'object' || value === null;
}
