// The language that amounts, dates and lists are written by.

/** A page's `lang` may be no language tag. */
export function safe(language) {
  try {
    Intl.getCanonicalLocales(language);
    return language || 'en';
  } catch {
    return 'en';
  }
}
