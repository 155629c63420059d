// What `cargo xtask bench widget` prints.

const cells = (...texts) => texts.map((text, at) => (at === 0 ? String(text).padEnd(44) : String(text).padStart(12))).join('');

/** Ours beside the cart that the targets name: at most as long to the first totals, half as long from a click to new ones. */
const PEER = 'preact';
const TARGETS = { boot_ms: 1, click_to_totals_ms: 0.5 };

export function table(sizes, figures) {
  const text = [cells('bytes', 'raw', 'brotli-11'), ...sizes.map(({ item, raw, brotli11 }) => cells(item, raw, brotli11)), ''];
  for (const throttle of [...new Set(figures.map((figure) => figure.throttle))]) {
    const rows = figures.filter((figure) => figure.throttle === throttle);
    text.push(cells(`medians, processor slowed ${throttle} times`, 'boot ms', 'click ms'));
    text.push(...rows.map(({ name, boot_ms, click_to_totals_ms }) => cells(name, boot_ms, click_to_totals_ms)));
    const [ours, peer] = ['ours', PEER].map((wanted) => rows.find(({ name }) => name === wanted));
    const ratios = Object.entries(TARGETS).map(([figure, most]) => `${(ours[figure] / peer[figure]).toFixed(2)} (≤${most})`);
    text.push(cells(`ours ÷ ${PEER}`, ...ratios), '');
  }
  return text.join('\n');
}
