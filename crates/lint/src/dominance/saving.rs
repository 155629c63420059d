//! Whether one discount by itself always saves at least as much as another, wherever the other saves something.
//!
//! The products of the other are among those of the one, so the one's amount is never below the other's; `least` and
//! `most` bound the other's amount. Rounding is monotone: who takes at least as much exactly takes at least as much
//! rounded, and who takes a whole minor unit more exactly takes more.

use pricing::{
    model::{Applies, Benefit, ProductValue, Services, ShippingValue},
    money::{Amount, Percent},
};

use super::{Known, Margin, bounds};
use crate::{
    numbers::{exact, exact_share},
    shop::Shop,
};

use Applies::{OncePerOrder, PerItem};
use ProductValue::{DollarOff, PercentOff};

/// How `better`'s saving compares; nothing where it is not always as much.
pub(super) fn margin(shop: &Shop<'_>, better: Known<'_>, worse: Known<'_>) -> Option<Margin> {
    match (&better.discount.benefit, &worse.discount.benefit) {
        (Benefit::Products { value: more, .. }, Benefit::Products { value: less, .. }) => {
            let is_within = worse.facts.paid.is_within(&better.facts.own);
            (is_within && !worse.facts.paid.is_empty()).then(|| products(shop, *more, *less, worse))?
        }
        (Benefit::Shipping { value: more, .. }, Benefit::Shipping { value: less, services, .. }) => {
            shipping(shop, *more, *less, services)
        }
        (Benefit::Products { value, .. }, Benefit::Shipping { value: less, services, .. }) => {
            // As much is enough: what is off products counts for more in a tie.
            let most = most_off_shipping(shop, *less, services)?;
            (least_saving(shop, *value, better, worse) >= most).then_some(Margin::More)
        }
        (Benefit::Shipping { .. }, Benefit::Products { .. }) => None,
    }
}

fn products(shop: &Shop<'_>, more: ProductValue, less: ProductValue, worse: Known<'_>) -> Option<Margin> {
    let own = &worse.facts.own;
    let least = bounds::least_amount(shop, worse, own);
    let cheapest = worse.facts.cheapest.paid.unwrap_or_default();
    match (more, less) {
        (PercentOff(more), PercentOff(less)) => {
            let gap = more.ten_thousandths().checked_sub(less.ten_thousandths())?;
            let widest = u128::from(gap).saturating_mul(u128::from(least.minor()));
            Some(margin_if(widest >= exact(Amount::from_minor(1))))
        }
        (
            DollarOff { amount: more, applies: OncePerOrder },
            DollarOff { amount: less, applies: OncePerOrder },
        ) => (more >= less).then(|| margin_if(more > less && least > less)),
        (DollarOff { amount: more, applies: PerItem }, DollarOff { amount: less, applies: PerItem }) => {
            (more >= less).then(|| margin_if(more > less && cheapest > less))
        }
        (DollarOff { amount: more, applies: PerItem }, DollarOff { amount: less, applies: OncePerOrder }) => {
            // Free items aside, each saves its price or `more`, whichever is less.
            let each = worse.facts.cheapest.own.unwrap_or_default().min(more);
            let sure = each.times(bounds::least_items(shop, worse, own));
            (more >= less || sure >= less).then(|| margin_if(sure > less))
        }
        (PercentOff(more), DollarOff { amount: less, applies: PerItem }) => {
            each_product(shop, worse, |price| (exact_share(more, price), exact(less.min(price))))
        }
        (DollarOff { amount: more, applies: PerItem }, PercentOff(less)) => {
            each_product(shop, worse, |price| (exact(more.min(price)), exact_share(less, price)))
        }
        (PercentOff(more), DollarOff { amount: less, applies: OncePerOrder }) => {
            let sure = more.of(least);
            (more == Percent::HUNDRED || sure >= less).then(|| margin_if(sure > less))
        }
        (DollarOff { amount: more, applies: OncePerOrder }, PercentOff(less)) => {
            let most = bounds::most_amount(shop, worse, own)?;
            (less.of(most) <= more).then_some(Margin::AsMuch)
        }
        (DollarOff { amount: more, applies: OncePerOrder }, DollarOff { amount: less, applies: PerItem }) => {
            let most = bounds::most_items(shop, worse, own)?;
            (less.times(most) <= more).then_some(Margin::AsMuch)
        }
    }
}

const fn margin_if(is_more: bool) -> Margin {
    if is_more { Margin::More } else { Margin::AsMuch }
}

/// Compares what comes off each single item, exactly; what holds for each holds for all together.
fn each_product(shop: &Shop<'_>, worse: Known<'_>, off: impl Fn(Amount) -> (u128, u128)) -> Option<Margin> {
    let mut margin = Margin::More;
    for product in worse.facts.paid.iter() {
        let (more, less) = off(shop.price(product));
        if more < less {
            return None;
        }
        if more < less.saturating_add(exact(Amount::from_minor(1))) {
            margin = Margin::AsMuch;
        }
    }
    Some(margin)
}

/// Compares on every service of the store.
fn shipping(
    shop: &Shop<'_>,
    more: ShippingValue,
    less: ShippingValue,
    services: &Services,
) -> Option<Margin> {
    let mut margin = None;
    for service in shop.snapshot.shipping_services.iter().filter(|one| services.covers(&one.id)) {
        let (more, less) = (more.off(service.rate), less.off(service.rate));
        if more < less {
            return None;
        }
        if !less.is_zero() {
            let here = margin_if(more > less);
            margin = Some(if margin == Some(Margin::AsMuch) { Margin::AsMuch } else { here });
        }
    }
    margin
}

fn most_off_shipping(shop: &Shop<'_>, value: ShippingValue, services: &Services) -> Option<Amount> {
    let covered = shop.snapshot.shipping_services.iter().filter(|one| services.covers(&one.id));
    covered.map(|one| value.off(one.rate)).max().filter(|most| !most.is_zero())
}

/// The least that `better` takes off products wherever `worse`, a shipping discount, takes something off.
fn least_saving(shop: &Shop<'_>, value: ProductValue, better: Known<'_>, worse: Known<'_>) -> Amount {
    let own = &better.facts.own;
    let amount = bounds::least_amount(shop, worse, own);
    match value {
        PercentOff(percent) => percent.of(amount),
        DollarOff { amount: sum, applies: OncePerOrder } => sum.min(amount),
        DollarOff { amount: sum, applies: PerItem } => {
            let each = better.facts.cheapest.own.unwrap_or_default().min(sum);
            each.times(bounds::least_items(shop, worse, own))
        }
    }
}
