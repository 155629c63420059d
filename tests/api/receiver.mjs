// A receiver of webhooks: it keeps what comes, answers as it is told, and verifies with the library that shops take.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

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

/** Why the library refuses a message, at the instant `now` in milliseconds; nothing where it believes it. */
export function refusal(secret, { headers, body }, now = Date.now()) {
  const clock = Date.now;
  Date.now = () => now;
  try {
    new Webhook(secret).verify(body, headers);
    return null;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.message;
    throw error;
  } finally {
    Date.now = clock;
  }
}
