// What the tests of the API share: who calls, what every answer has, and the demo store to come back to.
import { readFileSync } from 'node:fs';
import { expect, test as base } from '@playwright/test';
import { adminToken, url } from '../support/environment.mjs';
import { held } from './held.mjs';

export { expect };

/** The demo shop's site key; it allows the Worker's own origin. */
export const KEY = 'pk_demo_bakerstreet';
export const ORIGIN = url;
export const FOREIGN = 'https://elsewhere.example';
export const ADMIN = { Authorization: `Bearer ${adminToken}` };
export const JSON_TYPE = { 'Content-Type': 'application/json' };

/** Headers of a call from an address that nobody else calls from: wrong codes are counted by address. */
export function fromElsewhere() {
  const [, high, low] = /^(.{4})(.{4})/.exec(crypto.randomUUID());
  return { 'CF-Connecting-IP': `2001:db8:${high}:${low}::1` };
}

/** What a test calls by where it has no `request` of its own. */
export async function context(playwright, baseURL = url) {
  return held(await playwright.request.newContext({ baseURL }));
}

/** Each test calls from an address of its own, and may call as a shop's `server`. */
export const test = base.extend({
  extraHTTPHeaders: async ({}, use) => use(fromElsewhere()),
  request: async ({ request }, use) => use(held(request)),
  server: [
    async ({ playwright }, use) => {
      const request = await context(playwright);
      const server = await makeServer(request);
      await use(server);
      await admin(request, 'DELETE', `server-keys/${server.id}`);
      await request.dispose();
    },
    { scope: 'worker' },
  ],
});

/** A server key, and the headers of a call with it. */
export async function makeServer(request, query = '') {
  const reply = await admin(request, 'POST', `server-keys${query}`, { title: 'Test' });
  const { status, body } = await answer(reply);
  expect(status, JSON.stringify(body)).toBe(201);
  return { ...body, headers: { Authorization: `Bearer ${body.secret}` } };
}

/** A token of staff, and the headers of a call with it. */
export async function makeStaff(request, role, query = '') {
  const reply = await admin(request, 'POST', `admin-tokens${query}`, { title: 'Test', role });
  const { status, body } = await answer(reply);
  expect(status, JSON.stringify(body)).toBe(201);
  return { ...body, headers: { Authorization: `Bearer ${body.secret}` } };
}

const text = readFileSync(new URL('../../www/demo/store.json', import.meta.url), 'utf8');

/** A fresh copy of the demo store. */
export function demo() {
  return JSON.parse(text);
}

const codes = demo().discounts.flatMap(({ kind }) => kind.code ?? []);

/**
 * An answer's status, type and body at once. Whatever it is, it is typed, sets no cookie and names no coupon code but
 * those `asked` for.
 */
export async function answer(response, asked = []) {
  const headers = response.headers();
  const body = await response.text();
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['set-cookie']).toBeUndefined();
  expect(codes.filter((code) => body.includes(code) && !asked.includes(code))).toEqual([]);
  const type = headers['content-type'];
  const isJson = body !== '' && type.includes('json');
  return { status: response.status(), type, body: isJson ? JSON.parse(body) : body };
}

/** A rule as it is published: absent and `null` are the same, and absent is shorter. */
export function withoutNulls(rule) {
  return JSON.parse(JSON.stringify(rule, (key, value) => value ?? undefined));
}

/** A good answer. */
export function good(body, status = 200) {
  return { status, type: 'application/json', body };
}

/** A problem; `errors` lists the pointer and the code of every fault, in order. */
export function problem(status, code, errors = []) {
  const sentence = expect.stringMatching(/\S.* \S/);
  const faults = errors.map(([pointer, code]) => ({ pointer, code, detail: sentence }));
  return {
    status,
    type: 'application/problem+json',
    body: {
      type: `urn:farthing:problem:${code}`,
      status,
      code,
      title: sentence,
      detail: sentence,
      ...(faults.length > 0 ? { errors: faults } : {}),
    },
  };
}

/** A whole list, `limit` at a time: `name` is what holds it in an answer. Its rest is left where `isEnough` says so. */
export async function everyPage(request, path, name, { limit = 2, isEnough = () => false } = {}) {
  const all = [];
  let cursor = '';
  do {
    const { body } = await answer(await admin(request, 'GET', `${path}?limit=${limit}${cursor}`));
    expect(body[name].length).toBeLessThanOrEqual(limit);
    all.push(...body[name]);
    cursor = body.nextCursor && `&cursor=${body.nextCursor}`;
  } while (cursor && !isEnough(all));
  return all;
}

/** Only that a body is not what was expected of it. */
export function invalid(...errors) {
  return problem(422, 'invalidInput', errors);
}

/** A path of /v1 with the demo shop's key. */
export function withKey(path, query = '') {
  return `${path}?key=${KEY}${query}`;
}

/** Sends `body` exactly as it is, text or bytes. */
export function send(request, path, body, { method = 'POST', headers = {} } = {}) {
  const data = body === undefined ? undefined : Buffer.from(body);
  return request.fetch(path, { method, headers: { ...JSON_TYPE, ...headers }, data });
}

/** Sends `value` as JSON. */
export function sendJson(request, path, value, options) {
  return send(request, path, JSON.stringify(value), options);
}

/** What `work` makes of each item, some at a time: the local Worker sits behind one proxy. */
export async function each(items, work) {
  const results = [];
  for (let from = 0; from < items.length; from += 10) {
    results.push(...(await Promise.all(items.slice(from, from + 10).map(work))));
  }
  return results;
}

/** Asks something of staff's; without a token of its own, with the deployment's. */
export function admin(request, method, path, body, headers = ADMIN) {
  return sendJson(request, `/admin/api/${path}`, body, { method, headers });
}

export function importStore(request, store, query = '') {
  return sendJson(request, `/admin/api/import${query}`, store, { headers: ADMIN });
}

/** Brings the demo store back. */
export async function restore(request) {
  const response = await importStore(request, demo());
  expect(response.status(), await response.text()).toBe(200);
}

/** The version of the snapshot that prices now. */
export async function version(request) {
  const { status, body } = await answer(await request.get(withKey('/v1/snapshot')));
  expect(status).toBe(200);
  return body.version;
}

/**
 * What every address refuses that takes JSON of at most `limit` bytes. `isForServers`: it is called with a server key.
 */
export function refusesBadBodies(path, limit, { isForServers = false, ...others } = {}) {
  const optionsFor = (server) => ({ ...others, headers: { ...others.headers, ...(isForServers && server.headers) } });
  const bad = {
    'nothing at all': '',
    'broken JSON': '{"lines": [',
    'more after the JSON': '{} {}',
    'a number beyond all numbers': '[1e999]',
    'a name that is there twice': '{"a": {"lines": [], "lines": []}}',
    'half a surrogate pair': '"\\ud83d"',
    'bytes that are not UTF-8': Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    'a hundred thousand brackets': '['.repeat(100_000),
  };
  for (const [name, body] of Object.entries(bad)) {
    test(`refuses ${name}`, async ({ request, server }) => {
      const response = await send(request, path, body, optionsFor(server));
      expect(await answer(response)).toEqual(problem(400, 'malformedJson'));
    });
  }

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1']) {
    test(`refuses ${type}`, async ({ request, server }) => {
      const options = optionsFor(server);
      const headers = { ...options.headers, 'Content-Type': type };
      const response = await send(request, path, '{}', { ...options, headers });
      expect(await answer(response)).toEqual(problem(415, 'unsupportedMediaType'));
    });
  }

  test('refuses a compressed body', async ({ request, server }) => {
    const options = optionsFor(server);
    const headers = { ...options.headers, 'Content-Encoding': 'gzip' };
    const response = await send(request, path, '{}', { ...options, headers });
    expect(await answer(response)).toEqual(problem(415, 'unsupportedMediaType'));
  });

  test('reads a body at the limit and refuses one byte more', async ({ request, server }) => {
    const options = optionsFor(server);
    const atLimit = `"${'x'.repeat(limit - 2)}"`;
    expect(await answer(await send(request, path, atLimit, options))).toEqual(invalid(['', 'wrongType']));
    expect(await answer(await send(request, path, `${atLimit} `, options))).toEqual(problem(413, 'bodyTooLarge'));
  });

  test('refuses a body that never said how long it is', async ({ server }) => {
    const options = optionsFor(server);
    const chunk = new Uint8Array(64 * 1024).fill(0x20);
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += chunk.length;
        return sent > limit + chunk.length ? controller.close() : controller.enqueue(chunk);
      },
    });
    const headers = { ...JSON_TYPE, ...options.headers };
    const response = await fetch(url + path, { method: options.method ?? 'POST', headers, body, duplex: 'half' });
    expect([response.status, (await response.json()).code]).toEqual([413, 'bodyTooLarge']);
  });
}

/** What every address of the administrator refuses. */
export function refusesOthers(path, method) {
  const strangers = {
    'no token': {},
    'a wrong token': { Authorization: `Bearer ${'0'.repeat(adminToken.length)}` },
    'a longer token': { Authorization: `Bearer ${adminToken}0` },
    'half a token': { Authorization: `Bearer ${adminToken.slice(0, adminToken.length / 2)}` },
    'another scheme': { Authorization: `Basic ${adminToken}` },
    'a site key': { Authorization: `Bearer ${KEY}` },
  };
  for (const [name, headers] of Object.entries(strangers)) {
    test(`refuses ${name}`, async ({ request }) => {
      const response = await request.fetch(path, { method, headers: { ...JSON_TYPE, ...headers } });
      expect(await answer(response)).toEqual(problem(401, 'unauthorized'));
      expect(response.headers()['www-authenticate']).toBe('Bearer realm="admin"');
    });
  }

  test('opens to no other origin', async ({ request }) => {
    const response = await request.fetch(path, { method, headers: { ...ADMIN, Origin: FOREIGN } });
    expect(response.headers()['access-control-allow-origin']).toBeUndefined();
    const preflight = await request.fetch(path, {
      method: 'OPTIONS',
      headers: { Origin: FOREIGN, 'Access-Control-Request-Method': method },
    });
    expect([preflight.status(), preflight.headers()['access-control-allow-origin']]).toEqual([204, undefined]);
  });
}
