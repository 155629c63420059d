//! What is looked up by SKU.

/// Values by SKU, in its order. A sorted list rather than one of the standard maps: those cost ten kilobytes of code for
/// each type of value, and a page speaks of a few hundred products at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<V>(Vec<(String, V)>);

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> Table<V> {
    /// A table of nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The value of a SKU.
    #[must_use]
    pub fn get(&self, sku: &str) -> Option<&V> {
        self.find(sku).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value)
    }

    /// Whether there is a value for a SKU.
    #[must_use]
    pub fn contains(&self, sku: &str) -> bool {
        self.find(sku).is_ok()
    }

    /// Puts a value in, in place of any there was.
    pub fn insert(&mut self, sku: &str, value: V) {
        match self.find(sku) {
            Ok(at) => {
                if let Some((_, present)) = self.0.get_mut(at) {
                    *present = value;
                }
            }
            Err(at) => self.0.insert(at, (sku.to_owned(), value)),
        }
    }

    /// The SKUs, in order.
    pub fn skus(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(sku, _)| sku.as_str())
    }

    fn find(&self, sku: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(sku))
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn a_sku_has_one_value_and_order_does_not_depend_on_coming() {
        let mut table = Table::new();
        for (sku, value) in [("B", 1), ("A", 2), ("C", 3), ("B", 4)] {
            table.insert(sku, value);
        }
        assert_eq!(table.skus().collect::<String>(), "ABC");
        assert_eq!(["A", "B", "C"].map(|sku| table.get(sku).copied()), [Some(2), Some(4), Some(3)]);
        assert_eq!((table.get("B"), table.contains("D")), (Some(&4), false));
    }
}
