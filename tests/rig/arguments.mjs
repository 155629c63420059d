// `--name value` and `--flag` from the command line.

/** Each name of `defaults` with what was said of it; a number stays a number, and a flag is a Boolean. */
export function options(defaults, words = process.argv.slice(2)) {
  const chosen = { ...defaults };
  for (let at = 0; at < words.length; at++) {
    const name = words[at].replace(/^--/, '');
    if (!(name in defaults)) throw new Error(`unknown option \`${words[at]}\``);
    if (typeof defaults[name] === 'boolean') chosen[name] = true;
    else chosen[name] = typeof defaults[name] === 'number' ? number(name, words[++at]) : words[++at];
  }
  return chosen;
}

function number(name, word) {
  if (!/^\d+$/.test(word ?? '')) throw new Error(`\`--${name}\` wants a whole number, not \`${word}\``);
  return Number(word);
}
