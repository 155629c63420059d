//! A discount: a promotion or a coupon.

use super::{Audience, Benefit, CouponCode, Id, Message, Requirement, Schedule, Title, UsageLimit};

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
}
