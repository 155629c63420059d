//! What one step more would bring (§6).

use num_traits::Signed as _;
use pricing::{
    engine::{Measure, Nudge, Reason, Step},
    model::{Benefit, Counts, Discount, Id, Inclusion, Product, Requirement, Title},
    money::Amount,
};

use crate::{
    candidate::{Candidate, best},
    eligibility::{Judged, is_counted, judge},
    fraction::{Fraction, amount},
    messages::importance,
    order::{Line, Order},
    rule::Rule,
};

/// §6, nudges: the ten nearest discounts that lack nothing but a minimum, as far as the step to them is proven.
pub(crate) fn nudges(order: &Order<'_>, judged: &[Judged<'_>], deal: &Candidate<'_>) -> Vec<Nudge> {
    let mut near: Vec<&Judged<'_>> = judged.iter().filter(|judged| missing(judged).is_some()).collect();
    near.sort_by_cached_key(|judged| importance(judged, deal, judged.alone.clone()));
    near.into_iter().take(10).filter_map(|judged| nudge(order, judged, deal)).collect()
}

/// How much is missing, where nothing else is.
fn missing(judged: &Judged<'_>) -> Option<Measure> {
    match judged.reasons[..] {
        [Reason::BelowMinimum { need: Measure::Items(need), have: Measure::Items(have) }] => {
            Some(Measure::Items(need - have))
        }
        [Reason::BelowMinimum { need: Measure::Money(need), have: Measure::Money(have) }] => {
            Some(Measure::Money(Amount::from_minor(need.minor() - have.minor())))
        }
        _ => None,
    }
}

/// §6: the step to `judged`, and how much more is saved after it than now.
fn nudge(order: &Order<'_>, judged: &Judged<'_>, deal: &Candidate<'_>) -> Option<Nudge> {
    let (step, then) = match missing(judged)? {
        Measure::Items(more) => {
            let sku = &cheapest(order, &judged.rule.discount)?.product.sku;
            let then = saving_with(judged.rule, &with_more(order, sku, more)?)?;
            (Step::Quantity { more, sku: sku.clone() }, then)
        }
        Measure::Money(more) => {
            let item = any_item(more)?;
            (Step::Amount { more }, saving_with(judged.rule, &with_item(order, judged.rule, &item))?)
        }
    };
    let saving = then - deal.saving();
    let discount = judged.rule.id().clone();
    saving.is_positive().then(|| Nudge { discount, step, saving: amount(&saving) })
}

/// §6, the proof: the saving on the changed order, if `rule` is then applied.
fn saving_with(rule: &Rule<'_>, changed: &Order<'_>) -> Option<Fraction> {
    let judged = judge(changed);
    let deal = best(changed, &judged);
    deal.applied.iter().any(|(applied, _)| applied.id() == rule.id()).then(|| deal.saving())
}

/// The cheapest product in the cart that counts towards the minimum; of equals, the first in canonical order.
fn cheapest<'a>(order: &'a Order<'_>, discount: &Discount) -> Option<&'a Line<'a>> {
    let counts = counts(discount)?;
    let counted = order.lines.iter().filter(|line| is_counted(line, counts, discount));
    counted.min_by_key(|line| line.product.price)
}

/// The order with so many more of a product on its first line, if that line has room for them (§9).
fn with_more<'a>(order: &Order<'a>, sku: &Id, more: u64) -> Option<Order<'a>> {
    let first = order.cart.lines.iter().find(|line| line.sku == *sku)?;
    let has_room = more <= 99_999 - u64::from(first.quantity.get());
    has_room.then(|| {
        let mut changed = order.clone();
        let line = changed.lines.iter_mut().find(|line| line.product.sku == *sku).expect("in the cart");
        line.quantity += more;
        changed
    })
}

/// What is not in any store: no list of any rule can name it.
fn unheard_of() -> Id {
    Id::new(char::MAX.to_string().repeat(256)).expect("an id")
}

/// Something for so much money, if anything may cost that (§9). Its SKU makes it the last in canonical order.
fn any_item(price: Amount) -> Option<Product> {
    (price.minor() < 10_000_000_000).then(|| Product {
        sku: unheard_of(),
        title: Title::new("Anything").expect("a title"),
        price,
        compare_at: None,
        departments: vec![unheard_of()],
        collections: vec![unheard_of()],
        discountable: true,
    })
}

/// The order with one `item` more. Of all lists, only that of `rule` has it, and only where nothing else counts.
fn with_item<'a>(order: &Order<'a>, rule: &Rule<'_>, item: &'a Product) -> Order<'a> {
    let mut changed = order.clone();
    changed.lines.push(Line { product: item, quantity: 1 });
    if counts(&rule.discount) == Some(Counts::OnlyDiscounted) {
        let own = changed.rules.iter_mut().find(|other| other.id() == rule.id()).expect("in play");
        include(own.discount.to_mut());
    }
    changed
}

/// Adds the item to what `discount` lists.
fn include(discount: &mut Discount) {
    let scope = match &mut discount.benefit {
        Benefit::Products { scope, .. } => Some(scope),
        Benefit::Shipping { must_purchase, .. } => must_purchase.as_mut(),
    };
    match scope.map(|scope| &mut scope.include) {
        Some(Inclusion::Collections(ids) | Inclusion::Departments(ids) | Inclusion::Products(ids)) => {
            ids.push(unheard_of());
        }
        // The whole store: everything is in it.
        Some(Inclusion::Store) | None => {}
    }
}

fn counts(discount: &Discount) -> Option<Counts> {
    match discount.requirement {
        Requirement::None => None,
        Requirement::Quantity { counts, .. } | Requirement::Amount { counts, .. } => Some(counts),
    }
}
