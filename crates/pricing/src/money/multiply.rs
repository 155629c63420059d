//! The one multiplication.

/// `a × b`, where it is below 2^64. Numbers of everyday size are multiplied in one instruction; to find out whether larger
/// ones fit, wasm has to multiply them as 128-bit numbers.
pub(super) const fn multiply(a: u64, b: u64) -> Option<u64> {
    if (a | b) >> 32 == 0 { Some(a.wrapping_mul(b)) } else { a.checked_mul(b) }
}
