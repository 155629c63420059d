//! The cart with its prices.

use pricing::{
    engine::LineDiscount,
    money::{Amount, Currency},
};

use super::{Explained, terms};
use crate::page::Page;

impl Explained<'_> {
    /// The lines with what came off each, shipping, and the totals.
    pub(super) fn cart(&self, page: &mut Page) {
        let quote = self.quote;
        let money = |amount| terms::money(amount, quote.currency);
        page.heading(&format!("Cart of {}, in {}", self.days.moment(quote.as_of), quote.currency.code()));
        for line in &quote.lines {
            let quantity = line.quantity.get();
            let text = format!("{quantity} × {} at {}", self.product(&line.sku), money(line.unit_price));
            page.row(&text, 2, &money(line.subtotal));
            self.taken_off(page, &line.discounts);
        }
        if let Some(shipping) = &quote.shipping {
            let service = self.input.snapshot.shipping_services.iter().find(|one| one.id == shipping.service);
            let title = service.map_or_else(|| shipping.service.to_string(), |one| one.title.to_string());
            page.row(&format!("Shipping: {title}"), 2, &money(shipping.rate));
            self.taken_off(page, &shipping.discounts);
        }
        page.blank();
        if !quote.saving.is_zero() {
            page.row("Before discounts", 2, &money(quote.total.plus(quote.saving)));
            page.row("Saved", 2, &minus(quote.saving, quote.currency));
        }
        let pending = if quote.shipping_pending { "Total, before shipping is chosen" } else { "Total" };
        page.row(pending, 2, &money(quote.total));
    }

    fn taken_off(&self, page: &mut Page, discounts: &[LineDiscount]) {
        for discount in discounts {
            page.row(&self.title(&discount.discount), 6, &minus(discount.amount, self.quote.currency));
        }
    }
}

fn minus(amount: Amount, currency: Currency) -> String {
    format!("−{}", terms::money(amount, currency))
}
