//! What became of each discount.

use alloc::{vec, vec::Vec};

use super::{Assessment, Reason, Verdict, VerdictKind, assessment::Judged};

impl Assessment<'_> {
    /// A verdict for every discount the reader may see: those applied in order of application, then those beaten,
    /// then those not eligible, each by id.
    pub(super) fn verdicts(&self) -> Vec<Verdict> {
        let mut verdicts: Vec<_> = self
            .judged
            .iter()
            .filter(|judged| judged.is_visible_to(self.request.viewpoint))
            .map(|judged| (self.step_of(judged), self.verdict(judged)))
            .collect();
        verdicts.sort_by(|(step, a), (other, b)| {
            a.kind.cmp(&b.kind).then_with(|| step.cmp(other)).then_with(|| a.discount.cmp(&b.discount))
        });
        verdicts.into_iter().map(|(_, verdict)| verdict).collect()
    }

    pub(super) fn verdict(&self, judged: &Judged<'_>) -> Verdict {
        let (kind, reasons) = if !judged.is_eligible() {
            (VerdictKind::Ineligible, judged.reasons.clone())
        } else if self.step_of(judged).is_some() {
            (VerdictKind::Applied, Vec::new())
        } else if self.saves_nothing(judged) {
            (VerdictKind::Ineligible, vec![Reason::SavesNothing])
        } else {
            (VerdictKind::Beaten, vec![Reason::BetterDealApplied])
        };
        Verdict { discount: judged.rule.discount.id.clone(), kind, reasons }
    }

    /// Its place in the order of application, where it is applied.
    pub(super) fn step_of(&self, judged: &Judged<'_>) -> Option<usize> {
        self.workspace.deal.steps.iter().position(|step| step.at == judged.at)
    }

    /// Whether it found nothing to take off: in the deal chosen where it is a member of that, else all alone.
    fn saves_nothing(&self, judged: &Judged<'_>) -> bool {
        self.workspace.deal.idle.contains(&judged.at) || judged.saving_alone.is_zero()
    }
}
