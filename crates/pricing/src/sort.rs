//! The one way to sort.
//!
//! The standard library's sorts are made for millions of items and compiled anew for each type: ten of them were a tenth
//! of what a page loaded. A cart has few lines, and the rules of a store are put in order once.

/// Up to so many items are sorted by insertion, which needs the fewest steps there.
const FEW: usize = 16;

/// Sorts in place. Items of which neither comes before the other may change places, so whoever calls this compares until
/// a difference is found.
pub(crate) fn sort<T>(items: &mut [T], comes_before: impl Fn(&T, &T) -> bool + Copy) {
    if items.len() <= FEW {
        by_insertion(items, comes_before);
    } else {
        by_heap(items, comes_before);
    }
}

fn by_insertion<T>(items: &mut [T], comes_before: impl Fn(&T, &T) -> bool) {
    for end in 1..items.len() {
        let mut at = end;
        while let Some(before) = at.checked_sub(1)
            && let Some([left, right]) = items.get_mut(before..=at)
            && comes_before(right, left)
        {
            core::mem::swap(left, right);
            at = before;
        }
    }
}

fn by_heap<T>(items: &mut [T], comes_before: impl Fn(&T, &T) -> bool + Copy) {
    for root in (0..items.len() / 2).rev() {
        sink(items, root, comes_before);
    }
    for end in (1..items.len()).rev() {
        items.swap(0, end);
        sink(items.get_mut(..end).unwrap_or_default(), 0, comes_before);
    }
}

/// Lets an item sink until neither of the two below it comes behind it.
fn sink<T>(items: &mut [T], mut at: usize, comes_before: impl Fn(&T, &T) -> bool) {
    loop {
        let left = at.saturating_mul(2).saturating_add(1);
        let right = left.saturating_add(1);
        let Some(last) = items.get(left) else { return };
        let below = match items.get(right) {
            Some(other) if comes_before(last, other) => right,
            _ => left,
        };
        match (items.get(at), items.get(below)) {
            (Some(item), Some(last)) if comes_before(item, last) => items.swap(at, below),
            _ => return,
        }
        at = below;
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use proptest::prelude::*;

    use super::sort;

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(mut items in proptest::collection::vec(0_u8..50, 0..200)) {
            let mut expected: Vec<_> = items.clone();
            expected.sort_unstable();
            sort(&mut items, |a, b| a < b);
            prop_assert_eq!(items, expected);
        }
    }
}
