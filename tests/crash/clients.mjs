// The clients: each takes the next order from the plan and does to it what the plan says, in a hurry and not always once.

/** Lets `count` clients do `work` to each of `list`, as soon as one is free. */
export async function shareOut(list, count, work) {
  const left = list.values();
  const client = async (_, number) => {
    for (const item of left) await work(item, number);
  };
  await Promise.all(Array.from({ length: count }, client));
}

/** Takes an order through all of its steps. */
export async function settle(line, shop, order, client, random) {
  for (const step of ['reserve', ...order.steps]) {
    const [what, operation] = [shop.call(order, step), `${order.reference}/${step}`];
    const ask = () => line.ask(what, operation, client);
    // A connection that breaks: the shop does not know whether the Worker heard. It may hear later, when the order is
    // released; to reserve it is then to try again, unless a key says that it is the same call.
    if (order.hasKeys && random.onceIn(20)) await line.once(what, operation, client, random.below(5));
    // A double click: both are under way at once.
    await Promise.all(random.onceIn(6) ? [ask(), ask()] : [ask()]);
    // The back button: the same again, after the answer.
    if (random.onceIn(8)) await ask();
  }
}

/** What is repeated in the end, of an order that has had all of its steps: whatever still means the same. */
export function repeatable(order) {
  if (order.hasKeys) return ['reserve', ...order.steps];
  // Without a key the order's reference names the call, so it is answered by the order as it stands; and to reserve one that
  // came to nothing is to try again.
  return order.steps.length === 0 ? ['reserve'] : order.steps.slice(-1);
}

/** Reads the counts now and then until `isOver`; a read that is cut off tells nothing and is not repeated. */
export async function watch(line, shop, pause, isOver) {
  for (let number = 0; !isOver(); number++) {
    await line.once(shop.count(), `read/${number}`, 'watcher');
    await pause();
  }
}
