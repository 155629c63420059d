//! When the edge's price is not the one shown: what it is called, and what changed.

use wire::Json;

/// Why the edge's price is not the one shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The merchant changed a rule or a price meanwhile.
    RulesChanged,
    /// A discount began or ended meanwhile.
    Clock,
    /// A discount was used up meanwhile.
    LimitReached,
    /// An upgrade offer of the cart was redeemed elsewhere.
    Redeemed,
    /// An upgrade offer of the cart is open no more, for another reason.
    Withdrawn,
    /// None of these: a fault of ours, so the edge's figures are shown as they are.
    Mismatch,
}

impl Cause {
    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RulesChanged => "rulesChanged",
            Self::Clock => "clock",
            Self::LimitReached => "limitReached",
            Self::Redeemed => "redeemed",
            Self::Withdrawn => "withdrawn",
            Self::Mismatch => "mismatch",
        }
    }
}

/// The figures of a quote that a shopper pays by, whichever end made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The snapshot it was priced from.
    pub snapshot_version: String,
    /// The moment it was priced at, RFC 3339.
    pub as_of: String,
    /// The hash of all of it.
    pub digest: String,
    /// Before discounts.
    pub subtotal: String,
    /// What is to pay.
    pub total: String,
    /// What is saved.
    pub saving: String,
    /// SKU, unit price and what is to pay of each line.
    pub lines: Vec<[String; 3]>,
    /// Id, title and whole amount of what applied.
    pub applied: Vec<[String; 3]>,
    /// What is to pay for shipping.
    pub shipping: Option<String>,
    /// The ids of every discount the edge speaks of.
    pub verdicts: Vec<String>,
}

impl Figures {
    /// Reads the text of a quote.
    #[must_use]
    pub fn of_text(quote: &str) -> Option<Self> {
        Self::read(&Json::parse(quote)?)
    }

    /// Reads the edge's answer to `/v1/quotes`.
    #[must_use]
    pub fn read(quote: &Json) -> Option<Self> {
        let items = |key| quote.items_of(key).iter();
        Some(Self {
            snapshot_version: text(quote, "snapshotVersion")?,
            as_of: text(quote, "asOf")?,
            digest: text(quote, "digest")?,
            subtotal: text(quote, "subtotal")?,
            total: text(quote, "total")?,
            saving: text(quote, "saving")?,
            lines: items("lines")
                .map(|line| texts(line, ["sku", "unitPrice", "total"]))
                .collect::<Option<_>>()?,
            applied: items("applied").map(applied).collect::<Option<_>>()?,
            shipping: quote.get("shipping").and_then(|shipping| text(shipping, "total")),
            verdicts: items("verdicts").map(|verdict| text(verdict, "discount")).collect::<Option<_>>()?,
        })
    }

    /// Whether a shopper pays the same by both, line by line.
    #[must_use]
    pub fn cost_the_same(&self, other: &Self) -> bool {
        self.total == other.total && self.lines == other.lines && self.shipping == other.shipping
    }

    /// The discounts this end speaks of and `other` keeps silent about. With the same rules at the same moment, the
    /// other end must have found them used up: only that is not known here.
    #[must_use]
    pub fn withheld_by<'a>(&'a self, other: &Self) -> Vec<&'a str> {
        self.verdicts.iter().filter(|id| !other.verdicts.contains(id)).map(String::as_str).collect()
    }
}

/// What the edge's figures are called beside those shown, where they cost otherwise. `recomputed` are this page's figures
/// with the edge's rules at the edge's moment; `found` is what was found on the way to them.
#[must_use]
pub fn cause(shown: &Figures, edge: &Figures, recomputed: &Figures, found: Option<Cause>) -> Option<Cause> {
    if shown.cost_the_same(edge) {
        None
    } else if shown.snapshot_version != edge.snapshot_version {
        Some(Cause::RulesChanged)
    } else if recomputed.digest != edge.digest {
        Some(Cause::Mismatch)
    } else {
        found.or(Some(Cause::Clock))
    }
}

/// Something that came, went or changed between two quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The discount's title, or the SKU of a product whose price changed.
    pub what: What,
    /// What it was before, where it was anything.
    pub before: Option<String>,
    /// What it is now, where it is anything.
    pub after: Option<String>,
}

/// What a [`Change`] is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A discount, by title: amounts come off.
    Discount(String),
    /// A product, by SKU: the price of one.
    Product(String),
}

/// What came, went or changed: products first, then discounts as before, then new ones.
#[must_use]
pub fn changes(before: &Figures, after: &Figures) -> Vec<Change> {
    let amount = |figures: &Figures, id: &str| {
        figures.applied.iter().find(|[known, ..]| known == id).map(|[.., amount]| amount.clone())
    };
    let price = |[sku, price, _]: &[String; 3]| {
        let now = after.lines.iter().find(|[known, ..]| known == sku).map(|[_, now, _]| now.clone());
        (now.as_ref() != Some(price)).then(|| Change {
            what: What::Product(sku.clone()),
            before: Some(price.clone()),
            after: now,
        })
    };
    let old = before.applied.iter().filter_map(|[id, title, was]| {
        let now = amount(after, id);
        (now.as_ref() != Some(was)).then(|| Change {
            what: What::Discount(title.clone()),
            before: Some(was.clone()),
            after: now,
        })
    });
    let new = after.applied.iter().filter(|[id, ..]| amount(before, id).is_none());
    let new = new.map(|[_, title, now]| Change {
        what: What::Discount(title.clone()),
        before: None,
        after: Some(now.clone()),
    });
    before.lines.iter().filter_map(price).chain(old).chain(new).collect()
}

/// One applied discount; it is about products or about shipping, so one of its two amounts is nothing.
fn applied(value: &Json) -> Option<[String; 3]> {
    let [id, title, off_products, off_shipping] =
        texts(value, ["discount", "title", "productAmount", "shippingAmount"])?;
    let is_nothing = off_products.bytes().all(|byte| byte == b'0' || byte == b'.');
    Some([id, title, if is_nothing { off_shipping } else { off_products }])
}

fn text(value: &Json, key: &str) -> Option<String> {
    value.str_of(key).map(str::to_owned)
}

fn texts<const N: usize>(value: &Json, keys: [&str; N]) -> Option<[String; N]> {
    let found: Vec<_> = keys.iter().map_while(|key| text(value, key)).collect();
    found.try_into().ok()
}

#[cfg(test)]
mod tests;
