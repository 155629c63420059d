// How often the database is asked when everything is warm.
import { call, insist } from '../rig/http.mjs';
import { PLACE } from './connection.mjs';

/** So many calls, which take less time than a warm Worker believes what it knows. */
const CALLS = 100;

let number = 0;

/** Statements a call, on the average. */
export async function statementsOf(agent, port, { status, request }) {
  const counted = () => insist(agent, port, { method: 'GET', path: '/statements' });
  const once = async () => {
    number += 1;
    const text = request.body.replace(PLACE, `s${number}`);
    const answer = await call(agent, port, { ...request, body: JSON.parse(text) });
    if (answer.status !== status) throw new Error(`${request.path} was answered by ${answer.status}: ${answer.text}`);
  };
  await once();
  const before = await counted();
  for (let calls = 0; calls < CALLS; calls++) await once();
  return ((await counted()).statements - before.statements) / CALLS;
}
