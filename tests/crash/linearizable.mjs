// Whether there is an order in which all that clients were told would be right, one operation after the other: Wing and
// Gong's search, which lets operations happen as late as they can (Lowe's way), so that few are open at any time.

/**
 * The first operation that fits into no such order, or null. Each operation happens at one moment after `from` and before
 * `to`; `apply` gives the state that an operation leaves, or null where it can't have been answered as it was. Operations of
 * one `kind` leave the same.
 */
export function misfit(operations, start, apply) {
  const known = operations.map((operation, number) => ({ ...operation, number }));
  const begun = new Set();
  // Every way it may have gone: which of the operations under way have happened by now, and what they left.
  let ways = [{ happened: new Set(), state: start }];
  for (const { begins, ends } of moments(known)) {
    if (begins) {
      begun.add(begins);
      continue;
    }
    ways = waysUntil(ends, ways, begun, apply);
    if (ways.length === 0) return operations[ends.number];
    begun.delete(ends);
    for (const way of ways) way.happened.delete(ends.number);
  }
  return null;
}

function moments(operations) {
  const begins = operations.map((operation) => ({ at: operation.from, begins: operation }));
  const ends = operations.map((operation) => ({ at: operation.to, ends: operation }));
  return [...begins, ...ends].sort((a, b) => a.at - b.at);
}

/** The ways on which `wanted` has happened, with as few others before it as need be, each of them once. */
function waysUntil(wanted, ways, begun, apply) {
  const found = [];
  const seen = new Set();
  const open = [...ways];
  while (open.length > 0) {
    const way = open.pop();
    const name = `${[...way.happened].sort((a, b) => a - b)} ${JSON.stringify(way.state)}`;
    if (seen.has(name)) continue;
    seen.add(name);
    if (way.happened.has(wanted.number)) found.push(way);
    else open.push(...next(way, begun, apply));
  }
  return found;
}

function next({ happened, state }, begun, apply) {
  const ways = [];
  for (const operation of urgent(begun, happened)) {
    const left = apply(state, operation);
    if (left !== null) ways.push({ happened: new Set(happened).add(operation.number), state: left });
  }
  return ways;
}

/** Of each kind, the one that must happen first: two of a kind that are both under way could change places. */
function urgent(begun, happened) {
  const kinds = new Map();
  for (const operation of begun) {
    if (happened.has(operation.number)) continue;
    const other = kinds.get(operation.kind);
    if (other === undefined || operation.to < other.to) kinds.set(operation.kind, operation);
  }
  return kinds.values();
}
