// What a counter of uses should be, one operation after the other: at most `limit` are taken, and none is refused before.
import { misfit } from './linearizable.mjs';

const UNUSED = { held: 0, spent: 0 };

/** The first operation that no such counter can have answered in its time, or null. */
export function impossible(operations, limit) {
  const named = operations.map((operation) => ({ ...operation, kind: JSON.stringify([operation.does, operation.told]) }));
  const found = misfit(named, UNUSED, (uses, operation) => after(uses, operation, limit));
  return found && operations[named.indexOf(found)];
}

function after({ held, spent }, { does, told }, limit) {
  const isLeft = held + spent < limit;
  switch (does) {
    case 'take':
      return isLeft ? { held: held + 1, spent } : null;
    case 'be refused':
      return isLeft ? null : { held, spent };
    case 'spend':
      return held > 0 ? { held: held - 1, spent: spent + 1 } : null;
    case 'give back held':
      return held > 0 ? { held: held - 1, spent } : null;
    case 'give back spent':
      return spent > 0 ? { held, spent: spent - 1 } : null;
    case 'read':
      return told.held === held && told.spent === spent ? { held, spent } : null;
    default:
      throw new Error(`a counter can't ${does}`);
  }
}
