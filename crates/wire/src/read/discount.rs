//! Reading a discount.

use pricing::{
    model::{
        Applies, Audience, Benefit, Bounds, Counts, CouponCode, Discount, DiscountKind, Exclusions,
        Inclusion, ProductValue, Requirement, Schedule, Scope, Services, ShippingValue, UsageLimit,
    },
    money::{Amount, Currency},
};

use super::{
    Nfkc,
    node::{Fields, Node, UnknownVariant},
};

/// Reads a discount.
pub fn discount(node: Node<'_, '_>, currency: Currency, nfkc: Nfkc) -> Option<Discount> {
    node.object(|fields| {
        let id = fields.required("id", |node| node.id());
        let kind = fields.required("kind", |node| kind(node, nfkc));
        let title = fields.required("title", |node| node.text());
        let enabled = fields.or("enabled", true, |node| node.boolean());
        let schedule = schedule(fields);
        let audience = fields.or("audience", Audience::Everyone, audience);
        let benefit = fields.required("benefit", |node| benefit(node, currency));
        let requirement = fields.or("requirement", Requirement::None, |node| requirement(node, currency));
        let usage_limit = fields.or("usageLimit", UsageLimit::Unlimited, usage_limit);
        let action_message = fields.optional("actionMessage", |node| node.text());
        Some(Discount {
            id: id?,
            kind: kind?,
            title: title?,
            enabled: enabled?,
            schedule: schedule?,
            audience: audience?,
            benefit: benefit?,
            requirement: requirement?,
            usage_limit: usage_limit?,
            action_message: action_message?,
        })
    })
}

/// The fields `startsAt` and `endsAt`.
pub(super) fn schedule(fields: &mut Fields<'_, '_>) -> Option<Schedule> {
    let starts_at = fields.optional("startsAt", |node| node.instant());
    let ends_at = fields.optional("endsAt", |node| node.instant());
    match Schedule::new(starts_at?, ends_at?) {
        Ok(schedule) => Some(schedule),
        Err(error) => {
            fields.node().refuse_below("/endsAt", "endBeforeStart", error);
            None
        }
    }
}

fn kind(node: Node<'_, '_>, nfkc: Nfkc) -> Option<DiscountKind> {
    node.variant("`promotion` or `coupon`", |kind, fields| {
        Ok(match kind {
            "promotion" => Some(DiscountKind::Promotion),
            "coupon" => fields
                .required("code", |node| match CouponCode::new(&nfkc(node.string()?)) {
                    Ok(code) => Some(code),
                    Err(error) => node.refuse("invalidCode", error),
                })
                .map(|code| DiscountKind::Coupon { code }),
            _ => return Err(UnknownVariant),
        })
    })
}

fn audience(node: Node<'_, '_>) -> Option<Audience> {
    node.variant("`everyone`, `clubs` or `tags`", |kind, fields| {
        Ok(match kind {
            "everyone" => Some(Audience::Everyone),
            "clubs" => fields
                .required("clubs", |node| node.filled_list("emptyAudience", |node| node.id()))
                .map(Audience::Clubs),
            "tags" => fields
                .required("tags", |node| node.filled_list("emptyAudience", |node| node.id()))
                .map(Audience::Tags),
            _ => return Err(UnknownVariant),
        })
    })
}

fn benefit(node: Node<'_, '_>, currency: Currency) -> Option<Benefit> {
    node.variant("`products` or `shipping`", |kind, fields| match kind {
        "products" => {
            let value = fields.required("value", |node| product_value(node, currency));
            let scope = fields.required("scope", scope);
            Ok(value.zip(scope).map(|(value, scope)| Benefit::Products { value, scope }))
        }
        "shipping" => {
            let value = fields.required("value", |node| shipping_value(node, currency));
            let services = fields.or("services", Services::All, services);
            let must_purchase = fields.optional("mustPurchase", scope);
            Ok(value.zip(services).zip(must_purchase).map(|((value, services), must_purchase)| {
                Benefit::Shipping { value, services, must_purchase }
            }))
        }
        _ => Err(UnknownVariant),
    })
}

/// How much comes off products: of a discount, or of an upgrade's offer.
pub(super) fn product_value(node: Node<'_, '_>, currency: Currency) -> Option<ProductValue> {
    node.variant("`percentOff` or `dollarOff`", |kind, fields| {
        Ok(match kind {
            "percentOff" => fields.required("percent", |node| node.percent()).map(ProductValue::PercentOff),
            "dollarOff" => {
                let amount = fields.required("amount", |node| node.positive_money(currency));
                let applies = fields.required("applies", applies);
                amount.zip(applies).map(|(amount, applies)| ProductValue::DollarOff { amount, applies })
            }
            _ => return Err(UnknownVariant),
        })
    })
}

fn applies(node: Node<'_, '_>) -> Option<Applies> {
    match node.string()? {
        "oncePerOrder" => Some(Applies::OncePerOrder),
        "perItem" => Some(Applies::PerItem),
        _ => node.refuse("unknownVariant", "expected `oncePerOrder` or `perItem`"),
    }
}

fn shipping_value(node: Node<'_, '_>, currency: Currency) -> Option<ShippingValue> {
    node.variant("`free`, `percentOff`, `dollarOff` or `flatRate`", |kind, fields| {
        Ok(match kind {
            "free" => Some(ShippingValue::Free),
            "percentOff" => fields.required("percent", |node| node.percent()).map(ShippingValue::PercentOff),
            "dollarOff" => {
                fields.required("amount", |node| node.positive_money(currency)).map(ShippingValue::DollarOff)
            }
            "flatRate" => fields.required("rate", |node| node.money(currency)).map(ShippingValue::FlatRate),
            _ => return Err(UnknownVariant),
        })
    })
}

fn services(node: Node<'_, '_>) -> Option<Services> {
    node.variant("`all` or `services`", |kind, fields| {
        Ok(match kind {
            "all" => Some(Services::All),
            "services" => fields
                .required("ids", |node| node.filled_list("emptyScope", |node| node.id()))
                .map(Services::Listed),
            _ => return Err(UnknownVariant),
        })
    })
}

fn scope(node: Node<'_, '_>) -> Option<Scope> {
    node.object(|fields| {
        let include = fields.required("include", inclusion);
        let exclude = fields.or("exclude", Exclusions::default(), exclusions);
        Some(Scope { include: include?, exclude: exclude? })
    })
}

fn inclusion(node: Node<'_, '_>) -> Option<Inclusion> {
    node.variant("`store`, `collections`, `departments` or `products`", |kind, fields| {
        let mut ids = |key| fields.required(key, |node| node.filled_list("emptyScope", |node| node.id()));
        Ok(match kind {
            "store" => Some(Inclusion::Store),
            "collections" => ids("ids").map(Inclusion::Collections),
            "departments" => ids("ids").map(Inclusion::Departments),
            "products" => ids("skus").map(Inclusion::Products),
            _ => return Err(UnknownVariant),
        })
    })
}

fn exclusions(node: Node<'_, '_>) -> Option<Exclusions> {
    node.object(|fields| {
        let products = fields.or("products", Vec::new(), |node| node.ids());
        let collections = fields.or("collections", Vec::new(), |node| node.ids());
        let departments = fields.or("departments", Vec::new(), |node| node.ids());
        Some(Exclusions { products: products?, collections: collections?, departments: departments? })
    })
}

fn requirement(node: Node<'_, '_>, currency: Currency) -> Option<Requirement> {
    node.variant("`none`, `quantity` or `amount`", |kind, fields| {
        Ok(match kind {
            "none" => Some(Requirement::None),
            "quantity" => {
                let bounds = bounds(fields, |node| node.integer());
                let counts = fields.or("counts", Counts::Everything, counts);
                bounds.zip(counts).map(|(bounds, counts)| Requirement::Quantity { bounds, counts })
            }
            "amount" => {
                let bounds: Option<Bounds<Amount>> = bounds(fields, |node| node.order_amount(currency));
                let counts = fields.or("counts", Counts::Everything, counts);
                bounds.zip(counts).map(|(bounds, counts)| Requirement::Amount { bounds, counts })
            }
            _ => return Err(UnknownVariant),
        })
    })
}

/// The fields `minimum` and `maximum`.
fn bounds<'v, T: Copy + Ord + Default>(
    fields: &mut Fields<'v, '_>,
    read: impl Fn(Node<'v, '_>) -> Option<T>,
) -> Option<Bounds<T>> {
    let minimum = fields.optional("minimum", &read);
    let maximum = fields.optional("maximum", &read);
    match Bounds::new(minimum?, maximum?) {
        Ok(bounds) => Some(bounds),
        Err(error) => {
            fields.node().refuse_below("/minimum", "minimumAboveMaximum", error);
            None
        }
    }
}

fn counts(node: Node<'_, '_>) -> Option<Counts> {
    match node.string()? {
        "everything" => Some(Counts::Everything),
        "onlyDiscounted" => Some(Counts::OnlyDiscounted),
        _ => node.refuse("unknownVariant", "expected `everything` or `onlyDiscounted`"),
    }
}

fn usage_limit(node: Node<'_, '_>) -> Option<UsageLimit> {
    node.variant("`unlimited`, `perCustomer` or `perStore`", |kind, fields| {
        let mut orders = || fields.required("orders", |node| node.count());
        Ok(match kind {
            "unlimited" => Some(UsageLimit::Unlimited),
            "perCustomer" => orders().map(|orders| UsageLimit::PerCustomer { orders }),
            "perStore" => orders().map(|orders| UsageLimit::PerStore { orders }),
            _ => return Err(UnknownVariant),
        })
    })
}
