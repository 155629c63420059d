//! A discount's terms in words.

use pricing::{
    model::{
        Applies, Audience, Benefit, Bounds, Discount, Id, Inclusion, ProductValue, Requirement, Scope,
        Services, ShippingValue, UsageLimit,
    },
    money::{Amount, Currency, Percent},
};

/// How many ids are named before the rest is only counted.
const NAMED: usize = 6;

/// What a discount takes off, off what, and from when on: one sentence without its full stop.
pub(super) fn terms(discount: &Discount, currency: Currency) -> String {
    let off = match &discount.benefit {
        Benefit::Products { value, scope } => products(*value, scope, currency),
        Benefit::Shipping { value, services, must_purchase } => {
            let with = must_purchase
                .as_ref()
                .map(|scope| format!(" with a purchase from {}", scope_in_words(scope)))
                .unwrap_or_default();
            format!("{}{with}", shipping(*value, services, currency))
        }
    };
    let requirement = requirement(discount, currency);
    let limit = match discount.usage_limit {
        UsageLimit::Unlimited => String::new(),
        UsageLimit::PerCustomer { orders } => format!(", in {} of a customer", many(orders, "order")),
        UsageLimit::PerStore { orders } => format!(", in {} of the store", many(orders, "order")),
    };
    format!("{off}{requirement}{limit}{}", audience(&discount.audience))
}

fn products(value: ProductValue, scope: &Scope, currency: Currency) -> String {
    let scope = scope_in_words(scope);
    match value {
        ProductValue::PercentOff(part) => format!("{} off {scope}", percent(part)),
        ProductValue::DollarOff { amount, applies: Applies::OncePerOrder } => {
            format!("{} off {scope}, once per order", money(amount, currency))
        }
        ProductValue::DollarOff { amount, applies: Applies::PerItem } => {
            format!("{} off each item of {scope}", money(amount, currency))
        }
    }
}

fn shipping(value: ShippingValue, services: &Services, currency: Currency) -> String {
    let services = match services {
        Services::All => "any shipping".to_owned(),
        Services::Listed(ids) => format!("shipping by {}", list(ids, "or")),
    };
    match value {
        ShippingValue::Free => format!("all of {services}"),
        ShippingValue::PercentOff(part) => format!("{} off {services}", percent(part)),
        ShippingValue::DollarOff(amount) => format!("{} off {services}", money(amount, currency)),
        ShippingValue::FlatRate(rate) => format!("{services} for {}", money(rate, currency)),
    }
}

fn requirement(discount: &Discount, currency: Currency) -> String {
    let range = match &discount.requirement {
        Requirement::None => None,
        Requirement::Quantity { bounds, .. } => range(bounds, |count| count.to_string(), " items"),
        Requirement::Amount { bounds, .. } => range(bounds, |amount| money(amount, currency), ""),
    };
    let what = if discount.counts_own_products() { " of it" } else { "" };
    range.map_or_else(String::new, |range| format!(", for {range}{what}"))
}

fn range<T: Copy + Ord + Default>(
    bounds: &Bounds<T>,
    tell: impl Fn(T) -> String,
    unit: &str,
) -> Option<String> {
    match (bounds.minimum(), bounds.maximum()) {
        (None, None) => None,
        (Some(least), None) => Some(format!("{}{unit} or more", tell(least))),
        (None, Some(most)) => Some(format!("{}{unit} at most", tell(most))),
        (Some(least), Some(most)) if least == most => Some(format!("exactly {}{unit}", tell(least))),
        (Some(least), Some(most)) => Some(format!("{} to {}{unit}", tell(least), tell(most))),
    }
}

/// Who it is for, unless for everyone.
pub(super) fn audience(audience: &Audience) -> String {
    match audience {
        Audience::Everyone => String::new(),
        Audience::Clubs(clubs) => format!(", for members of {}", list(clubs, "or")),
        Audience::Tags(tags) => format!(", for customers tagged {}", list(tags, "or")),
    }
}

/// Which products a scope holds.
pub(super) fn scope_in_words(scope: &Scope) -> String {
    let included = match &scope.include {
        Inclusion::Store => "everything".to_owned(),
        Inclusion::Collections(ids) => named("collection", ids),
        Inclusion::Departments(ids) => named("department", ids),
        Inclusion::Products(skus) => list(skus, "and"),
    };
    let exclude = &scope.exclude;
    let mut parts = Vec::new();
    if !exclude.products.is_empty() {
        parts.push(list(&exclude.products, "and"));
    }
    if !exclude.collections.is_empty() {
        parts.push(named("collection", &exclude.collections));
    }
    if !exclude.departments.is_empty() {
        parts.push(named("department", &exclude.departments));
    }
    if parts.is_empty() { included } else { format!("{included} except {}", parts.join(" and ")) }
}

fn named(noun: &str, ids: &[Id]) -> String {
    let plural = if ids.len() == 1 { "" } else { "s" };
    format!("the {noun}{plural} {}", list(ids, "and"))
}

/// Ids in a sentence, a long list by its beginning.
pub(super) fn list(ids: &[Id], word: &str) -> String {
    let mut shown: Vec<String> = ids.iter().take(NAMED).map(ToString::to_string).collect();
    let more = ids.len().saturating_sub(NAMED);
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
        None => String::new(),
    }
}

/// So many of something.
pub(super) fn many(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

pub(super) fn money(amount: Amount, currency: Currency) -> String {
    wire::money(amount, currency)
}

/// A percentage without needless zeros.
fn percent(part: Percent) -> String {
    let (whole, rest) = (part.ten_thousandths() / 10_000, part.ten_thousandths() % 10_000);
    let decimals = format!("{rest:04}");
    match decimals.trim_end_matches('0') {
        "" => format!("{whole}%"),
        decimals => format!("{whole}.{decimals}%"),
    }
}
