// What `cargo xtask load` prints.
import { median } from './median.mjs';

const cells = (...texts) => texts.map((text, at) => (at === 0 ? text.padEnd(34) : text.padStart(12))).join('');

/** The lines of the report. Medians of the rounds; a ratio is that of each round, since only what takes turns compares. */
export function table({ lanes, rounds, ratios, statements, start }) {
  const over = (name, field) => median(rounds.map((round) => round[name][field]));
  const row = (name) => {
    const [fast, busy] = [over(name, 'perSecond'), over(name, 'busy')];
    return cells(name, fast.toFixed(0), (1e6 / fast).toFixed(0), `${(100 * busy).toFixed(0)} %`);
  };
  const ratio = ({ name, base, least }) => {
    const found = median(rounds.map((round) => round[name].perSecond / round[base].perSecond));
    return cells(`${name} ÷ ${base}`, found.toFixed(2), least.toFixed(2));
  };
  const asked = Object.entries(statements).map(([name, count]) => cells(`a warm ${name}`, count.toFixed(2)));
  return [
    cells('', 'a second', 'µs', 'load busy'),
    ...lanes.map(row),
    cells('\nratio', 'found', 'at least'),
    ...ratios.map(ratio),
    cells('\ndatabase statements', 'found'),
    ...asked,
    cells('\nstart-up of the module', `${start.toFixed(1)} ms`),
  ].join('\n');
}
