//! What became of each discount.

use alloc::{vec, vec::Vec};

use super::{Priced, Verdict, Viewpoint, priced::Judged};
use crate::sort::sort;

impl<'a> Priced<'a> {
    /// Every promotion, attached coupon and granted offer that the reader may see, in the order of the snapshot.
    pub(super) fn visible_to(self, viewpoint: Viewpoint) -> impl Iterator<Item = Judged<'a>> {
        let all = (0..).zip(&self.engine.rules).filter_map(move |(at, _)| self.judge(at));
        all.filter(move |judged| judged.is_visible_to(viewpoint))
    }

    /// A verdict for every discount the reader may see: those applied in order of application, then those beaten,
    /// then those not eligible, each by id.
    pub(super) fn verdicts(self, visible: &[Judged<'_>]) -> Vec<Verdict> {
        let mut verdicts: Vec<_> =
            visible.iter().map(|judged| (self.step_of(judged.at), self.verdict(judged))).collect();
        sort(&mut verdicts, |(step, a), (other, b)| {
            (a.kind, *step, &a.discount) < (b.kind, *other, &b.discount)
        });
        verdicts.into_iter().map(|(_, verdict)| verdict).collect()
    }

    fn verdict(self, judged: &Judged<'_>) -> Verdict {
        let (kind, reason) = self.outcome(judged);
        let reasons = reason.map_or_else(|| judged.reasons.iter().collect(), |reason| vec![reason]);
        Verdict { discount: judged.rule.discount.id.clone(), kind, reasons }
    }
}
