// One call over HTTP, as raw as Node gives it: a connection that breaks is told, nothing is tried again.
import { Agent, request } from 'node:http';

/** Connections that are kept between calls. */
export function connections(most) {
  return new Agent({ keepAlive: true, maxSockets: most });
}

/**
 * Sends `body` as JSON and gives the answer's status and text. `signal` gives up, and so do `patience` milliseconds without
 * a word. Fails when there is no whole answer.
 */
export function call(agent, port, { method, path, headers = {}, body, signal, patience = 10_000 }) {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const typed = text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
    const options = { agent, port, method, path, signal, host: '127.0.0.1', headers: { ...typed, ...headers } };
    const sent = request(options, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      // Without this event, what came is a part of an answer.
      response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(parts).toString() }));
      response.on('error', reject);
      response.on('close', () => reject(new Error('the answer broke off')));
    });
    sent.setTimeout(patience, () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end(text);
  });
}

/** A call that has to succeed; gives the answer's JSON. */
export async function insist(agent, port, what) {
  const { status, text } = await call(agent, port, what);
  if (status >= 300) throw new Error(`${what.method} ${what.path} was answered by ${status}: ${text}`);
  return JSON.parse(text);
}
