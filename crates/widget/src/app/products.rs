//! Products the page speaks of: their facts, what one of each costs, and whose messages are shown.

use std::cell::RefCell;

use client::{Client, ClientError, Freshness};
use js_sys::Promise;
use pricing::model::{Cart, CartLine, Id, Quantity};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{App, change, peek, report};
use crate::{failure::Failure, table::Table};

/// What one of a product costs, as people write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// What it costs, after any discount that one alone already has.
    pub now: String,
    /// What it cost before, where that was more.
    pub before: Option<String>,
}

thread_local! {
    /// SKUs that elements put on the page just now speak of: their prices, their messages.
    static WAITING: RefCell<(Vec<String>, Vec<String>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// The price of a product that [`show_price`] was asked for.
pub fn price_of<'a>(app: &'a App, sku: &str) -> Option<&'a Price> {
    app.prices.get(sku)
}

/// Shows the price of a product from now on.
pub async fn show_price(sku: String) {
    show(|(prices, _)| prices.push(sku)).await;
}

/// Shows the message beside a product from now on.
pub async fn show_message(sku: String) {
    if peek(|app| app.beside.contains(&sku)) != Some(true) {
        show(|(_, messages)| messages.push(sku)).await;
    }
}

/// Elements come in crowds: the first one waits for the others of its moment, then asks for all of them at once.
async fn show(wait: impl FnOnce(&mut (Vec<String>, Vec<String>))) {
    let is_first = WAITING.with_borrow_mut(|waiting| {
        let is_first = waiting.0.is_empty() && waiting.1.is_empty();
        wait(waiting);
        is_first
    });
    if !is_first {
        return;
    }
    let _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
    let (prices, messages) = WAITING.take();
    let learnt = learn(&[prices.as_slice(), messages.as_slice()].concat()).await;
    let shown = change(|app| {
        app.beside.extend(messages);
        for sku in prices {
            if let Some(price) = app.price_alone(&sku) {
                app.prices.insert(&sku, price);
            }
        }
        Ok(())
    });
    if let Err(failure) = learnt.and(shown) {
        report(&failure);
    }
}

/// Fetches the facts of those products that are not known.
pub(super) async fn learn(skus: &[String]) -> Result<(), Failure> {
    let asked = peek(|app| {
        let missing: Vec<_> = skus.iter().filter(|sku| !app.shop.knows(sku)).cloned().collect();
        ask(&app.client, &missing, Freshness::Kept)
    });
    for answer in asked.unwrap_or_default() {
        let answer = answer.await?;
        super::APP.with_borrow_mut(|app| app.as_mut().and_then(|app| app.shop.learn(&answer)));
    }
    Ok(())
}

/// Asks for products, as many at once as one question may name; all questions are under way before the first answer.
pub(super) fn ask(
    client: &Client,
    skus: &[String],
    freshness: Freshness,
) -> Vec<impl Future<Output = Result<String, ClientError>> + use<>> {
    skus.chunks(Client::MAXIMUM_SKUS).map(|some| client.products(some, freshness)).collect()
}

impl App {
    /// Works out the shown prices anew: the rules may be others.
    pub(super) fn reprice_products(&mut self) {
        let mut prices = Table::new();
        for sku in self.prices.skus() {
            if let Some(price) = self.price_alone(sku) {
                prices.insert(sku, price);
            }
        }
        self.prices = prices;
    }

    fn price_alone(&self, sku: &str) -> Option<Price> {
        let product = self.shop.engine().product(sku)?;
        let id = Id::new(sku).ok()?;
        let line = CartLine { id: id.clone(), sku: id, quantity: Quantity::new(1).ok()? };
        let cart = self.shop.with_customer(Cart::of_lines(vec![line]));
        let total = self.shop.assess(&cart, self.now()).ok()?.sale().total;
        let before = product.compare_at.unwrap_or(product.price).max(product.price);
        Some(Price { now: self.page.money(total), before: (before > total).then(|| self.page.money(before)) })
    }
}
