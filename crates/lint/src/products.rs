//! A set of products by their positions in the snapshot.

/// A set of products by their positions in the snapshot: a bit for each, so that thousands of scopes compare fast.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Products(Vec<u64>);

impl Products {
    /// The products at positions below `count` that `choose` chooses.
    pub(crate) fn choose(count: usize, choose: impl Fn(usize) -> bool) -> Self {
        let mut chosen = Self::none(count);
        for at in (0..count).filter(|at| choose(*at)) {
            chosen.insert(at);
        }
        chosen
    }

    /// No product out of so many.
    pub(crate) fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    pub(crate) fn insert(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= bit(at);
        }
    }

    pub(crate) fn contains(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word & bit(at) != 0)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|word| usize::try_from(word.count_ones()).unwrap_or(0)).sum()
    }

    pub(crate) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(word, others)| word & !others == 0)
    }

    pub(crate) fn with(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(word, others)| word | others).collect())
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(word, others)| word & others).collect())
    }

    pub(crate) fn without(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(word, others)| word & !others).collect())
    }

    /// Positions in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            core::iter::from_fn(move || {
                let offset = usize::try_from(rest.trailing_zeros()).ok().filter(|offset| *offset < 64)?;
                rest &= rest.wrapping_sub(1);
                Some(index.saturating_mul(64).saturating_add(offset))
            })
        })
    }
}

const fn bit(at: usize) -> u64 {
    1 << (at % 64)
}

#[cfg(test)]
mod tests {
    use super::Products;

    #[test]
    fn sets_are_sets() {
        let even = Products::choose(200, |at| at % 2 == 0);
        let fours = Products::choose(200, |at| at % 4 == 0);
        assert_eq!((even.len(), fours.len()), (100, 50));
        assert!(fours.is_within(&even) && !even.is_within(&fours));
        assert_eq!(even.and(&fours), fours);
        assert_eq!(even.with(&fours), even);
        assert_eq!(even.without(&fours).iter().take(3).collect::<Vec<_>>(), [2, 6, 10]);
        assert_eq!(even.iter().last(), Some(198));
        assert!(even.contains(64) && !even.contains(65) && !even.contains(1_000));
        assert!(Products::none(200).is_empty() && !even.is_empty());
    }
}
