//! Carts in which a discount may apply, to be tried.

use pricing::{
    model::{
        Audience, Benefit, Cart, CartLine, Customer, Discount, Id, Instant, Quantity, Requirement,
        ShippingService,
    },
    money::Amount,
};

use crate::{
    numbers::items_for,
    products::Products,
    shop::{Facts, Shop},
};

/// When a cart is priced for which any moment does: 2026-01-01T00:00:00Z.
const ANY_MOMENT: Instant = Instant::from_millis(1_767_225_600_000);

/// Products by position, with how many of each.
pub(crate) type Lines = Vec<(usize, u64)>;

/// A cart to be tried.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) cart: Cart,
    pub(crate) as_of: Instant,
    /// Positions of the products in it.
    pub(crate) products: Vec<usize>,
    /// Positions of the discounts it was made for.
    pub(crate) discounts: Vec<usize>,
}

impl Shop<'_> {
    /// A cart of these lines, bought by someone for whom all these discounts are, with their codes, a shipping service
    /// they cover, at a moment when they run. Nothing where there is no such cart.
    pub(crate) fn draft(&self, lines: &[(usize, u64)], discounts: &[usize]) -> Option<Draft> {
        let as_of = self.moment(discounts)?;
        self.draft_at(as_of, lines, discounts)
    }

    /// As [`Shop::draft`], at a given moment.
    pub(crate) fn draft_at(
        &self,
        as_of: Instant,
        lines: &[(usize, u64)],
        discounts: &[usize],
    ) -> Option<Draft> {
        let rules: Vec<&Discount> = discounts.iter().filter_map(|at| Some(self.discount(*at)?.0)).collect();
        let mut cart = Cart::of_lines(self.cart_lines(lines)?);
        cart.codes = rules.iter().filter_map(|rule| Some(rule.code()?.as_str().to_owned())).collect();
        if cart.codes.len() > Cart::MAXIMUM_CODES {
            return None;
        }
        cart.customer = customer(&rules);
        if rules.iter().any(|rule| matches!(rule.benefit, Benefit::Shipping { .. })) {
            cart.shipping_service = Some(self.service(&rules)?.id.clone());
        }
        let products = lines.iter().map(|(product, _)| *product).collect();
        Some(Draft { cart, as_of, products, discounts: discounts.to_vec() })
    }

    /// Lines that may meet a discount's requirement by themselves, the likeliest first.
    pub(crate) fn lines_for(&self, discount: &Discount, facts: &Facts) -> Vec<Lines> {
        let counted = self.counted(discount, facts);
        let products = match &discount.benefit {
            Benefit::Products { .. } => self.sample(&facts.paid),
            Benefit::Shipping { must_purchase: Some(_), .. } => {
                let mut some = self.sample(&facts.own);
                some.extend(self.sample(&facts.covered));
                some
            }
            Benefit::Shipping { must_purchase: None, .. } => self.sample(&self.discountable),
        };
        let filler = self.sample(counted).into_iter().find(|at| !self.price(*at).is_zero());
        let lines = |product: usize| {
            if counted.contains(product) || discount.requirement == Requirement::None {
                return Some(vec![(product, self.needed(discount, product)?)]);
            }
            let filler = filler?;
            Some(vec![(product, 1), (filler, self.needed(discount, filler)?)])
        };
        products.into_iter().filter_map(lines).collect()
    }

    /// How many of a product a requirement needs, at least one.
    pub(crate) fn needed(&self, discount: &Discount, product: usize) -> Option<u64> {
        match &discount.requirement {
            Requirement::None => Some(1),
            Requirement::Quantity { bounds, .. } => Some(bounds.minimum().unwrap_or(1)),
            Requirement::Amount { bounds, .. } => match bounds.minimum() {
                Some(minimum) => items_for(minimum, self.price(product)),
                None => Some(1),
            },
        }
    }

    /// A few products to stand for many: the cheapest that cost something, of different prices, then the dearest.
    pub(crate) fn sample(&self, products: &Products) -> Vec<usize> {
        const CHEAPEST: usize = 4;
        let mut sample: Vec<(Amount, usize)> = Vec::new();
        let mut dearest: Option<(Amount, usize)> = None;
        for at in products.iter() {
            let price = self.price(at);
            if dearest.is_none_or(|(most, _)| price > most) {
                dearest = Some((price, at));
            }
            let is_new = !price.is_zero() && !sample.iter().any(|(known, _)| *known == price);
            if is_new && (sample.len() < CHEAPEST || sample.last().is_some_and(|(most, _)| price < *most)) {
                sample.push((price, at));
                sample.sort_unstable();
                sample.truncate(CHEAPEST);
            }
        }
        let rest = dearest.filter(|dearest| !sample.contains(dearest));
        sample.into_iter().chain(rest).map(|(_, at)| at).collect()
    }

    /// A moment at which all these discounts run: the one of the question, or the first.
    pub(crate) fn moment(&self, discounts: &[usize]) -> Option<Instant> {
        let schedules =
            || discounts.iter().filter_map(|at| self.discount(*at)).map(|(discount, _)| discount.schedule);
        let start = schedules().filter_map(|schedule| schedule.starts_at()).max();
        let end = schedules().filter_map(|schedule| schedule.ends_at()).min();
        let last = end.and_then(|end| end.millis().checked_sub(1)).map(Instant::from_millis);
        let wished = self.as_of.or_else(|| Some(ANY_MOMENT.min(last?))).unwrap_or(ANY_MOMENT);
        let moment = start.map_or(wished, |start| start.max(wished));
        end.is_none_or(|end| moment < end).then_some(moment)
    }

    fn cart_lines(&self, lines: &[(usize, u64)]) -> Option<Vec<CartLine>> {
        let most = u64::from(Quantity::MAXIMUM);
        let mut cart: Vec<CartLine> = Vec::new();
        for (product, count) in lines {
            let sku = &self.product(*product)?.sku;
            let mut left = *count;
            while left > 0 {
                if cart.len() >= Cart::MAXIMUM_LINES {
                    return None;
                }
                let quantity = Quantity::new(left.min(most)).ok()?;
                let id = Id::new(cart.len().saturating_add(1).to_string()).ok()?;
                cart.push(CartLine { id, sku: sku.clone(), quantity });
                left = left.saturating_sub(most);
            }
        }
        Some(cart)
    }

    /// The service on which all the shipping discounts among `rules` save most together.
    fn service(&self, rules: &[&Discount]) -> Option<&ShippingService> {
        let saving = |service: &&ShippingService| -> Option<Amount> {
            let mut least: Option<Amount> = None;
            for rule in rules {
                if let Benefit::Shipping { value, services, .. } = &rule.benefit {
                    let off = value.off(service.rate);
                    let off = services.covers(&service.id).then_some(off).filter(|off| !off.is_zero())?;
                    least = Some(least.map_or(off, |least| least.min(off)));
                }
            }
            least
        };
        let fitting = self.snapshot.shipping_services.iter().filter_map(|one| Some((saving(&one)?, one)));
        fitting.max_by_key(|(saving, _)| *saving).map(|(_, service)| service)
    }
}

fn customer(rules: &[&Discount]) -> Customer {
    let mut customer = Customer::default();
    for rule in rules {
        let (names, first) = match &rule.audience {
            Audience::Everyone => continue,
            Audience::Clubs(clubs) => (&mut customer.clubs, clubs.first()),
            Audience::Tags(tags) => (&mut customer.tags, tags.first()),
        };
        if let Some(first) = first.filter(|first| !names.contains(first)) {
            names.push(first.clone());
        }
    }
    customer
}
