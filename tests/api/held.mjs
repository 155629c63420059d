// Calls whose every answer is held against what /openapi.json says that it may be.
import { expect } from '@playwright/test';
import { fits } from '../support/openapi.mjs';

const CALLS = ['fetch', 'get', 'head', 'post', 'put', 'patch', 'delete'];

/** The same context; a call fails where its answer is not as the document says. */
export function held(context) {
  return new Proxy(context, {
    get(target, name) {
      const value = target[name];
      if (CALLS.includes(name)) return (address, options) => called(target, name, address, options);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function called(context, name, address, options = {}) {
  const response = await context[name](address, options);
  const method = name === 'fetch' ? (options.method ?? 'GET') : name;
  expect(await fits(method.toUpperCase(), response.url(), response)).toEqual([]);
  return response;
}
