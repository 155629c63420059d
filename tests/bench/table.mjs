// What `cargo xtask bench` prints: how the engine compares with its peers, beside what it has to reach. Ratios only mean
// something inside one run, where all peers took turns; so there is no absolute time to reach.
import { readFileSync } from 'node:fs';

/** At least so many times as fast as Medusa. */
const TIMES_MEDUSA = { 'L10-P100': 300, 'L10-P1000': 600, 'L100-P1000': 900 };
/** At most so many times the time of the strongest JavaScript: the geometric mean, and each scenario. */
const MEAN_OF_INDEXED = 0.9;
const WORST_OF_INDEXED = 1.2;

const results = readFileSync(process.argv[2], 'utf8').split('\n').filter((text) => text.startsWith('{')).map(JSON.parse);
const failures = results.filter(({ peer, error }) => error && ['farthing', 'medusa', 'hand-indexed'].includes(peer));
for (const { peer, scenario, error } of failures) console.log(`✗ ${peer} failed on ${scenario}: ${error}`);
const names = [...new Set(results.map(({ scenario }) => scenario))].filter(Boolean);
const row = (scenario, peer) => results.find((one) => one.scenario === scenario && one.peer === peer && one.us);

let missed = failures.length;
const mark = (isReached) => {
  missed += isReached ? 0 : 1;
  return isReached ? ' ' : '✗';
};
const cells = (...texts) => texts.map((text, at) => (at === 0 ? text.padEnd(18) : text.padStart(13))).join('');

console.log(`\n  ${cells('scenario', 'µs', '× Medusa', 'at least', '÷ indexed', 'at most', 'best', 'split')}`);
const shares = [];
for (const scenario of names) {
  const [ours, medusa, indexed] = ['farthing', 'medusa', 'hand-indexed'].map((peer) => row(scenario, peer));
  if (ours === undefined) {
    console.log(`${mark(false)} ${scenario}: not measured`);
    continue;
  }
  const times = medusa && medusa.us / ours.us;
  const share = indexed && ours.us / indexed.us;
  if (share) shares.push(share);
  const least = TIMES_MEDUSA[scenario];
  const isExact = ours.best_ok && ours.discount_delta === 0 && ours.line_split_exact;
  const isReached = isExact && !(times < least) && !(share > WORST_OF_INDEXED) && (least === undefined || times > 0);
  const texts = [
    ours.us.toFixed(2),
    times ? times.toFixed(0) : '–',
    least?.toString() ?? '',
    share ? share.toFixed(2) : '–',
    share ? WORST_OF_INDEXED.toFixed(2) : '',
    ours.best_ok ? 'right' : 'WRONG',
    ours.discount_delta === 0 && ours.line_split_exact ? 'exact' : 'WRONG',
  ];
  console.log(`${mark(isReached)} ${cells(scenario, ...texts)}`);
}
if (shares.length > 0) {
  const mean = Math.exp(shares.reduce((sum, share) => sum + Math.log(share), 0) / shares.length);
  const texts = ['', '', '', mean.toFixed(2), MEAN_OF_INDEXED.toFixed(2)];
  console.log(`${mark(mean <= MEAN_OF_INDEXED)} ${cells('geometric mean', ...texts)}`);
}
if (names.length === 0) console.log(`${mark(false)} nothing was measured`);
console.log(missed === 0 ? '\nevery target is reached' : `\n${missed} not reached`);
process.exitCode = missed === 0 ? 0 : 1;
