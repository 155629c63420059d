//! The words of a language, by name.

macro_rules! words {
    ($($name:ident)*) => {
        /// Something the widget says: a line of `text/en.txt`, which has its words, and of the other languages' files.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the words themselves say what they are for")]
        pub enum Word {
            $($name),*
        }

        #[cfg(test)]
        pub(super) const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

words! {
    Cart Empty Items QuantityOf Less More Remove RemoveThis Each Off Was Now Applied
    Code Apply UnknownCode NoCode RepeatedCode TooManyCodes Throttled Unreachable
    Lapsed Beaten YourOffer NeedsItems NeedsQualifyingItems NeedsMoney NeedsQualifyingMoney UpTo
    NeedsShipping OtherService OtherItems TakesNothing NudgeItems NudgeMoney
    Subtotal Shipping AtCheckout Free Total Saving SpokenTotal SpokenSaving Estimate
    Added AddedSome CheckOut Checking ContinueWith
    RulesChanged Clock LimitReached Redeemed Withdrawn Mismatch
    DiscountChanged DiscountGone DiscountNew PriceChanged NotSold
}
