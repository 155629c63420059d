//! Money off that pays for an item by itself.

use pricing::{
    model::{Applies, Benefit, ProductValue},
    money::Amount,
};

use super::name;
use crate::{Code, Finding, Report, Severity, Witness, products::Products, shop::Shop, trial::applied};

/// A sum off that some product in scope does not cost more than, where a cart of that product alone is enough. It is a
/// warning where the sum pays for at least half of the products in scope, else a note.
pub(super) fn check(shop: &Shop<'_>, report: &mut Report) {
    for (at, discount, facts) in shop.live() {
        let Benefit::Products { value: ProductValue::DollarOff { amount, applies }, .. } = discount.benefit
        else {
            continue;
        };
        let paid_for = |product: &usize| {
            shop.price(*product) <= amount && shop.needed(discount, *product).is_some_and(|count| count <= 1)
        };
        let Some(dearest) = facts.paid.iter().filter(paid_for).max_by_key(|product| shop.price(*product))
        else {
            continue;
        };
        if !report.has_room(Code::FreeItem) {
            return;
        }
        let witness = || {
            let draft = shop.draft(&[(dearest, 1)], &[at])?;
            let quote = shop.quote(&draft)?;
            let is_free = quote.subtotal == quote.product_discount;
            (is_free && quote.applied.len() == 1 && applied(&quote, &discount.id))
                .then(|| Witness::new(draft.cart, &quote))
        };
        let Some(witness) = witness() else { continue };
        let sku = shop.product(dearest).map(|product| product.sku.as_str()).unwrap_or_default();
        let each = if applies == Applies::PerItem { "off each item" } else { "off" };
        let severity = if median(shop, &facts.paid) <= amount { Severity::Warning } else { Severity::Note };
        report.findings.push(Finding {
            code: Code::FreeItem,
            severity,
            subjects: vec![discount.id.clone()],
            pointer: format!("/discounts/{at}/benefit/value/amount"),
            message: format!(
                "{} takes {} {each} and asks for no more than a single {sku} at {}, which is then free.",
                name(discount),
                shop.money(amount),
                shop.money(shop.price(dearest)),
            ),
            witness: Some(witness),
        });
    }
}

/// The price that half of the products do not exceed.
fn median(shop: &Shop<'_>, products: &Products) -> Amount {
    let mut prices: Vec<Amount> = products.iter().map(|at| shop.price(at)).collect();
    prices.sort_unstable();
    let middle = prices.len().saturating_sub(1) / 2;
    prices.get(middle).copied().unwrap_or_default()
}
