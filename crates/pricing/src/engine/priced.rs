//! A priced cart, and what else there is to say of it.

use super::{
    Circumstances, CompactLine, Engine, VerdictKind, Viewpoint, Workspace,
    benefits::saving_alone,
    eligibility::Case,
    reason::{Reason, Reasons},
    rule::Rule,
    tally::Tally,
};
use crate::money::Amount;

/// A cart that was priced, with the rules it was priced by and what came of it. Everything else there is to say of it is
/// found out from this when it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Priced<'a> {
    pub(super) engine: &'a Engine,
    pub(super) lines: &'a [CompactLine],
    pub(super) circumstances: &'a Circumstances<'a>,
    pub(super) workspace: &'a Workspace,
}

/// A discount judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged<'a> {
    /// The rule's position.
    pub(super) at: u32,
    pub(super) rule: &'a Rule,
    /// Why it may not apply; empty when it may.
    pub(super) reasons: Reasons,
    /// What it would save by itself, were its requirement met.
    pub(super) saving_alone: Amount,
}

impl Engine {
    /// What [`Engine::price`] left in `workspace` for these lines under these circumstances.
    #[must_use]
    pub const fn priced<'a>(
        &'a self,
        lines: &'a [CompactLine],
        circumstances: &'a Circumstances<'a>,
        workspace: &'a Workspace,
    ) -> Priced<'a> {
        Priced { engine: self, lines, circumstances, workspace }
    }
}

impl<'a> Priced<'a> {
    /// Judges the rule at a position; nothing for one that did not come to the cart: a coupon without its code.
    pub(super) fn judge(self, at: u32) -> Option<Judged<'a>> {
        let Self { circumstances, workspace, .. } = self;
        let rule = self.engine.rule(at).filter(|rule| circumstances.brings(at, rule))?;
        let tally = workspace.tallies.of(at);
        // Pricing noted what each eligible rule in play would save.
        let (reasons, saving_alone) = match tally.saving {
            Some(saving) => (Reasons::default(), saving),
            None => (self.case(rule, tally).reasons(), saving_alone(rule, tally, circumstances.service)),
        };
        Some(Judged { at, rule, reasons, saving_alone })
    }

    /// What a rule is judged by.
    pub(super) const fn case(self, rule: &'a Rule, tally: &'a Tally) -> Case<'a> {
        let Self { circumstances, workspace, .. } = self;
        Case { rule, tally, totals: &workspace.basket.totals, circumstances }
    }

    /// What became of a discount, and the reason where it is neither applied nor ineligible for reasons of its own.
    pub(super) fn outcome(self, judged: &Judged<'_>) -> (VerdictKind, Option<Reason>) {
        if !judged.reasons.is_empty() {
            (VerdictKind::Ineligible, None)
        } else if self.step_of(judged.at).is_some() {
            (VerdictKind::Applied, None)
        } else if self.workspace.deal.idle.contains(&judged.at) || judged.saving_alone.is_zero() {
            // It found nothing to take off: in the deal chosen where it is a member of that, else all alone.
            (VerdictKind::Ineligible, Some(Reason::SavesNothing))
        } else {
            (VerdictKind::Beaten, Some(Reason::BetterDealApplied))
        }
    }

    /// The place of a rule in the order of application, where it is applied.
    pub(super) fn step_of(self, at: u32) -> Option<usize> {
        self.workspace.deal.steps.iter().position(|step| step.at == at)
    }
}

impl Circumstances<'_> {
    /// Whether a rule comes to the cart at all: promotions by themselves, coupons by their code, offers by a grant.
    pub(super) fn brings(&self, at: u32, rule: &Rule) -> bool {
        !rule.needs_attaching() || self.attached.binary_search(&at).is_ok()
    }
}

impl Judged<'_> {
    /// Whether whoever reads the quote may learn of it.
    pub(super) fn is_visible_to(&self, viewpoint: Viewpoint) -> bool {
        viewpoint == Viewpoint::Merchant || !self.reasons.hide()
    }
}
