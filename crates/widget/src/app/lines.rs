//! Putting products in and taking them out.

use leptos::prelude::set_timeout;
use wire::Json;

use super::{App, change, note, peek, products::learn};
use crate::{
    cart::{CartState, CartStateError},
    failure::Failure,
    text::{self, Word},
};

/// Puts so many more of a product in. Its facts are fetched first only where they are not known yet.
pub async fn add(sku: &str, quantity: u64, confirm: bool) -> Result<(), Failure> {
    let learnt = learn(&[sku.to_owned()]).await;
    if confirm && learnt.is_err() {
        note(|app| app.confirm(text::say(Word::Unreachable).to_owned()));
    }
    learnt?;
    change(|app| {
        app.sold(sku)?;
        app.cart.add(sku, quantity)?;
        if confirm {
            let title = app.shop.engine().product(sku).map_or("", |product| product.title.as_str());
            app.confirm(text::added(quantity, title));
        }
        Ok(())
    })
}

/// Sets how many of a product are in the cart; zero takes it out.
pub fn update(sku: &str, quantity: u64) -> Result<(), Failure> {
    change(|app| {
        app.sold(sku)?;
        Ok(app.cart.set_quantity(sku, quantity)?)
    })
}

/// Redeems an upgrade offer, as the edge told it, with one of its product.
pub async fn redeem(offer: &Json) -> Result<(), Failure> {
    let sku = offer.str_of("sku").unwrap_or_default();
    learn(&[sku.to_owned()]).await?;
    change(|app| {
        app.sold(sku)?;
        Ok(app.cart.redeem(offer)?)
    })
}

/// Takes everything out.
pub fn clear() -> Result<(), Failure> {
    change(|app| {
        app.cart.clear();
        Ok(())
    })
}

/// Chooses a shipping service, or none yet.
pub fn choose_shipping(service: Option<&str>) -> Result<(), Failure> {
    change(|app| {
        let services = app.shop.engine().shipping_services();
        if service.is_some_and(|chosen| !services.iter().any(|known| known.id.as_str() == chosen)) {
            return Err(Failure::new("unknownService", "the store has no such shipping service"));
        }
        app.cart.ship_by(service);
        Ok(())
    })
}

/// The lines, as events tell them.
pub fn get() -> Json {
    peek(App::cart_json).unwrap_or_default()
}

/// The offers that the cart redeems.
pub fn offers() -> Json {
    peek(|app| Json::List(app.cart.offers().to_vec())).unwrap_or_default()
}

/// Puts other lines in place of those there; codes and shipping stay.
pub async fn replace(lines: &Json) -> Result<(), Failure> {
    let skus = lines.items().iter().filter_map(|line| line.str_of("sku"));
    let skus: Vec<_> = skus.map(str::to_owned).collect();
    learn(&skus).await?;
    change(|app| {
        let mut cart = CartState::default();
        for line in lines.items() {
            let sku = line.str_of("sku").unwrap_or_default();
            let quantity = line.get("quantity").and_then(Json::as_u64).unwrap_or_default();
            app.sold(sku)?;
            cart.add(sku, quantity)?;
        }
        for code in app.cart.codes() {
            cart.attach(code)?;
        }
        cart.ship_by(app.cart.shipping_service());
        for offer in app.cart.offers() {
            if offer.str_of("sku").is_some_and(|sku| cart.quantity(sku) > 0) {
                cart.redeem(offer)?;
            }
        }
        app.cart = cart;
        Ok(())
    })
}

impl App {
    /// Says what became of a press, until it has stood for its time or the next one is told.
    fn confirm(&mut self, words: String) {
        self.confirmation = Some(words);
        self.confirmations = self.confirmations.wrapping_add(1);
        let own = self.confirmations;
        let end = move |app: &mut Self| {
            if app.confirmations == own {
                app.confirmation = None;
            }
        };
        set_timeout(move || note(end), std::time::Duration::from_secs(4));
    }

    fn sold(&self, sku: &str) -> Result<(), CartStateError> {
        if self.shop.knows(sku) { Ok(()) } else { Err(CartStateError::UnknownSku) }
    }
}
