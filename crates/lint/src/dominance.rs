//! Proof that one promotion always beats another discount.
//!
//! `better` dominates `worse` when in every cart in which `worse` would take something off by itself, `better` is eligible
//! too, saves at least as much and wins the tie. Then `worse` never is the best deal; and outside of sets that is the
//! only way to apply. The proof reasons over all carts at once, from the bounds that eligibility puts on them
//! (`bounds`) and from prices (`saving`); where it can't decide, it says no.

mod bounds;
mod saving;

use pricing::model::{Audience, Benefit, Discount, DiscountKind, Id, Requirement, Services, UsageLimit};

use crate::shop::{Facts, Shop};

/// A discount with what is known of it.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) discount: &'a Discount,
    pub(crate) facts: &'a Facts,
}

/// How sure a saving is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Margin {
    /// At least as much in every cart.
    AsMuch,
    /// More in every cart, or as much with more of it off products.
    More,
}

/// Whether a discount can dominate at all: it comes to every cart by itself, as often as one likes.
pub(crate) fn may_dominate(discount: &Discount) -> bool {
    discount.kind == DiscountKind::Promotion && discount.usage_limit == UsageLimit::Unlimited
}

/// Whether `better`, of which [`may_dominate`] holds, always beats `worse`.
pub(crate) fn dominates(shop: &Shop<'_>, better: Known<'_>, worse: Known<'_>) -> bool {
    if better.discount.id == worse.discount.id
        || !runs_while(shop, better.discount, worse.discount)
        || !is_for_all(&better.discount.audience, &worse.discount.audience)
    {
        return false;
    }
    let Some(margin) = saving::margin(shop, better, worse) else { return false };
    wins_tie(better, worse, margin) && is_eligible_with(shop, better, worse)
}

/// Whether `better` runs whenever `worse` does, from the moment of the question on.
fn runs_while(shop: &Shop<'_>, better: &Discount, worse: &Discount) -> bool {
    let (wide, narrow) = (better.schedule, worse.schedule);
    let has_begun = match (wide.starts_at(), narrow.starts_at()) {
        (None, _) => true,
        (Some(wide), narrow) => {
            narrow.is_some_and(|narrow| wide <= narrow) || shop.as_of.is_some_and(|as_of| wide <= as_of)
        }
    };
    let is_on = match (wide.ends_at(), narrow.ends_at()) {
        (None, _) => true,
        (Some(wide), narrow) => narrow.is_some_and(|narrow| narrow <= wide),
    };
    has_begun && is_on
}

fn is_for_all(wide: &Audience, narrow: &Audience) -> bool {
    let holds = |wide: &[Id], narrow: &[Id]| narrow.iter().all(|id| wide.contains(id));
    match (wide, narrow) {
        (Audience::Everyone, _) => true,
        (Audience::Clubs(wide), Audience::Clubs(narrow)) | (Audience::Tags(wide), Audience::Tags(narrow)) => {
            holds(wide, narrow)
        }
        _ => false,
    }
}

/// Whether `better` wins where both save the same: a promotion against a coupon by fewer coupons, else by title and id
/// (pricing-rules §5.4).
fn wins_tie(better: Known<'_>, worse: Known<'_>, margin: Margin) -> bool {
    let place = |known: Known<'_>| (known.facts.folded_title.clone(), known.discount.id.to_string());
    margin == Margin::More || worse.discount.code().is_some() || place(better) < place(worse)
}

/// Whether `better` is eligible in every cart in which `worse` takes something off.
fn is_eligible_with(shop: &Shop<'_>, better: Known<'_>, worse: Known<'_>) -> bool {
    has_something(shop, better, worse)
        && match &better.discount.requirement {
            Requirement::None => true,
            Requirement::Quantity { bounds, .. } => {
                let counted = shop.counted(better.discount, better.facts);
                let least = bounds::least_items(shop, worse, counted);
                let most = bounds::most_items(shop, worse, counted);
                bounds.minimum().is_none_or(|minimum| minimum <= least)
                    && bounds.maximum().is_none_or(|maximum| most.is_some_and(|most| most <= maximum))
            }
            Requirement::Amount { bounds, .. } => {
                let counted = shop.counted(better.discount, better.facts);
                let least = bounds::least_amount(shop, worse, counted);
                let most = bounds::most_amount(shop, worse, counted);
                bounds.minimum().is_none_or(|minimum| minimum <= least)
                    && bounds.maximum().is_none_or(|maximum| most.is_some_and(|most| most <= maximum))
            }
        }
}

/// Whether such a cart holds what `better` is about.
fn has_something(shop: &Shop<'_>, better: Known<'_>, worse: Known<'_>) -> bool {
    match (&better.discount.benefit, &worse.discount.benefit) {
        (Benefit::Products { .. }, Benefit::Products { .. }) => worse.facts.paid.is_within(&better.facts.own),
        (Benefit::Products { .. }, Benefit::Shipping { .. }) => {
            bounds::least_items(shop, worse, &better.facts.own) > 0
                || !bounds::least_amount(shop, worse, &better.facts.own).is_zero()
        }
        (
            Benefit::Shipping { services: wide, must_purchase, .. },
            Benefit::Shipping { services: narrow, .. },
        ) => {
            let covers = match (wide, narrow) {
                (Services::All, _) => true,
                (_, Services::All) => shop.snapshot.shipping_services.iter().all(|one| wide.covers(&one.id)),
                (_, Services::Listed(ids)) => ids.iter().all(|id| wide.covers(id)),
            };
            let bought = Shop::guaranteed(worse.discount, worse.facts);
            let has_bought = || bought.is_some_and(|bought| bought.is_within(&better.facts.covered));
            covers && (must_purchase.is_none() || has_bought())
        }
        (Benefit::Shipping { .. }, Benefit::Products { .. }) => false,
    }
}
