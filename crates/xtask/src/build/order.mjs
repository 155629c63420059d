// Puts the functions of a module into an order that compresses well: node order.mjs <from> <to>
//
// The compiler makes many functions that are nearly the same: a list of this and of that grown, a closure here and there.
// How well a copy compresses depends on how far its model is away. So each function is followed by the one that is most like
// it of those that are left; what calls them is renumbered by binaryen. Measured on the widget: 3 % of its brotli size.
import { readFileSync, writeFileSync } from 'node:fs';
import binaryen from 'binaryen';
import { IMPORT, SECTION, imported, section, unsigned } from './binary.mjs';

/** Functions are alike as far as they have runs of so many bytes in common. */
const RUN = 5;
/** A run that more functions have than this tells nothing, and would take long to follow. */
const MOST = 200;

const [from, to] = process.argv.slice(2);
const bytes = readFileSync(from);
const bodies = bodiesOf(bytes);
const imports = imported(section(bytes, SECTION.import), IMPORT.function);
const module = binaryen.readBinary(named(bytes, imports, chain(bodies)));
module.runPasses(['reorder-functions-by-name']);
writeFileSync(to, module.emitBinary());

function bodiesOf(module) {
  const code = section(module, SECTION.code);
  return Array.from({ length: code.number() }, () => code.bytes(code.number()));
}

/** The functions' numbers: the shortest first, then always the most similar of the others. */
function chain(bodies) {
  const runs = bodies.map(runsOf);
  const sharers = sharersOf(runs);
  const waiting = new Set(bodies.map((_, at) => at).sort((a, b) => bodies[a].length - bodies[b].length || a - b));
  const order = [];
  while (waiting.size > 0) {
    const next = mostSimilar(order.at(-1), runs, sharers, waiting) ?? waiting.values().next().value;
    waiting.delete(next);
    order.push(next);
  }
  return order;
}

function runsOf(body) {
  const runs = new Set();
  for (let at = 0; at + RUN <= body.length; at++) runs.add(body.toString('latin1', at, at + RUN));
  return runs;
}

/** Which functions have a run, by the run. */
function sharersOf(runs) {
  const sharers = new Map();
  for (const [at, own] of runs.entries()) {
    for (const run of own) {
      if (!sharers.has(run)) sharers.set(run, []);
      sharers.get(run).push(at);
    }
  }
  for (const [run, all] of sharers) if (all.length > MOST) sharers.delete(run);
  return sharers;
}

/** The one that shares the greatest part of all runs of both. */
function mostSimilar(last, runs, sharers, waiting) {
  const shared = new Map();
  for (const run of runs[last] ?? []) {
    for (const other of sharers.get(run) ?? []) {
      if (waiting.has(other)) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
  }
  let [best, most] = [undefined, 0];
  for (const [other, count] of shared) {
    const similarity = count / (runs[last].size + runs[other].size - count);
    if (similarity > most) [best, most] = [other, similarity];
  }
  return best;
}

/** The module, each function named by its place in the order. */
function named(module, imports, order) {
  const places = [...Array(imports).keys()];
  for (const [place, at] of order.entries()) places[imports + at] = imports + place;
  const names = places.flatMap((place, at) => [...unsigned(at), ...text(String(place).padStart(6, '0'))]);
  const functions = [...unsigned(places.length), ...names];
  const content = [...text('name'), 1, ...unsigned(functions.length), ...functions];
  return Buffer.concat([module, Buffer.from([0, ...unsigned(content.length), ...content])]);
}

function text(letters) {
  return [...unsigned(letters.length), ...Buffer.from(letters)];
}
