// One connection that sends a request, reads the answer, and sends the next. Raw, because an HTTP client's own work would be
// measured with the Worker's.
import { connect } from 'node:net';

const HEAD_END = '\r\n\r\n';
const LAST_CHUNK = '0\r\n\r\n';

/** Sends what `next` gives, as long as it gives something; calls `answered(status)` after each. Resolves when it ends. */
export function converse(port, next, answered) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let received = '';
    const send = () => {
      const request = next();
      if (request !== null) return socket.write(request);
      socket.destroy();
      return resolve();
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('end', () => reject(new Error('the Worker hung up')));
    socket.on('data', (bytes) => {
      // One character a byte, so that lengths are bytes.
      received += bytes.latin1Slice();
      if (!isWhole(received)) return;
      answered(Number(received.slice(9, 12)));
      received = '';
      send();
    });
  });
}

function isWhole(text) {
  const head = text.indexOf(HEAD_END);
  if (head < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head + 2));
  if (length === null) return text.endsWith(LAST_CHUNK);
  return text.length >= head + HEAD_END.length + Number(length[1]);
}

/** Where a request names what no other request may name, eight digits go. */
export const PLACE = '########';

/** Gives a request's bytes again and again; each time its place holds the next number. */
export function requests({ method, path, headers = {}, body }, numbers) {
  const all = { Host: 'localhost', ...headers };
  if (body !== undefined) Object.assign(all, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = `${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body ?? ''}`;
  const bytes = Buffer.from(text);
  const place = bytes.indexOf(PLACE);
  return () => {
    if (place < 0) return bytes;
    const own = Buffer.from(bytes);
    own.write(String(numbers()).padStart(PLACE.length, '0'), place, 'latin1');
    return own;
  };
}
