//! Reasons in plain words, with their numbers.

use pricing::{
    engine::{Measure, Reason},
    model::{Audience, Benefit, Discount, Services, UsageLimit},
};

use super::{
    Explained,
    terms::{list, many, money, scope_in_words},
};

impl Explained<'_> {
    /// Why a discount did not apply, one reason of it.
    pub(super) fn reason(&self, rule: &Discount, reason: Reason) -> String {
        match reason {
            Reason::Disabled => "it is switched off".to_owned(),
            Reason::NotStarted => {
                let start = rule.schedule.starts_at().map(|start| self.days.start(start));
                format!("it starts on {}", start.unwrap_or_default())
            }
            Reason::Ended => {
                let end = rule.schedule.ends_at().map(|end| self.days.end(end));
                format!("it ran through {}", end.unwrap_or_default())
            }
            Reason::WrongAudience => match &rule.audience {
                Audience::Everyone => String::new(),
                Audience::Clubs(clubs) => format!("it is for members of {}", list(clubs, "or")),
                Audience::Tags(tags) => format!("it is for customers tagged {}", list(tags, "or")),
            },
            Reason::NothingInScope => {
                format!("the cart holds nothing it can discount: it is about {}", scope_of(rule))
            }
            Reason::NoShippingService => "no shipping service is chosen yet".to_owned(),
            Reason::ServiceNotCovered => self.not_covered(rule),
            Reason::BelowMinimum { need, have } => {
                format!("it needs {}{}, the cart has {}", self.measure(need), counted(rule), self.bare(have))
            }
            Reason::AboveMaximum { allowed, have } => {
                let allowed = self.measure(allowed);
                format!("it allows {allowed}{} at most, the cart has {}", counted(rule), self.bare(have))
            }
            Reason::MissingProduct => {
                format!("the cart holds none of what must be bought: {}", scope_of(rule))
            }
            Reason::LimitReached => self.used_up(rule),
            Reason::SavesNothing => "nothing was left for it to take off".to_owned(),
            Reason::BetterDealApplied => "another deal saves more".to_owned(),
        }
    }

    fn not_covered(&self, rule: &Discount) -> String {
        let chosen = self.input.cart.shipping_service.as_ref();
        let chosen = chosen.map(ToString::to_string).unwrap_or_default();
        match &rule.benefit {
            Benefit::Shipping { services: Services::Listed(ids), .. } => {
                format!("it is for shipping by {}, not by {chosen}", list(ids, "or"))
            }
            _ => format!("it is not for shipping by {chosen}"),
        }
    }

    fn used_up(&self, rule: &Discount) -> String {
        let uses = self.input.usage.of(&rule.id);
        match rule.usage_limit {
            UsageLimit::Unlimited => "it is used up".to_owned(),
            UsageLimit::PerCustomer { orders } => {
                format!("this customer has used it in {} of {}", uses.customer, many(orders, "order"))
            }
            UsageLimit::PerStore { orders } => {
                format!("it was used in {} of {}", uses.store, many(orders, "order"))
            }
        }
    }

    fn measure(&self, measure: Measure) -> String {
        match measure {
            Measure::Items(count) => many(count, "item"),
            Measure::Money(amount) => money(amount, self.quote.currency),
        }
    }

    fn bare(&self, measure: Measure) -> String {
        match measure {
            Measure::Items(count) => count.to_string(),
            Measure::Money(amount) => money(amount, self.quote.currency),
        }
    }
}

/// What a requirement counts, unless it counts everything.
fn counted(rule: &Discount) -> String {
    if rule.counts_own_products() { format!(" of {}", scope_of(rule)) } else { String::new() }
}

fn scope_of(rule: &Discount) -> String {
    rule.benefit.scope().map(scope_in_words).unwrap_or_default()
}
