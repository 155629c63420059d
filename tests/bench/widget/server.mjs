// Serves our page as the harness serves the peers': every file compressed once, nothing kept by the browser.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { KEY } from './capture.mjs';

const www = fileURLToPath(new URL('../../../dist/www', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css', '.txt': 'text/plain', '.html': 'text/html' };

/** A page with the cart; `bench` is what the harness looks for. */
const page = (lines) => `<!doctype html><html lang=en><meta charset=utf-8>
<script>localStorage.setItem('farthing:${KEY}', ${JSON.stringify(JSON.stringify({ cart: { codes: [], lines, shippingService: null }, coupons: [] }))});</script>
<script async src="/v1/embed.js" data-site-key="${KEY}"></script>
<farthing-cart></farthing-cart>
<script>{
  const look = () => {
    const root = document.querySelector('farthing-cart').shadowRoot;
    const total = () => root.querySelector('.total [part="amount"]');
    if (!root?.querySelector('[part="row"]') || !total().textContent) return setTimeout(look, 0);
    const plus = (at) => [...root.querySelectorAll('[part="row"]')[at].querySelectorAll('[part="step"]')].at(-1);
    window.bench = { root, plus, total };
  };
  look();
}</script>`;

export async function serve({ lines, snapshot, products }) {
  const made = { '/': page(lines), '/v1/snapshot': snapshot, '/v1/products': products };
  const compressed = new Map();
  const brotli = (path, contents) => compressed.get(path) ?? compressed.set(path, brotliCompressSync(contents)).get(path);
  const server = createServer((request, response) => {
    const [path] = request.url.split('?');
    const file = `${www}${path}`;
    if (!(path in made) && !existsSync(file)) return response.writeHead(404).end();
    const type = path === '/' ? 'text/html' : (TYPES[extname(path)] ?? 'application/json');
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'br', 'cache-control': 'no-store' });
    return response.end(brotli(path, made[path] ?? readFileSync(file)));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
