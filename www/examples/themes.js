// The dials write custom properties on the preview; a theme is one of the very files that the documentation shows.
const form = document.querySelector('.dials');
const preview = document.querySelector('.preview');
const css = form.querySelector('#css');
const dials = [...form.querySelectorAll('[name^="--farthing"]')];
const base = new CSSStyleSheet();
document.adoptedStyleSheets.push(base);

const probe = document.createElement('i');
probe.hidden = true;
preview.append(probe);

/** A colour as `#rrggbb`, which is all that a colour field takes: what it is on this page, light or dark, a canvas paints. */
function hex(colour) {
  const paint = new OffscreenCanvas(1, 1).getContext('2d');
  probe.style.color = colour;
  paint.fillStyle = getComputedStyle(probe).color;
  paint.fillRect(0, 0, 1, 1);
  const [red, green, blue] = paint.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** What each dial stands at when nothing is set: what the widget falls back to. */
function fallback(name) {
  const style = getComputedStyle(preview);
  const accent = style.getPropertyValue('--farthing-accent').trim() || style.color;
  const ink = 'calc(999 * (0.179 - y))';
  return {
    '--farthing-surface': 'Canvas',
    '--farthing-accent-text': `color(from ${accent} xyz ${ink} ${ink} ${ink})`,
    '--farthing-radius': '6px',
    '--farthing-font': 'inherit',
  }[name] ?? style.color;
}

function turn(dial) {
  const value = getComputedStyle(preview).getPropertyValue(dial.name).trim() || fallback(dial.name);
  if (dial.type === 'color') dial.value = hex(value);
  else if (dial.type === 'range') dial.value = Number.parseFloat(value);
  else {
    // A theme's own font is one more choice.
    if (![...dial.options].some((option) => option.value === value)) dial.add(new Option('The theme’s', value));
    dial.value = value;
  }
}

function show() {
  const own = [...preview.style].map((name) => `  ${name}: ${preview.style.getPropertyValue(name)};`);
  const changed = own.length > 0 ? `:root {\n${own.join('\n')}\n}\n` : '';
  css.value = [base.text ?? '', changed].filter(Boolean).join('\n');
}

async function wear(theme) {
  base.text = theme && (await (await fetch(`themes/${theme}.css`)).text());
  // On the preview instead of the root: this page keeps its own look.
  base.replaceSync(base.text.replace(':root', '.preview'));
  preview.removeAttribute('style');
  dials.forEach(turn);
  show();
}

form.addEventListener('input', ({ target }) => {
  if (target.name === 'theme') wear(target.value);
  if (!dials.includes(target)) return;
  preview.style.setProperty(target.name, target.type === 'range' ? `${target.value}px` : target.value);
  show();
});

form.querySelector('[data-copy]').addEventListener('click', async () => {
  css.select();
  await navigator.clipboard.writeText(css.value);
  form.querySelector('[role="status"]').textContent = 'Copied';
});

wear(form.elements.theme.value);

window.Farthing ??= [];
window.Farthing.push(async ({ cart }) => {
  const { count } = await cart.get();
  if (count === 0) await cart.set([{ sku: 'CAB19', quantity: 12 }, { sku: 'HOUNDS', quantity: 1 }]);
});
