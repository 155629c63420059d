// A receiver of webhooks: it keeps what comes, answers as it is told, and verifies as Standard Webhooks says.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';

/** How far from now the time of a message may be, in seconds. */
const TOLERANCE = 5 * 60;

export class Receiver {
  /** Everything that came: headers and body. */
  received = [];
  /** What is answered next, in turn; then 204. */
  answers = [];
  #server = createServer((request, response) => this.#take(request, response));

  static async open() {
    const receiver = new Receiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}/hook`;
  }

  /** What came about one order. */
  about(reference) {
    return this.received.filter(({ body }) => JSON.parse(body).data.reference === reference);
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #take(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    this.received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    const { status = 204, ...more } = this.answers.shift() ?? {};
    response.writeHead(status, more).end();
  }
}

/** Whether a message was signed with `secret`, and lately. */
export function isGenuine(secret, { headers, body }, now = Date.now()) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signatures.split(' ').some((versioned) => {
    const [version, signature] = versioned.split(',');
    const found = Buffer.from(signature ?? '', 'base64');
    return version === 'v1' && found.length === expected.length && timingSafeEqual(found, expected);
  });
}
