//! What came of it, as a quote.

use num_traits::{ToPrimitive as _, Zero as _};
use pricing::{
    engine::{
        Applied, CodeOutcome, CodeStatus, LineDiscount, Quote, QuotedLine, QuotedShipping, Reason,
        UnitDiscount, Verdict, VerdictKind,
    },
    model::CartLine,
};

use crate::{
    candidate::Candidate,
    eligibility::Judged,
    fraction::{Fraction, amount, money, split, whole},
    messages::messages,
    nudges::nudges,
    order::Order,
    rule::{Rule, normal},
};

pub(crate) fn quote(order: &Order<'_>, judged: &[Judged<'_>], deal: &Candidate<'_>) -> Quote {
    let before = order.before_discounts();
    let product_discount: Fraction = deal.applied.iter().map(|(_, off)| off.of_lines()).sum();
    Quote {
        snapshot_version: order.snapshot.version.clone(),
        as_of: order.as_of,
        currency: order.snapshot.store.currency,
        lines: lines(order, deal),
        subtotal: amount(&before.of_lines()),
        product_discount: amount(&product_discount),
        shipping: shipping(order, deal),
        total: amount(&(before.total() - deal.saving())),
        saving: amount(&deal.saving()),
        // §5.6: no service chosen yet.
        shipping_pending: order.service.is_none(),
        applied: deal
            .applied
            .iter()
            .map(|(rule, off)| Applied {
                discount: rule.id().clone(),
                title: rule.discount.title.clone(),
                code: rule.discount.code().cloned(),
                product_amount: amount(&off.of_lines()),
                shipping_amount: amount(&off.shipping),
                usage_limit: rule.discount.usage_limit,
            })
            .collect(),
        codes: codes(order, judged, deal),
        verdicts: verdicts(judged, deal),
        messages: messages(order, judged, deal),
        nudges: nudges(order, judged, deal),
    }
}

/// §3.3: shares go back to the lines as given, earlier line first, by largest remainder on what each has left.
fn lines(order: &Order<'_>, deal: &Candidate<'_>) -> Vec<QuotedLine> {
    let given = &order.cart.lines;
    let price = |line: &CartLine| order.product(&line.sku).price;
    let full: Vec<Fraction> =
        given.iter().map(|line| money(price(line)) * whole(line.quantity.get().into())).collect();
    let mut left = full.clone();
    let mut discounts: Vec<Vec<LineDiscount>> = vec![Vec::new(); given.len()];
    for (rule, off) in &deal.applied {
        for (merged, sum) in order.lines.iter().zip(&off.lines) {
            let of_product: Vec<usize> =
                (0..given.len()).filter(|&at| given[at].sku == merged.product.sku).collect();
            let weights: Vec<Fraction> = of_product.iter().map(|&at| left[at].clone()).collect();
            for (at, share) in of_product.into_iter().zip(split(sum, &weights)) {
                left[at] -= &share;
                discounts[at].extend(line_discount(rule, &share));
            }
        }
    }
    let quoted = given.iter().enumerate().zip(discounts).map(|((at, line), discounts)| QuotedLine {
        id: line.id.clone(),
        sku: line.sku.clone(),
        quantity: line.quantity,
        unit_price: price(line),
        subtotal: amount(&full[at]),
        discount: amount(&(&full[at] - &left[at])),
        total: amount(&left[at]),
        discounts,
        unit_discounts: by_unit(&(&full[at] - &left[at]), line.quantity.get()),
    });
    quoted.collect()
}

/// §3.5: units are alike, so their remainders are equal and the first ones get one minor unit more.
fn by_unit(off: &Fraction, quantity: u32) -> Vec<UnitDiscount> {
    if off.is_zero() {
        return Vec::new();
    }
    let units = whole(quantity.into());
    let least = (off / &units).floor();
    let more = off - &least * &units;
    let runs = [(more.clone(), &least + whole(1)), (units - more, least)];
    let runs = runs.into_iter().filter(|(units, _)| !units.is_zero());
    let run = |(units, off): (Fraction, Fraction)| UnitDiscount {
        quantity: units.to_integer().to_u32().expect("a part of the quantity"),
        amount: amount(&off),
    };
    runs.map(run).collect()
}

fn shipping(order: &Order<'_>, deal: &Candidate<'_>) -> Option<QuotedShipping> {
    let service = order.service?;
    let off: Fraction = deal.applied.iter().map(|(_, off)| &off.shipping).sum();
    Some(QuotedShipping {
        service: service.id.clone(),
        rate: service.rate,
        discount: amount(&off),
        total: amount(&(money(service.rate) - off)),
        discounts: deal.applied.iter().filter_map(|(one, off)| line_discount(one, &off.shipping)).collect(),
    })
}

fn line_discount(rule: &Rule<'_>, share: &Fraction) -> Option<LineDiscount> {
    (!share.is_zero()).then(|| LineDiscount { discount: rule.id().clone(), amount: amount(share) })
}

/// §6, verdicts. §5.5: a member that took nothing off is not applied. §5.7: what could apply lost to a better deal.
pub(crate) fn verdict(judged: &Judged<'_>, deal: &Candidate<'_>) -> Verdict {
    let is_applied = deal.applied.iter().any(|(rule, _)| rule.id() == judged.rule.id());
    let is_idle = deal.members.iter().any(|rule| rule.id() == judged.rule.id()) && !is_applied;
    let (kind, reasons) = if is_applied {
        (VerdictKind::Applied, Vec::new())
    } else if !judged.is_eligible() {
        (VerdictKind::Ineligible, judged.reasons.clone())
    } else if judged.saves_nothing() || is_idle {
        (VerdictKind::Ineligible, vec![Reason::SavesNothing])
    } else {
        (VerdictKind::Beaten, vec![Reason::BetterDealApplied])
    };
    Verdict { discount: judged.rule.id().clone(), kind, reasons }
}

/// Applied in order of application, then beaten by id, then ineligible by id.
fn verdicts(judged: &[Judged<'_>], deal: &Candidate<'_>) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = judged.iter().map(|judged| verdict(judged, deal)).collect();
    verdicts.sort_by_key(|verdict| {
        let place = deal.applied.iter().position(|(rule, _)| *rule.id() == verdict.discount);
        (verdict.kind, place, verdict.discount.clone())
    });
    verdicts
}

/// §5.7: one answer for each text as it is normally spelt, in the order typed.
fn codes(order: &Order<'_>, judged: &[Judged<'_>], deal: &Candidate<'_>) -> Vec<CodeOutcome> {
    let mut outcomes: Vec<CodeOutcome> = Vec::new();
    for code in order.cart.codes.iter().map(|typed| normal(typed)) {
        if outcomes.iter().any(|told| told.code == code) {
            continue;
        }
        let coupon = judged.iter().find(|it| it.rule.discount.code().is_some_and(|own| own.as_str() == code));
        let status = coupon.map_or(CodeStatus::Unknown, |coupon| match verdict(coupon, deal).kind {
            VerdictKind::Applied => CodeStatus::Applied,
            VerdictKind::Beaten => CodeStatus::Beaten,
            VerdictKind::Ineligible => CodeStatus::Ineligible,
        });
        outcomes.push(CodeOutcome { code, status, discount: coupon.map(|it| it.rule.id().clone()) });
    }
    outcomes
}
