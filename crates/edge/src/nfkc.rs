//! The Unicode form in which typed codes are compared.

use unicode_normalization::UnicodeNormalization as _;

/// Brings a text to Unicode form NFKC: `ＳＡＶＥ１０` becomes `SAVE10`.
pub(crate) fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}
