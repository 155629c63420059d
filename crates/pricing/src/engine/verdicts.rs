//! What became of each discount.

use alloc::{vec, vec::Vec};

use super::{Priced, Verdict, VerdictKind, Viewpoint, priced::Judged};
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
        let mut places: Vec<_> = (0..).zip(visible).map(|(at, judged)| (self.place(judged), at)).collect();
        sort(&mut places, |a, b| a < b);
        let sorted = places.into_iter().filter_map(|(_, at): (_, usize)| visible.get(at));
        sorted.map(|judged| self.verdict(judged)).collect()
    }

    /// Where its verdict stands among all.
    fn place(self, judged: &Judged<'_>) -> (VerdictKind, Option<usize>, u32) {
        (self.outcome(judged).0, self.step_of(judged.at), judged.rule.id_rank)
    }

    fn verdict(self, judged: &Judged<'_>) -> Verdict {
        let (kind, reason) = self.outcome(judged);
        let reasons = reason.map_or_else(|| judged.reasons.iter().collect(), |reason| vec![reason]);
        Verdict { discount: judged.rule.discount.id.clone(), kind, reasons }
    }
}
