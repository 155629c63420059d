//! What is found by its name.

use alloc::vec::Vec;

use crate::{model::Id, sort::sort};

/// Numbers by name, perhaps several to one: a sorted list. Maps of the standard library are compiled anew for each type of
/// what is in them, and stores are looked up far more often than they change.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(Vec<(Id, u32)>);

impl Names {
    /// Up to so many names are put in one by one.
    const FEW: usize = 8;

    /// Those of these names.
    pub(super) fn new(names: Vec<(Id, u32)>) -> Self {
        let mut all = Self::default();
        all.add(names);
        all
    }

    /// Adds more.
    pub(super) fn add(&mut self, mut names: Vec<(Id, u32)>) {
        if names.len() > Self::FEW {
            self.0.append(&mut names);
            sort(&mut self.0, |a, b| a < b);
        }
        for entry in names {
            let at = self.0.partition_point(|known| *known < entry);
            self.0.insert(at, entry);
        }
    }

    /// All numbers of a name, from the smallest.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = u32> {
        let first = self.0.partition_point(|(known, _)| known.as_str() < name);
        self.0
            .iter()
            .skip(first)
            .take_while(move |(known, _)| known.as_str() == name)
            .map(|(_, number)| *number)
    }

    /// The largest number of a name.
    pub(super) fn last(&self, name: &str) -> Option<u32> {
        self.all(name).last()
    }

    /// Whether it is known.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// Every number, in the order of the names.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.0.iter().map(|(_, number)| *number)
    }
}

#[cfg(test)]
mod tests {
    use std::{format, vec::Vec};

    use super::Names;
    use crate::model::Id;

    #[test]
    fn a_name_may_have_several_numbers_however_they_came() {
        let entry = |number: u32| (Id::new(format!("{}", number % 7)).expect("an id"), number);
        let at_once = Names::new((0..50).rev().map(entry).collect());
        let mut one_by_one = Names::default();
        for number in 0..50 {
            one_by_one.add([entry(number)].into());
        }
        for names in [at_once, one_by_one] {
            assert_eq!(names.all("3").collect::<Vec<_>>(), [3, 10, 17, 24, 31, 38, 45]);
            assert_eq!((names.last("6"), names.last("7"), names.contains("0")), (Some(48), None, true));
            assert_eq!(names.numbers().next(), Some(0));
        }
    }
}
