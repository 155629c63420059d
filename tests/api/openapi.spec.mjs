// GET /openapi.json
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { fits, openapi } from '../support/openapi.mjs';
import { answer, expect, sendJson, test, withKey } from './calls.mjs';
import { held } from './held.mjs';
import { ROUTES } from './routes.mjs';

/** What of OpenAPI 3.1 the document uses: enough to find a misspelt or a missing field. */
const META = JSON.parse(readFileSync(new URL('../support/openapi-meta.json', import.meta.url), 'utf8'));

/** Every operation with its path and method. */
async function operations() {
  return Object.entries((await openapi()).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );
}

/** Every value in a value, the value itself included. */
function* everything(value) {
  yield value;
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) yield* everything(part);
  }
}

test('is JSON that is kept for a while, and asked for again by its tag', async ({ request }) => {
  const response = await request.get('/openapi.json');
  expect(response.headers()['cache-control']).toBe('public, max-age=30, stale-while-revalidate=300');
  // It names the codes of its examples.
  const { status, type } = await answer(response, ['SAVE10']);
  expect([status, type]).toEqual([200, 'application/json']);
  const { etag } = response.headers();
  const again = await request.get('/openapi.json', { headers: { 'If-None-Match': etag } });
  expect([again.status(), again.headers().etag, await again.text()]).toEqual([304, etag, '']);
});

test('is OpenAPI 3.1', async () => {
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(META);
  validate(await openapi());
  expect(validate.errors ?? []).toEqual([]);
});

test('every reference leads somewhere', async () => {
  const document = await openapi();
  for (const { $ref } of [...everything(document)].filter((value) => typeof value?.$ref === 'string')) {
    const names = $ref.slice(2).split('/');
    expect($ref.startsWith('#/') && names.reduce((value, name) => value?.[name], document), $ref).toBeTruthy();
  }
});

test('every schema says only what a schema can say', async () => {
  const { schemas } = (await openapi()).components;
  const text = JSON.stringify(schemas).replaceAll('#/components/schemas/', '#/$defs/');
  const $defs = JSON.parse(text);
  const ajv = new Ajv({ strict: true, strictTypes: false, validateFormats: false });
  for (const name of Object.keys($defs)) ajv.compile({ $ref: `#/$defs/${name}`, $defs });
});

test('has every route, with whom it is for', async () => {
  const whom = ({ security }) => {
    const [scheme] = security;
    if (scheme === undefined) return 'anyone';
    return scheme.siteKey ? 'page' : scheme.serverKey ? 'server' : scheme.adminToken[0];
  };
  const found = (await operations()).map((operation) => {
    const path = operation.path.replace(/\{\w+\}/, '{}');
    return `${operation.method.toUpperCase()} ${path} ${whom(operation)}`;
  });
  expect(found.sort()).toEqual(ROUTES.map(({ method, path, whom }) => `${method} ${path} ${whom}`).sort());
});

test('every operation says what it is, and what can go wrong', async () => {
  const all = await operations();
  const tags = (await openapi()).tags.map(({ name }) => name);
  expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
  for (const { operationId, tags: own, summary, responses, security, path, parameters = [] } of all) {
    expect(own.every((tag) => tags.includes(tag)) && own.length === 1, operationId).toBe(true);
    expect(summary, operationId).toMatch(/^[A-Z].*[^.]$/);
    const statuses = Object.keys(responses);
    expect(statuses.some((status) => status.startsWith('2')), operationId).toBe(true);
    const usual = ['400', '422', '500', ...(security.length > 0 ? ['401'] : [])];
    expect(usual.filter((status) => !statuses.includes(status)), operationId).toEqual([]);
    const segments = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `#/components/parameters/${name}`);
    expect(segments.filter(($ref) => !parameters.some((own) => own.$ref === $ref)), operationId).toEqual([]);
  }
});

test('every example fits its schema', async () => {
  const document = await openapi();
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  let count = 0;
  for (const { schema, examples } of [...everything(document)].filter((value) => value !== null)) {
    if (schema === undefined || examples === undefined) continue;
    const validate = ajv.compile({ ...document, ...schema, $id: `https://farthing.example/${count}` });
    for (const [name, example] of Object.entries(examples)) {
      const { value } = example.$ref ? document.components.examples[example.$ref.split('/').at(-1)] : example;
      validate(value);
      expect(validate.errors ?? [], name).toEqual([]);
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(50);
});

test('the examples are what the demo shop answers', async ({ request, server }) => {
  const { paths } = await openapi();
  const sent = ({ requestBody }) => Object.values(requestBody.content['application/json'].examples)[0].value;
  const told = ({ responses }, status) => Object.values(responses[status].content['application/json'].examples)[0].value;
  const quotes = paths['/v1/quotes'].post;
  const { body: quote } = await answer(await sendJson(request, withKey('/v1/quotes'), sent(quotes)), ['SAVE10']);
  // What comes and goes with the season is left out: verdicts, messages and nudges.
  const anew = ({ lines, subtotal, shipping, total, saving, applied, codes }) => [
    [lines, subtotal, shipping, total, saving],
    [applied, codes],
  ];
  expect(anew(quote)).toEqual(anew(told(quotes, 200)));
  expect(Object.keys(quote).sort()).toEqual(Object.keys(told(quotes, 200)).sort());

  const { body: products } = await answer(await request.get(withKey('/v1/products', '&sku=CAB19&sku=HOUNDS')));
  expect(products.products).toEqual(told(paths['/v1/products'].get, 200).products);

  const reference = `test-${crypto.randomUUID()}`;
  const orders = paths['/v1/orders'].post;
  const order = { ...sent(orders), reference };
  const { body: reserved } = await answer(await sendJson(request, '/v1/orders', order, { headers: server.headers }));
  const first = ({ quote: { snapshotVersion, asOf, ...sale }, reservedAt, expiresAt, link, ...rest }) => ({
    ...rest,
    sale,
    link: link.split('.')[0],
  });
  expect(first(reserved)).toEqual(first({ ...told(orders, 201), reference }));
});

test('an answer that is not as it says is found', async ({ request }) => {
  const response = await request.get('/health');
  expect(await fits('GET', '/health', response)).toEqual([]);
  const like = (changes) => ({
    url: () => '/health',
    status: () => 200,
    headers: () => response.headers(),
    text: async () => '{"status":"ok","version":"0.1.0"}',
    ...changes,
  });
  expect(await fits('GET', '/health', like({}))).toEqual([]);
  for (const changes of [
    { status: () => 418 },
    { headers: () => ({ ...response.headers(), 'content-type': 'text/html' }) },
    { headers: () => ({ 'content-type': 'application/json' }) },
    { text: async () => '{"status":"ok","version":"0.1.0","more":1}' },
    { text: async () => '{"status":"ok"}' },
  ]) {
    expect(await fits('GET', '/health', like(changes)), JSON.stringify(Object.keys(changes))).not.toEqual([]);
    // Whoever is answered so by chance fails.
    await expect(held({ get: async () => like(changes) }).get('/health')).rejects.toThrow('/health');
  }
  expect(await fits('GET', '/nothing', response)).not.toEqual([]);
  expect(await fits('PUT', '/health', response)).not.toEqual([]);
});
