//! The one way to sort.
//!
//! The standard library's sorts are made for millions of items and compiled anew for each type: ten of them were a tenth
//! of what a page loaded. A cart has few lines, and the rules of a store are put in order once.

/// Up to so many items are sorted by insertion, which needs the fewest steps there.
const FEW: usize = 16;

/// Sorts in place. Items of which neither comes before the other may change places, so whoever calls this compares until
/// a difference is found.
pub(crate) fn sort<T>(items: &mut [T], comes_before: impl Fn(&T, &T) -> bool + Copy) {
    by_parts(items, depth_of(items), comes_before);
}

/// Brings the first so many items to the front, in no order of their own: cheaper than to sort them all.
pub(crate) fn select<T>(mut items: &mut [T], mut count: usize, comes_before: impl Fn(&T, &T) -> bool + Copy) {
    let mut depth = depth_of(items);
    while items.len() > FEW && depth > 0 {
        depth = depth.saturating_sub(1);
        let middle = part(items, comes_before);
        let Some((smaller, rest)) = items.split_at_mut_checked(middle) else { return };
        if count <= middle {
            items = smaller;
        } else {
            count = count.saturating_sub(middle).saturating_sub(1);
            items = rest.get_mut(1..).unwrap_or_default();
        }
    }
    by_parts(items, 0, comes_before);
}

/// Twice as deep as halves go: beyond that the parts are anything but halves.
fn depth_of<T>(items: &[T]) -> u32 {
    items.len().checked_ilog2().unwrap_or(0).saturating_mul(2)
}

/// Parts the items by one of them and sorts either side, down to a few; by heap where that goes too deep.
fn by_parts<T>(mut items: &mut [T], mut depth: u32, comes_before: impl Fn(&T, &T) -> bool + Copy) {
    while items.len() > FEW {
        let Some(deeper) = depth.checked_sub(1) else { return by_heap(items, comes_before) };
        depth = deeper;
        let middle = part(items, comes_before);
        let Some((smaller, rest)) = items.split_at_mut_checked(middle) else { return };
        by_parts(smaller, depth, comes_before);
        items = rest.get_mut(1..).unwrap_or_default();
    }
    by_insertion(items, comes_before);
}

/// Puts what comes before one of the items on its left and all else on its right; tells where that one is then.
fn part<T>(items: &mut [T], comes_before: impl Fn(&T, &T) -> bool) -> usize {
    put_median_last(items, &comes_before);
    let Some((median, rest)) = items.split_last_mut() else { return 0 };
    let mut smaller: usize = 0;
    for at in 0..rest.len() {
        if rest.get(at).is_some_and(|item| comes_before(item, median)) {
            rest.swap(smaller, at);
            smaller = smaller.saturating_add(1);
        }
    }
    let last = rest.len();
    items.swap(smaller, last);
    smaller
}

/// Of the first, the middle and the last item the median comes last: items that are in order already part in halves.
fn put_median_last<T>(items: &mut [T], comes_before: impl Fn(&T, &T) -> bool) {
    let (middle, last) = (items.len() / 2, items.len().saturating_sub(1));
    let is_before = |items: &[T], a: usize, b: usize| {
        items.get(a).zip(items.get(b)).is_some_and(|(a, b)| comes_before(a, b))
    };
    let (low, high) = if is_before(items, middle, 0) { (middle, 0) } else { (0, middle) };
    if is_before(items, last, low) {
        items.swap(low, last);
    } else if is_before(items, high, last) {
        items.swap(high, last);
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

    use super::{by_parts, select, sort};

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(
            mut items in proptest::collection::vec(0_u16..500, 0..400), depth in 0_u32..20,
        ) {
            let mut expected: Vec<_> = items.clone();
            expected.sort_unstable();
            let mut shallow = items.clone();
            by_parts(&mut shallow, depth, |a, b| a < b);
            sort(&mut items, |a, b| a < b);
            prop_assert_eq!((&items, &shallow), (&expected, &expected));
            sort(&mut items, |a, b| b < a);
            expected.reverse();
            prop_assert_eq!(items, expected);
        }

        #[test]
        fn the_first_so_many_come_to_the_front(
            mut items in proptest::collection::vec(0_u16..500, 0..200), count in 0_usize..220,
        ) {
            let mut expected = items.clone();
            expected.sort_unstable();
            select(&mut items, count, |a, b| a < b);
            let count = count.min(items.len());
            items[..count].sort_unstable();
            prop_assert_eq!(&items[..count], &expected[..count]);
        }
    }
}
