//! What became of each discount and each code, and what would bring more.

use pricing::{
    engine::{CodeStatus, Nudge, Step, VerdictKind},
    model::Discount,
};

use super::{Explained, terms};
use crate::page::Page;

impl Explained<'_> {
    /// What applied, in order of application.
    pub(super) fn applied(&self, page: &mut Page) {
        page.heading("Applied");
        let applied = &self.quote.applied;
        if applied.is_empty() {
            page.lines("Nothing.", 2, 2);
        }
        if let Some(set) = self.set() {
            page.lines(&format!("Together, in this order, by the promotion set “{set}”:"), 2, 2);
        }
        for (place, one) in (1..).zip(applied) {
            let products = (!one.product_amount.is_zero()).then(|| self.off(one.product_amount, "products"));
            let shipping =
                (!one.shipping_amount.is_zero()).then(|| self.off(one.shipping_amount, "shipping"));
            let parts: Vec<String> = products.into_iter().chain(shipping).collect();
            let text = format!("{place}. {}: {}", self.name(&one.discount), parts.join(" and "));
            page.lines(&text, 2, 5);
            if let Some(rule) = self.rule(&one.discount) {
                self.about(page, rule, 5);
            }
        }
    }

    /// What became of each typed code.
    pub(super) fn codes(&self, page: &mut Page) {
        if self.quote.codes.is_empty() {
            return;
        }
        page.heading("Codes");
        for code in &self.quote.codes {
            let title = code.discount.as_ref().map(|id| self.title(id)).unwrap_or_default();
            let outcome = match code.status {
                CodeStatus::Applied => format!("{title} applied"),
                CodeStatus::Beaten => {
                    format!("{title} stays attached and is not used up: another deal saves more")
                }
                CodeStatus::Ineligible => {
                    format!("{title} stays attached and is not used up: it does not fit this cart, see below")
                }
                CodeStatus::Unknown => "no coupon has this code".to_owned(),
            };
            page.lines(&format!("{}: {outcome}", code.code), 2, 4);
        }
    }

    /// Every other discount with each reason why not.
    pub(super) fn not_applied(&self, page: &mut Page) {
        let others = self.quote.verdicts.iter().filter(|verdict| verdict.kind != VerdictKind::Applied);
        let mut others = others.peekable();
        if others.peek().is_some() {
            page.heading("Not applied");
        }
        for verdict in others {
            page.lines(&self.name(&verdict.discount), 2, 4);
            let Some(rule) = self.rule(&verdict.discount) else { continue };
            for reason in &verdict.reasons {
                page.lines(&format!("• {}", self.reason(rule, *reason)), 4, 6);
            }
            self.about(page, rule, 4);
        }
    }

    /// The steps that bring a discount, each proven by pricing the changed cart.
    pub(super) fn what_to_add(&self, page: &mut Page) {
        if self.quote.nudges.is_empty() {
            return;
        }
        page.heading("What to add");
        for nudge in &self.quote.nudges {
            page.lines(&format!("• {}", self.nudge(nudge)), 2, 4);
        }
    }

    fn nudge(&self, nudge: &Nudge) -> String {
        let money = |amount| terms::money(amount, self.quote.currency);
        let step = match &nudge.step {
            Step::Quantity { more, sku } => format!("{more} more {}", self.product(sku)),
            Step::Amount { more } => format!("{} more", money(*more)),
        };
        let title = self.name(&nudge.discount);
        format!("{step}: {title} applies, and {} more is saved", money(nudge.saving))
    }

    /// A discount's terms and when it runs.
    fn about(&self, page: &mut Page, rule: &Discount, indent: usize) {
        let terms = terms::terms(rule, self.quote.currency);
        let mut letters = terms.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        let runs = self.days.runs(&rule.schedule);
        page.lines(&format!("{first}{}.", letters.as_str()), indent, indent);
        page.lines(&format!("{runs}."), indent, indent);
    }

    fn off(&self, amount: pricing::money::Amount, what: &str) -> String {
        format!("{} off {what}", terms::money(amount, self.quote.currency))
    }

    /// The first set that allows all that applied together.
    fn set(&self) -> Option<&str> {
        let applied = &self.quote.applied;
        let names = |members: &[pricing::model::Id], id: &pricing::model::Id| {
            members.contains(id)
                || members.iter().any(|member| id.as_str().starts_with(&format!("{member}/")))
        };
        let sets = self.input.snapshot.promotion_sets.iter();
        let mut fitting = sets.filter(|set| applied.iter().all(|one| names(&set.discounts, &one.discount)));
        fitting.next().filter(|_| applied.len() > 1).map(|set| set.title.as_str())
    }
}
