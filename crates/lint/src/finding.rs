//! What was found.

use pricing::{
    engine::Quote,
    model::{Cart, Id, Instant},
    money::Amount,
};

/// What was found in a snapshot.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Errors first, then warnings, then notes; each by code, then in the order of the snapshot.
    pub findings: Vec<Finding>,
    /// Codes of which there may be more findings than are told.
    pub cut_short: Vec<Code>,
}

/// One thing that a merchant would want to know.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What kind of thing.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The ids of the discounts, upgrades or promotion sets it is about, the main one first.
    pub subjects: Vec<Id>,
    /// JSON pointer into the snapshot.
    pub pointer: String,
    /// One sentence in a merchant's words.
    pub message: String,
    /// A cart that shows it; nothing where no cart can, as of a time zone.
    pub witness: Option<Witness>,
}

/// A cart that shows a finding, with what it costs.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The cart.
    pub cart: Cart,
    /// The moment it was priced at.
    pub as_of: Instant,
    /// All lines before discounts.
    pub subtotal: Amount,
    /// What came off all lines.
    pub product_discount: Amount,
    /// What is left of the shipping rate, where a service is chosen.
    pub shipping: Option<Amount>,
    /// What the cart costs.
    pub total: Amount,
    /// What it would cost after the change that the finding is about.
    pub changed_total: Option<Amount>,
}

/// Kinds of findings. The names are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// The store's time zone is not in the database.
    UnknownTimeZone,
    /// No product of the catalogue is left to discount.
    EmptyScope,
    /// No product of the catalogue can be the one that must be bought.
    NothingToBuy,
    /// No cart can hold what is required.
    UnreachableRequirement,
    /// Another promotion always saves at least as much.
    NeverWins,
    /// A promotion set in which nothing is combined.
    LoneMember,
    /// Two members of a set that only their ids put in order.
    SameTitle,
    /// A set whose members give products away together.
    SetIsFree,
    /// Money off that pays for an item by itself.
    FreeItem,
    /// Switched on, but over.
    Ended,
    /// Titles that decide a price.
    RenameChangesPrice,
}

impl Code {
    /// Its stable name, in camel case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownTimeZone => "unknownTimeZone",
            Self::EmptyScope => "emptyScope",
            Self::NothingToBuy => "nothingToBuy",
            Self::UnreachableRequirement => "unreachableRequirement",
            Self::NeverWins => "neverWins",
            Self::LoneMember => "loneMember",
            Self::SameTitle => "sameTitle",
            Self::SetIsFree => "setIsFree",
            Self::FreeItem => "freeItem",
            Self::Ended => "ended",
            Self::RenameChangesPrice => "renameChangesPrice",
        }
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It can't be meant.
    Error,
    /// It is hardly meant.
    Warning,
    /// It may well be meant, and is good to know.
    Note,
}

impl Severity {
    /// Its stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl Report {
    /// The most findings of one code: who has more has one cause for many.
    pub const MAXIMUM_OF_A_CODE: usize = 100;

    /// Whether anything is worse than a note.
    #[must_use]
    pub fn is_bad(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity < Severity::Note)
    }

    /// Whether there is room for another finding of `code`; says so in the report where there is none.
    pub(crate) fn has_room(&mut self, code: Code) -> bool {
        let count = self.findings.iter().filter(|finding| finding.code == code).count();
        let has_room = count < Self::MAXIMUM_OF_A_CODE;
        if !has_room {
            self.cut(code);
        }
        has_room
    }

    /// Says that there may be more of `code`.
    pub(crate) fn cut(&mut self, code: Code) {
        if !self.cut_short.contains(&code) {
            self.cut_short.push(code);
        }
    }

    pub(crate) fn sort(&mut self) {
        // Stable: within a code, findings were made in the order of the snapshot.
        self.findings.sort_by_key(|finding| (finding.severity, finding.code));
        self.cut_short.sort_unstable();
    }
}

impl Witness {
    pub(crate) fn new(cart: Cart, quote: &Quote) -> Self {
        Self {
            cart,
            as_of: quote.as_of,
            subtotal: quote.subtotal,
            product_discount: quote.product_discount,
            shipping: quote.shipping.as_ref().map(|shipping| shipping.total),
            total: quote.total,
            changed_total: None,
        }
    }
}
