//! What is being priced (§3, §9).

use pricing::model::{Cart, CartError, Id, Instant, Product, ShippingService, Snapshot, Usage};

use crate::{
    fraction::{Fraction, money, whole},
    rule::{Rule, in_play, is_offered},
};

/// A cart whose products and service are found, its lines in canonical order.
#[derive(Clone)]
pub(crate) struct Order<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) cart: &'a Cart,
    pub(crate) as_of: Instant,
    pub(crate) usage: &'a Usage,
    pub(crate) lines: Vec<Line<'a>>,
    pub(crate) service: Option<&'a ShippingService>,
    pub(crate) rules: Vec<Rule<'a>>,
}

/// All of one product.
#[derive(Clone)]
pub(crate) struct Line<'a> {
    pub(crate) product: &'a Product,
    pub(crate) quantity: u64,
}

/// Money for each line and for shipping: what is left to pay, or what comes off.
pub(crate) struct Sums {
    pub(crate) lines: Vec<Fraction>,
    pub(crate) shipping: Fraction,
}

impl<'a> Order<'a> {
    pub(crate) fn new(
        snapshot: &'a Snapshot,
        cart: &'a Cart,
        as_of: Instant,
        usage: &'a Usage,
    ) -> Result<Self, Vec<CartError>> {
        let mut errors = too_many(cart);
        let mut lines: Vec<Line<'a>> = Vec::new();
        for (at, given) in cart.lines.iter().enumerate() {
            let quantity = u64::from(given.quantity.get());
            if let Some(line) = lines.iter_mut().find(|line| line.product.sku == given.sku) {
                line.quantity += quantity;
            } else if let Some(product) = snapshot.products.iter().find(|product| product.sku == given.sku) {
                lines.push(Line { product, quantity });
            } else {
                errors.push(CartError::UnknownSku { line: at, sku: given.sku.clone() });
            }
        }
        // §3.3: by SKU, code point by code point; a SKU has one price.
        lines.sort_by(|one, other| one.product.sku.as_str().chars().cmp(other.product.sku.as_str().chars()));
        let chosen = cart.shipping_service.as_ref();
        let service = chosen.and_then(|id| snapshot.shipping_services.iter().find(|known| known.id == *id));
        if let (Some(id), None) = (chosen, service) {
            errors.push(CartError::UnknownService { service: id.clone() });
        }
        for (at, grant) in cart.grants.iter().enumerate().filter(|(_, grant)| !is_offered(snapshot, grant)) {
            let (upgrade, sku) = (grant.upgrade.clone(), grant.sku.clone());
            errors.push(CartError::UnknownGrant { grant: at, upgrade, sku });
        }
        let rules = in_play(snapshot, cart);
        let order = Self { snapshot, cart, as_of, usage, lines, service, rules };
        if errors.is_empty() { Ok(order) } else { Err(errors) }
    }

    /// What there is to pay before any discount.
    pub(crate) fn before_discounts(&self) -> Sums {
        let price = |line: &Line<'_>| money(line.product.price) * whole(line.quantity);
        Sums {
            lines: self.lines.iter().map(price).collect(),
            shipping: self.service.map_or(whole(0), |service| money(service.rate)),
        }
    }

    /// A product that is in the cart.
    pub(crate) fn product(&self, sku: &Id) -> &'a Product {
        self.lines.iter().map(|line| line.product).find(|product| product.sku == *sku).expect("in the cart")
    }
}

/// §9.
fn too_many(cart: &Cart) -> Vec<CartError> {
    let found = [
        (cart.lines.len() > 500).then_some(CartError::TooManyLines),
        (cart.codes.len() > 10).then_some(CartError::TooManyCodes),
        (cart.grants.len() > 100).then_some(CartError::TooManyGrants),
    ];
    found.into_iter().flatten().collect()
}

impl Sums {
    pub(crate) fn of_lines(&self) -> Fraction {
        self.lines.iter().sum()
    }

    pub(crate) fn total(&self) -> Fraction {
        self.of_lines() + &self.shipping
    }

    pub(crate) fn minus(&self, off: &Self) -> Self {
        let lines = self.lines.iter().zip(&off.lines).map(|(line, off)| line - off).collect();
        Self { lines, shipping: &self.shipping - &off.shipping }
    }
}
