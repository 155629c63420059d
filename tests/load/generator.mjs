// A process of its own that puts a load on a port for a while and counts the answers. It is told what to send, and tells
// what came back and how busy it was itself.
import { converse, requests } from './connection.mjs';

let number = 0;

process.on('disconnect', () => process.exit());
process.on('message', async (load) => process.send(await put(load)));

async function put({ port, request, connections, milliseconds }) {
  const statuses = {};
  let answers = 0;
  const began = performance.now();
  const busy = process.cpuUsage();
  const each = requests(request, () => (number += 1));
  const next = () => (performance.now() - began < milliseconds ? each() : null);
  const answered = (status) => {
    answers += 1;
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  try {
    await Promise.all(Array.from({ length: connections }, () => converse(port, next, answered)));
  } catch (error) {
    return { error: error.message };
  }
  const took = performance.now() - began;
  const { user, system } = process.cpuUsage(busy);
  return { answers, statuses, perSecond: (1000 * answers) / took, busy: (user + system) / 1000 / took };
}
