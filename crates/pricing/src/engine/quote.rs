//! The answer: what a cart costs, and why.

use alloc::{string::String, vec::Vec};

use super::{Assessment, Reason, Workspace, benefits::Taken, priced::Judged};
use crate::{
    model::{CouponCode, Discount, Id, Instant, Message, Quantity, Title, UsageLimit},
    money::{Amount, Currency},
};

/// What a cart costs, and why. Every list has a stated order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The snapshot it was priced from.
    pub snapshot_version: String,
    /// The moment it was priced at.
    pub as_of: Instant,
    /// The currency of every amount in it.
    pub currency: Currency,
    /// The lines as given.
    pub lines: Vec<QuotedLine>,
    /// All lines before discounts.
    pub subtotal: Amount,
    /// What came off all lines.
    pub product_discount: Amount,
    /// Shipping, where a service is chosen.
    pub shipping: Option<QuotedShipping>,
    /// Lines and shipping after discounts.
    pub total: Amount,
    /// What came off lines and shipping.
    pub saving: Amount,
    /// No shipping service is chosen, so shipping discounts saved nothing yet.
    pub shipping_pending: bool,
    /// What applied, in order of application.
    pub applied: Vec<Applied>,
    /// What became of each typed code, in the order typed; a coupon typed twice is told once.
    pub codes: Vec<CodeOutcome>,
    /// Applied in order of application, then beaten, then ineligible, each by id.
    pub verdicts: Vec<Verdict>,
    /// By line, each product once, then by shipping service; at each place the most important first.
    pub messages: Vec<ActionMessage>,
    /// Discounts one step away, the nearest first.
    pub nudges: Vec<Nudge>,
}

/// One line, priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedLine {
    /// The line's id.
    pub id: Id,
    /// Which product.
    pub sku: Id,
    /// How many.
    pub quantity: Quantity,
    /// The selling price of one.
    pub unit_price: Amount,
    /// All of them before discounts.
    pub subtotal: Amount,
    /// What came off.
    pub discount: Amount,
    /// What is left to pay.
    pub total: Amount,
    /// What came off by discount, in order of application; none of it nothing.
    pub discounts: Vec<LineDiscount>,
    /// What came off by unit, the most first, so that refunds of single units add up (pricing-rules §3.5); empty when
    /// nothing came off.
    pub unit_discounts: Vec<UnitDiscount>,
}

/// What came off each of some units of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitDiscount {
    /// How many units.
    pub quantity: u32,
    /// What came off each of them.
    pub amount: Amount,
}

/// What one discount took off one line, or off shipping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineDiscount {
    /// Which discount.
    pub discount: Id,
    /// How much.
    pub amount: Amount,
}

/// Shipping, priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedShipping {
    /// The chosen service.
    pub service: Id,
    /// Its price before discounts.
    pub rate: Amount,
    /// What came off.
    pub discount: Amount,
    /// What is left to pay.
    pub total: Amount,
    /// What came off by discount, in order of application.
    pub discounts: Vec<LineDiscount>,
}

/// A discount that applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Which discount.
    pub discount: Id,
    /// Its name.
    pub title: Title,
    /// Its code, where it is a coupon.
    pub code: Option<CouponCode>,
    /// What it took off products.
    pub product_amount: Amount,
    /// What it took off shipping.
    pub shipping_amount: Amount,
    /// How often it may be used.
    pub usage_limit: UsageLimit,
}

/// What became of a typed code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeOutcome {
    /// The code in normal spelling.
    pub code: String,
    /// What became of it.
    pub status: CodeStatus,
    /// The coupon, unless the code is unknown.
    pub discount: Option<Id>,
}

/// What became of a typed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeStatus {
    /// Its coupon applied.
    Applied,
    /// Another deal saves more; the coupon stays attached.
    Beaten,
    /// Its coupon does not fit this cart; it stays attached.
    Ineligible,
    /// No coupon has this code, as far as the reader may know.
    Unknown,
}

/// What became of a discount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which discount.
    pub discount: Id,
    /// What became of it.
    pub kind: VerdictKind,
    /// Why it did not apply, in the order of [`Reason`]; empty when it did.
    pub reasons: Vec<Reason>,
}

/// What became of a discount, in the order verdicts are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerdictKind {
    /// It applied.
    Applied,
    /// It could have applied, but another deal saves more.
    Beaten,
    /// It could not apply.
    Ineligible,
}

/// An action message and where to show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionMessage {
    /// Beside what.
    pub place: MessagePlace,
    /// Whose message it is.
    pub discount: Id,
    /// The merchant's words.
    pub text: Message,
    /// How far the discount is.
    pub state: MessageState,
}

/// Beside what a message is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessagePlace {
    /// The product of this SKU.
    Product(Id),
    /// The shipping service of this id.
    Service(Id),
}

/// How far the discount behind a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageState {
    /// It applies.
    Applied,
    /// It could apply, and another deal saves more.
    Beaten,
    /// The cart holds what it requires, and it waits for something else: a shipping service, a product in the cart.
    Available,
    /// The cart does not hold what it requires.
    RequirementUnmet,
}

/// A discount that one step brings, proven by pricing the cart after that step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nudge {
    /// Which discount.
    pub discount: Id,
    /// The smallest step to it.
    pub step: Step,
    /// How much more the shopper saves after the step than now.
    pub saving: Amount,
}

/// A step towards a discount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many more of a product in the cart.
    Quantity {
        /// How many.
        more: u64,
        /// Which product: the cheapest that counts.
        sku: Id,
    },
    /// So much more money, whatever it is spent on that counts.
    Amount {
        /// How much.
        more: Amount,
    },
}

impl Assessment<'_> {
    /// The answer in full.
    #[must_use]
    pub fn quote(&self) -> Quote {
        let priced = self.priced();
        let standings = priced.standings();
        let visible: Vec<_> = priced.visible_to(self.request.viewpoint).collect();
        Quote {
            verdicts: priced.verdicts(&visible),
            messages: standings.messages(),
            nudges: standings.nudges(&mut Workspace::default()),
            ..self.sale()
        }
    }

    /// The answer without what only shoppers are told: it has no verdicts, messages and nudges. What an order is sold by.
    #[must_use]
    pub fn sale(&self) -> Quote {
        let deal = &self.workspace.deal;
        let subtotal = self.workspace.subtotal();
        let product_discount = deal.product_saving();
        let shipping = self.shipping();
        let shipping_total = shipping.as_ref().map_or(Amount::ZERO, |shipping| shipping.total);
        Quote {
            snapshot_version: self.engine.version.clone(),
            as_of: self.request.as_of,
            currency: self.engine.store.currency,
            lines: self.lines(),
            subtotal,
            product_discount,
            total: subtotal.minus(product_discount).plus(shipping_total),
            saving: deal.saving(),
            shipping_pending: shipping.is_none(),
            shipping,
            applied: self.applied(),
            codes: self.codes(),
            verdicts: Vec::new(),
            messages: Vec::new(),
            nudges: Vec::new(),
        }
    }

    fn lines(&self) -> Vec<QuotedLine> {
        let mut lines: Vec<_> = self
            .request
            .cart
            .lines
            .iter()
            .zip(&self.lines)
            .map(|(line, compact)| {
                let product = self.engine.catalogue.product(compact.product);
                let unit_price = product.map_or(Amount::ZERO, |product| product.price);
                let subtotal = unit_price.times(u64::from(line.quantity.get()));
                QuotedLine {
                    id: line.id.clone(),
                    sku: line.sku.clone(),
                    quantity: line.quantity,
                    unit_price,
                    subtotal,
                    discount: Amount::ZERO,
                    total: subtotal,
                    discounts: Vec::new(),
                    unit_discounts: Vec::new(),
                }
            })
            .collect();
        let prices: Vec<Amount> = lines.iter().map(|line| line.subtotal).collect();
        let price = |line: usize| prices.get(line).copied().unwrap_or_default();
        let Workspace { basket, deal, .. } = &self.workspace;
        deal.share_over_lines(basket, price, |line, step, amount| {
            let rule = deal.steps.get(step).and_then(|step| self.engine.rule(step.at));
            if let Some((line, rule)) = lines.get_mut(line).zip(rule) {
                line.discount = line.discount.plus(amount);
                line.total = line.total.minus(amount);
                line.discounts.push(LineDiscount { discount: rule.discount.id.clone(), amount });
            }
        });
        for line in &mut lines {
            line.unit_discounts = by_unit(line.discount, line.quantity);
        }
        lines
    }

    fn shipping(&self) -> Option<QuotedShipping> {
        let service = self.circumstances.service?;
        let discount = self.workspace.deal.shipping_saving();
        let discounts = self.steps().filter(|(_, taken)| !taken.shipping_amount.is_zero());
        Some(QuotedShipping {
            service: service.id.clone(),
            rate: service.rate,
            discount,
            total: service.rate.minus(discount),
            discounts: discounts
                .map(|(discount, taken)| LineDiscount {
                    discount: discount.id.clone(),
                    amount: taken.shipping_amount,
                })
                .collect(),
        })
    }

    fn applied(&self) -> Vec<Applied> {
        self.steps()
            .map(|(discount, taken)| Applied {
                discount: discount.id.clone(),
                title: discount.title.clone(),
                code: discount.code().cloned(),
                product_amount: taken.product_amount,
                shipping_amount: taken.shipping_amount,
                usage_limit: discount.usage_limit,
            })
            .collect()
    }

    /// What applied, in order of application, each with what it took off.
    fn steps(&self) -> impl Iterator<Item = (&Discount, Taken)> {
        let steps = self.workspace.deal.steps.iter();
        steps.filter_map(|step| Some((&*self.engine.rule(step.at)?.discount, step.taken)))
    }

    /// Why an attached coupon does not apply, the first of its reasons.
    #[must_use]
    pub fn reason_of(&self, code: &str) -> Option<Reason> {
        let coupon = self.coupon(code)?;
        self.priced().outcome(&coupon).1.or_else(|| coupon.reasons.iter().next())
    }

    fn codes(&self) -> Vec<CodeOutcome> {
        let mut outcomes: Vec<CodeOutcome> = Vec::new();
        for typed in &self.request.cart.codes {
            let outcome = self.code_outcome(typed);
            if !outcomes.iter().any(|earlier| earlier.code == outcome.code) {
                outcomes.push(outcome);
            }
        }
        outcomes
    }

    fn code_outcome(&self, typed: &str) -> CodeOutcome {
        let code = CouponCode::normalise(typed);
        let judged = self.coupon(&code);
        let status = judged.map_or(CodeStatus::Unknown, |judged| match self.priced().outcome(&judged).0 {
            VerdictKind::Applied => CodeStatus::Applied,
            VerdictKind::Beaten => CodeStatus::Beaten,
            VerdictKind::Ineligible => CodeStatus::Ineligible,
        });
        CodeOutcome { code, status, discount: judged.map(|judged| judged.rule.discount.id.clone()) }
    }

    /// The coupon of an attached code in normal spelling, as far as the reader may know of it.
    fn coupon(&self, code: &str) -> Option<Judged<'_>> {
        let is_coupon = |judged: &Judged<'_>| {
            let own = judged.rule.discount.code();
            own.is_some_and(|own| own.as_str() == code) && judged.is_visible_to(self.request.viewpoint)
        };
        self.circumstances.attached.iter().filter_map(|at| self.priced().judge(*at)).find(is_coupon)
    }
}

/// Splits what came off a line over its units by largest remainder: as units are alike, the first get one minor unit more.
fn by_unit(discount: Amount, quantity: Quantity) -> Vec<UnitDiscount> {
    let units = u64::from(quantity.get());
    let amount = discount.minor().checked_div(units).unwrap_or(0);
    // Below the number of units, which is below 2^32.
    let more = u32::try_from(discount.minor().checked_rem(units).unwrap_or(0)).unwrap_or(0);
    let runs = [(more, amount.saturating_add(1)), (quantity.get().saturating_sub(more), amount)];
    runs.into_iter()
        .filter(|(quantity, _)| *quantity > 0 && !discount.is_zero())
        .map(|(quantity, amount)| UnitDiscount { quantity, amount: Amount::from_minor(amount) })
        .collect()
}
