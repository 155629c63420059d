//! The one way to sort.
//!
//! The standard library's sorts are made for millions of items and compiled anew for each type: ten of them were a tenth
//! of what a page loaded. A cart has few lines, and the rules of a store are put in order once. So what is done is
//! written once, for places of whatever kind: it asks whether what is at one comes before what is at another, and
//! changes the two.

use core::ops::Range;

/// Up to so many items are sorted by insertion, which needs the fewest steps there.
const FEW: usize = 16;

/// Sorts in place. Items of which neither comes before the other may change places, so whoever calls this compares until
/// a difference is found.
pub(crate) fn sort<T>(items: &mut [T], comes_before: impl Fn(&T, &T) -> bool) {
    let all = 0..items.len();
    by_parts(&mut Slice { items, comes_before }, all.clone(), depth_of(&all));
}

/// Brings the first so many items to the front, in no order of their own: cheaper than to sort them all.
pub(crate) fn select<T>(items: &mut [T], count: usize, comes_before: impl Fn(&T, &T) -> bool) {
    let all = 0..items.len();
    to_the_front(&mut Slice { items, comes_before }, all, count);
}

/// What is put in order, by place.
trait Places {
    /// Whether what is at `a` comes before what is at `b`; never where one is out of bounds.
    fn is_before(&self, a: usize, b: usize) -> bool;

    /// Exchanges what is at either; both are within bounds.
    fn swap(&mut self, a: usize, b: usize);

    /// Moves what is at a place back, as far as `start`, until it does not come before what is there. The innermost loop:
    /// here it is compiled for each kind, and calls nothing.
    fn move_back(&mut self, start: usize, mut at: usize) {
        while at > start && self.is_before(at, at.saturating_sub(1)) {
            let before = at.saturating_sub(1);
            self.swap(before, at);
            at = before;
        }
    }
}

struct Slice<'a, T, F> {
    items: &'a mut [T],
    comes_before: F,
}

impl<T, F: Fn(&T, &T) -> bool> Places for Slice<'_, T, F> {
    #[inline]
    fn is_before(&self, a: usize, b: usize) -> bool {
        self.items.get(a).zip(self.items.get(b)).is_some_and(|(a, b)| (self.comes_before)(a, b))
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.items.swap(a, b);
    }
}

/// Twice as deep as halves go: beyond that the parts are anything but halves.
fn depth_of(part: &Range<usize>) -> u32 {
    part.len().checked_ilog2().unwrap_or(0).saturating_mul(2)
}

fn to_the_front(places: &mut dyn Places, mut part: Range<usize>, count: usize) {
    let mut depth = depth_of(&part);
    while part.len() > FEW && depth > 0 {
        depth = depth.saturating_sub(1);
        let middle = divide(places, &part);
        if count <= middle {
            part.end = middle;
        } else {
            part.start = middle.saturating_add(1);
        }
    }
    by_parts(places, part, 0);
}

/// Parts the items by one of them and sorts either side, down to a few; by heap where that goes too deep.
fn by_parts(places: &mut dyn Places, mut part: Range<usize>, mut depth: u32) {
    while part.len() > FEW {
        let Some(deeper) = depth.checked_sub(1) else { return by_heap(places, &part) };
        depth = deeper;
        let middle = divide(places, &part);
        by_parts(places, part.start..middle, depth);
        part.start = middle.saturating_add(1);
    }
    by_insertion(places, &part);
}

/// Puts what comes before one of the items on its left and all else on its right; tells where that one is then.
fn divide(places: &mut dyn Places, part: &Range<usize>) -> usize {
    let last = part.end.saturating_sub(1);
    put_median_last(places, part, last);
    let mut smaller = part.start;
    for at in part.start..last {
        if places.is_before(at, last) {
            places.swap(smaller, at);
            smaller = smaller.saturating_add(1);
        }
    }
    places.swap(smaller, last);
    smaller
}

/// Of the first, the middle and the last item the median comes last: items that are in order already part in halves.
fn put_median_last(places: &mut dyn Places, part: &Range<usize>, last: usize) {
    let middle = part.start.midpoint(last);
    let is_turned = places.is_before(middle, part.start);
    let (low, high) = if is_turned { (middle, part.start) } else { (part.start, middle) };
    if places.is_before(last, low) {
        places.swap(low, last);
    } else if places.is_before(high, last) {
        places.swap(high, last);
    }
}

fn by_insertion(places: &mut dyn Places, part: &Range<usize>) {
    for end in part.start.saturating_add(1)..part.end {
        places.move_back(part.start, end);
    }
}

fn by_heap(places: &mut dyn Places, part: &Range<usize>) {
    for root in (0..part.len() / 2).rev() {
        sink(places, part.clone(), root);
    }
    for end in (part.start.saturating_add(1)..part.end).rev() {
        places.swap(part.start, end);
        sink(places, part.start..end, 0);
    }
}

/// Lets the so-manieth item sink until neither of the two below it comes behind it.
fn sink(places: &mut dyn Places, heap: Range<usize>, mut root: usize) {
    loop {
        let at = heap.start.saturating_add(root);
        let left = root.saturating_mul(2).saturating_add(1);
        if left >= heap.len() {
            return;
        }
        let mut below = heap.start.saturating_add(left);
        let right = below.saturating_add(1);
        if right < heap.end && places.is_before(below, right) {
            below = right;
        }
        if !places.is_before(at, below) {
            return;
        }
        places.swap(at, below);
        root = below.saturating_sub(heap.start);
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use proptest::prelude::*;

    use super::{Slice, by_parts, select, sort};

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(
            mut items in proptest::collection::vec(0_u16..500, 0..400), depth in 0_u32..20,
        ) {
            let mut expected: Vec<_> = items.clone();
            expected.sort_unstable();
            let mut shallow = items.clone();
            let all = 0..shallow.len();
            by_parts(&mut Slice { items: &mut shallow, comes_before: |a: &u16, b: &u16| a < b }, all, depth);
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
