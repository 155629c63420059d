//! Two members of a promotion set side by side.

use pricing::model::{Benefit, ProductValue, ShippingValue};

use crate::{draft::Lines, shop::Shop};

/// When a discount's turn comes inside a set (pricing-rules §5.3), products and shipping apart, as neither touches what
/// the other takes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    ProductPercentages,
    ProductDollars,
    ShippingPercentages,
    ShippingDollars,
    ShippingFlatRates,
}

impl Phase {
    pub(crate) const fn of(benefit: &Benefit) -> Self {
        match benefit {
            Benefit::Products { value: ProductValue::PercentOff(_), .. } => Self::ProductPercentages,
            Benefit::Products { value: ProductValue::DollarOff { .. }, .. } => Self::ProductDollars,
            Benefit::Shipping { value: ShippingValue::Free | ShippingValue::PercentOff(_), .. } => {
                Self::ShippingPercentages
            }
            Benefit::Shipping { value: ShippingValue::DollarOff(_), .. } => Self::ShippingDollars,
            Benefit::Shipping { value: ShippingValue::FlatRate(_), .. } => Self::ShippingFlatRates,
        }
    }
}

/// Lines in which two discounts may apply together: of one product that both are about, of that and one that only one is
/// about, or of one for each; each as often as the requirements ask, and a few more.
pub(crate) fn joint_lines(shop: &Shop<'_>, pair: [usize; 2]) -> Vec<Lines> {
    let [Some((one, first)), Some((other, second))] = pair.map(|at| shop.discount(at)) else {
        return Vec::new();
    };
    let is_shipping = |benefit: &Benefit| matches!(benefit, Benefit::Shipping { .. });
    if is_shipping(&one.benefit) && is_shipping(&other.benefit) {
        let (mut lines, others) = (shop.lines_for(one, first), shop.lines_for(other, second));
        let both: Lines = lines.first().into_iter().chain(others.first()).flatten().copied().collect();
        lines.extend(others);
        lines.push(both);
        return lines;
    }
    let counts = |product: usize| {
        let needed = [one, other].into_iter().filter_map(|discount| shop.needed(discount, product));
        let least = needed.max().unwrap_or(1);
        [0, 1, 2, 4].map(|more| least.saturating_add(more))
    };
    let sample = |products| shop.sample(&products);
    let shared = sample(first.own.and(&second.own));
    let apart = [sample(first.own.without(&second.own)), sample(second.own.without(&first.own))];
    let mut lines: Vec<Lines> = Vec::new();
    for product in &shared {
        lines.extend(counts(*product).map(|count| vec![(*product, count)]));
    }
    for product in shared.iter().take(2) {
        for beside in apart.iter().flat_map(|some| some.iter().take(3)) {
            for count in counts(*product) {
                lines.push(vec![(*product, count), (*beside, 1)]);
                lines.push(vec![(*product, 1), (*beside, count)]);
            }
        }
    }
    if let ([Some(left), Some(right)], true) = (apart.each_ref().map(|some| some.first()), shared.is_empty())
    {
        for (many, more) in counts(*left).into_iter().zip(counts(*right)) {
            lines.push(vec![(*left, many), (*right, more)]);
        }
    }
    lines
}
