// GET /health
import { answer, expect, good, invalid, test } from './calls.mjs';

test('says that the Worker and its database answer, and which version they are', async ({ request }) => {
  const response = await request.get('/health');
  const version = expect.stringMatching(/^\d+\.\d+\.\d+$/);
  expect(await answer(response)).toEqual(good({ status: 'ok', version }));
  expect(response.headers()['cache-control']).toBe('no-store');
});

test('takes no parameters', async ({ request }) => {
  expect(await answer(await request.get('/health?deep=1'))).toEqual(invalid(['/deep', 'unknownParameter']));
});
