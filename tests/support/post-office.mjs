// An SMTP server that the test holds in its hand: it says what arrived, and is as secure, or as wrong, as the test wants.
import { SMTPServer } from 'smtp-server';

export class PostOffice {
  /** What arrived, in order: whom it was for, and its text. */
  mails = [];
  #server;

  /**
   * Opens on a port; on any where none is said. `login` is the `{ user, password }` that it wants. A mail that has arrived goes to
   * `beforeAnswer`, which may refuse it, and to `afterAnswer`. `others` are the server's own options.
   */
  static async open({ port = 0, login, beforeAnswer, afterAnswer, ...others } = {}) {
    const office = new PostOffice();
    office.#server = new SMTPServer({
      authOptional: login === undefined,
      disableReverseLookup: true,
      onAuth: ({ username, password }, session, done) => done(null, isRight(login, username, password) && { user: username }),
      onData: async (stream, session, done) => {
        const mail = await office.#take(stream, session);
        try {
          await beforeAnswer?.(mail);
        } catch (refusal) {
          return done(refusal);
        }
        office.mails.push(mail);
        done();
        afterAnswer?.(mail);
      },
      ...others,
    });
    // A client that finds something wrong hangs up.
    office.#server.on('error', () => {});
    await new Promise((resolve, reject) => office.#server.listen(port, '127.0.0.1', resolve).once('error', reject));
    return office;
  }

  get port() {
    return this.#server.server.address().port;
  }

  close() {
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(stream, session) {
    const parts = [];
    for await (const part of stream) parts.push(part);
    const to = session.envelope.rcptTo.map(({ address }) => address);
    return { to, text: Buffer.concat(parts).toString(), isSecure: session.secure, user: session.user };
  }
}

function isRight(login, user, password) {
  return login?.user === user && login?.password === password;
}

/** What a mail says in a header of one line. */
export function header({ text }, name) {
  return text.match(new RegExp(`^${name}: (.*?)\\r?$`, 'mi'))?.[1];
}
