//! A discount: a promotion or a coupon.

use alloc::string::String;

use super::{
    Audience, Benefit, Counts, CouponCode, Id, Inclusion, Message, Requirement, Schedule, Title, UsageLimit,
    fold::fold,
};

/// What promotions and coupons have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discount {
    /// Its id, unique in the store. A use is counted under it, never under a typed code.
    pub id: Id,
    /// Promotion or coupon.
    pub kind: DiscountKind,
    /// Its name, shown to customers.
    pub title: Title,
    /// Whether the merchant has switched it on.
    pub enabled: bool,
    /// When it runs.
    pub schedule: Schedule,
    /// Who it is for.
    pub audience: Audience,
    /// What it takes off.
    pub benefit: Benefit,
    /// What the cart must hold.
    pub requirement: Requirement,
    /// How often it may be used.
    pub usage_limit: UsageLimit,
    /// The incentive shown beside every product or shipping service it is about.
    pub action_message: Option<Message>,
}

/// How a discount comes to a cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiscountKind {
    /// It applies by itself.
    Promotion,
    /// It needs its code.
    Coupon {
        /// The code, unique in the store.
        code: CouponCode,
    },
}

impl Discount {
    /// The code, where it is a coupon.
    #[must_use]
    pub fn code(&self) -> Option<&CouponCode> {
        match &self.kind {
            DiscountKind::Promotion => None,
            DiscountKind::Coupon { code } => Some(code),
        }
    }

    /// Its title as titles are compared: by Unicode simple case folding (pricing-rules §5.3). To compare two of these as
    /// texts is to compare them by code point.
    #[must_use]
    pub fn folded_title(&self) -> String {
        fold(self.title.as_str())
    }

    /// Whether its requirement counts the products of its scope only: everything counts where it says so, where the scope
    /// is the whole store, and where there is no scope (pricing-rules §4).
    #[must_use]
    pub fn counts_own_products(&self) -> bool {
        let counts = match self.requirement {
            Requirement::None => return false,
            Requirement::Quantity { counts, .. } | Requirement::Amount { counts, .. } => counts,
        };
        let scope = self.benefit.scope();
        counts == Counts::OnlyDiscounted && scope.is_some_and(|scope| scope.include != Inclusion::Store)
    }
}
