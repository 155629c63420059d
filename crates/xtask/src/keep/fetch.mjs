// Fetches files of a deployment: node fetch.mjs <address> <folder> <path>…
//
// Prints the status and the path of each that is answered by anything but 200. Ends with a failure, and one line that says
// why, where there is no answer, or one larger than any file of ours.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** In bytes; the largest file of a build has a tenth of it. */
const MOST = 4_000_000;
/** In milliseconds, for a whole file. */
const PATIENCE = 60_000;

const [address, folder, ...paths] = process.argv.slice(2);
try {
  await Promise.all(paths.map(keep));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function keep(path) {
  const { status, body } = await get(`${address}/${path}`);
  if (status !== 200) return console.log(`${status} ${path}`);
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  return writeFileSync(file, body);
}

/** A redirection is an answer like another: what it leads to is not what was asked. */
async function get(url) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
    return { status: response.status, body: await bodyOf(response) };
  } catch (error) {
    throw new Error(`${url} can't be had: ${error.cause?.code ?? error.cause?.message ?? error.message}`);
  }
}

async function bodyOf(response) {
  const chunks = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST) throw new Error(`it has more than ${MOST} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
