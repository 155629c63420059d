// Kills the Worker at random moments that are spread over the whole run.
import { setTimeout as pause } from 'node:timers/promises';

/** The longest time between the call that a kill waits for and the kill, in milliseconds: somewhere within that call. */
const LATEST = 8;

/** One kill in so many is followed by one that hits the start, within so many milliseconds. */
const TWICE = 10;
const START = 250;

/**
 * Kills `kills` times while about `expected` calls are made, and the rest when `isOver`. Gives each kill's number of calls
 * cut off and the time to start again, in milliseconds.
 */
export async function killAtRandom({ line, history, random, kills, expected, isOver }) {
  const first = history.calls;
  const moments = Array.from({ length: kills }, () => first + 1 + random.below(expected)).sort((a, b) => a - b);
  const done = [];
  while (moments.length > 0) {
    const moment = moments.shift();
    while (history.calls < moment && !isOver()) await pause(1);
    await pause(random.fraction() * LATEST);
    const isTwice = moments.length > 0 && random.onceIn(TWICE);
    if (isTwice) moments.shift();
    done.push(...(await line.cut(isTwice ? random.below(START) : null)));
  }
  return done;
}
