// Holds answers against /openapi.json: what the Worker answers is what it says that it answers.
import Ajv from 'ajv/dist/2020.js';
import { url } from './environment.mjs';

let loaded;

/** The document of the Worker under test; asked for once. */
export function openapi() {
  loaded ??= fetch(`${url}/openapi.json`).then((response) => response.json());
  return loaded;
}

let judged;

/** What knows the document; made once, however many ask at once. */
function judge() {
  judged ??= openapi().then((document) => {
    // The document as a whole is no schema; its schemas are checked strictly by a test of their own.
    const made = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    return made.addSchema(document, 'openapi');
  });
  return judged;
}

/** Whether a value fits the schema at a place of the document, given as the names that lead there. */
async function faults(place, value) {
  const schemas = await judge();
  const tokens = place.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')));
  const $ref = `openapi#/${tokens.join('/')}`;
  const validate = schemas.getSchema($ref) ?? schemas.compile({ $ref });
  if (validate(value)) return [];
  return validate.errors.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

/** The place that a reference leads to; `place` itself where it holds none. */
async function followed(place) {
  const found = place.reduce((value, name) => value?.[name], await openapi());
  return found?.$ref === undefined ? [found, place] : followed(found.$ref.slice(2).split('/'));
}

/** The path of the document that an address falls under. */
export async function pathOf(address) {
  const { pathname } = new URL(address, url);
  const patterns = Object.keys((await openapi()).paths).map((path) => {
    const parts = path.split(/\{\w+\}/).map((part) => RegExp.escape?.(part) ?? part.replace(/[.\\]/g, '\\$&'));
    return [path, new RegExp(`^${parts.join('[^/]+')}$`)];
  });
  return patterns.find(([, pattern]) => pattern.test(pathname))?.[0];
}

/**
 * Every way in which an answer is not as the document says: its status, its headers, its type, its body. `response` is
 * Playwright's; `address` may have a host and a query.
 */
export async function fits(method, address, response) {
  const status = String(response.status());
  const path = await pathOf(address);
  if (path === undefined) return problemOf(response, '404');
  const operations = (await openapi()).paths[path];
  const name = method === 'HEAD' ? 'get' : method.toLowerCase();
  if (operations[name] === undefined) {
    if (method === 'OPTIONS' && status === '204') return [];
    // Who may not ask at all is told that first.
    return problemOf(response, '405', ...Object.values(operations).flatMap(({ responses }) => Object.keys(responses)));
  }
  if (operations[name].responses[status] === undefined) return [`${method} ${path} does not say that it answers ${status}`];
  const [told, place] = await followed(['paths', path, name, 'responses', status]);
  const found = [...(await headerFaults(told, place, response)), ...(await bodyFaults(told, place, response, method))];
  return found.map((fault) => `${method} ${path} ${status}: ${fault}`);
}

/** A problem where the document has no answer of its own, with one of these statuses. */
async function problemOf(response, ...statuses) {
  const status = String(response.status());
  if (!statuses.includes(status) || response.headers()['content-type'] !== 'application/problem+json') {
    return [`${status} is no answer of an address or a method that is not there`];
  }
  // The body of a HEAD is empty.
  const text = await response.text();
  return text === '' ? [] : faults(['components', 'schemas', 'Problem'], JSON.parse(text));
}

async function headerFaults(told, place, response) {
  const found = [];
  for (const name of Object.keys(told.headers ?? {})) {
    const [header, at] = await followed([...place, 'headers', name]);
    const value = response.headers()[name.toLowerCase()];
    if (value !== undefined) {
      found.push(...(await faults([...at, 'schema'], value)).map((fault) => `${name}: ${fault}`));
    } else if (header.required) {
      found.push(`has no ${name}`);
    }
  }
  return found;
}

async function bodyFaults(told, place, response, method) {
  const text = await response.text();
  const type = response.headers()['content-type'];
  if (told.content === undefined) return text === '' ? [] : ['has a body'];
  if (told.content[type] === undefined) return [`is not said to be ${type}`];
  const value = () => (type.startsWith('text/') ? text : JSON.parse(text));
  return method === 'HEAD' ? [] : faults([...place, 'content', type, 'schema'], value());
}
