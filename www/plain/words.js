// What is said, in the page's language: the words are those of the widget, one a line.
import { safe } from './tag.js';

const NAMES = '__WORD_NAMES__'.split(' ');

export function speech(language, text) {
  const tag = safe(language);
  const words = new Map(text.split('\n').map((line, at) => [NAMES[at], line]));
  const plurals = new Intl.PluralRules(tag);
  const numbers = new Intl.NumberFormat(tag);
  const lists = new Intl.ListFormat(tag);
  const monies = new Map();
  const fill = (pattern, values) => pattern.replace(/\{(\d)\}/g, (_, place) => values[place] ?? '');
  return {
    say: (name, ...values) => fill(words.get(name) ?? '', values),
    count(name, number, ...values) {
      if (!words.get(name)?.includes('other:')) return fill(words.get(name) ?? '', [numbers.format(number), ...values]);
      const variants = (words.get(name) ?? '').split('|').map((variant) => variant.split(/:(.*)/s));
      const [, pattern] = variants.find(([category]) => category === plurals.select(number)) ?? variants.at(-1);
      return fill(pattern ?? '', [numbers.format(number), ...values]);
    },
    list: (names) => lists.format(names),
    /** Decimal strings go to the browser as they are, so no digit is lost. */
    money(decimal, currency) {
      const digits = decimal.split('.')[1]?.length ?? 0;
      const scale = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      // To make a format takes far longer than to use it.
      if (!monies.has(currency)) monies.set(currency, new Intl.NumberFormat(tag, { style: 'currency', currency, ...scale }));
      return monies.get(currency).format(decimal);
    },
  };
}
