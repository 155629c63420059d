// Calls to the edge about offers.

/** How long an answer is waited for, in milliseconds: a connection may hang without an end. */
const PATIENCE = 20_000;

/** Asks; what it refuses is thrown, with its `code` and `status`. With one `once` a repeat is the same call. */
export async function ask({ origin, key }, path, body, once) {
  const response = await fetch(`${origin}/v1/offers/${path}?key=${encodeURIComponent(key)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(once && { 'idempotency-key': once }) },
    credentials: 'omit',
    signal: AbortSignal.timeout(PATIENCE),
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  throw Object.assign(new Error(answer.detail), { code: answer.code, status: response.status });
}
