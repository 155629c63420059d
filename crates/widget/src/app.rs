//! The running widget: one per page, whatever number of elements show it.
//!
//! All state lives in one place. A change goes through [`change`], which prices anew, shows and tells; whatever shows it
//! reads through [`read`] inside a reactive closure, and runs again after every change. No borrow is held while the
//! page's listeners run, nor across an `await`.

mod checkout;
mod coupons;
mod keep;
mod lines;
mod products;
mod sync;

use std::cell::RefCell;

use client::Client;
use keep::keep_soon;
use leptos::{prelude::*, reactive::signal::ArcTrigger};
use pricing::model::{Cart, Instant};
use wire::Json;

pub use checkout::{Checkout, Difference, begin_checkout};
pub use coupons::{apply_coupon, remove_coupon};
pub use lines::{add, choose_shipping, clear, get, offers, redeem, replace, update};
pub use products::{Price, price_of, show_message, show_price};
pub use sync::{receive, refresh, shop_as, start, stop};

use crate::{
    cart::CartState,
    difference::Figures,
    failure::Failure,
    page::{Page, now},
    shop::Shop,
    shown::Shown,
    table::Table,
};

thread_local! {
    static APP: RefCell<Option<App>> = const { RefCell::new(None) };
    static CHANGED: ArcTrigger = ArcTrigger::new();
    /// What is read follows this: [`CHANGED`], or what tells of a part of the state alone.
    static SOURCE: RefCell<ArcTrigger> = RefCell::new(CHANGED.with(Clone::clone));
}

/// Everything the widget knows.
pub struct App {
    client: Client,
    page: Page,
    cart: CartState,
    shop: Shop,
    /// SKUs that the page shows a message beside, outside the cart.
    beside: Vec<String>,
    /// The moment that what is shown was priced at.
    priced_at: Instant,
    /// What one of each product costs that the page shows a price of, by SKU.
    prices: Table<Price>,
    /// Milliseconds the edge's clock is ahead of this device's, as far as known.
    clock_ahead: i64,
    /// The edge's figures, while they can't be explained: shown instead of our own.
    correction: Option<Figures>,
    /// Everything shown of the cart.
    pub shown: Shown,
    /// Why the last code was refused.
    pub coupon_error: Option<&'static str>,
    /// Whether a code is being checked.
    pub is_checking_code: bool,
    /// How far the checkout is.
    pub checkout: Checkout,
    /// Whether the rules may be old: the edge could not be asked.
    pub is_estimate: bool,
    /// What a button of the page just did.
    pub confirmation: Option<String>,
    /// How many of those there were: the last one stands for its whole time.
    confirmations: u32,
}

/// Reads the state, to be run again after the next change. Nothing before the widget has started.
pub fn read<T: Default>(look: impl FnOnce(&App) -> T) -> T {
    track();
    peek(look).unwrap_or_default()
}

// What is not generic stands in functions of its own here and below: it is compiled once, not once for each caller.
fn track() {
    source().track();
}

/// What tells of a change to what is read now.
pub(crate) fn source() -> ArcTrigger {
    SOURCE.with_borrow(Clone::clone)
}

/// Runs with another source.
pub(crate) fn within(source: &ArcTrigger, run: &mut dyn FnMut()) {
    let before = SOURCE.replace(source.clone());
    run();
    SOURCE.set(before);
}

fn notify() {
    CHANGED.with(ArcTrigger::notify);
}

/// Reads the state once.
pub(crate) fn peek<T>(look: impl FnOnce(&App) -> T) -> Option<T> {
    fn with(look: &mut dyn FnMut(&App)) {
        APP.with_borrow(|app| {
            if let Some(app) = app {
                look(app);
            }
        });
    }
    let (mut look, mut seen) = (Some(look), None);
    with(&mut |app| seen = look.take().map(|look| look(app)));
    seen
}

/// Changes what is not priced: notes beside the fields.
fn note(change: impl FnOnce(&mut App)) {
    let mut change = Some(change);
    alter(&mut |app| {
        if let Some(change) = change.take() {
            change(app);
        }
    });
    notify();
}

/// Changes the state, and nothing else.
fn alter(change: &mut dyn FnMut(&mut App)) {
    APP.with_borrow_mut(|app| app.as_mut().map(change));
}

/// Changes the cart or the rules: prices anew, shows, keeps and tells.
fn change(make: impl FnOnce(&mut App) -> Result<(), Failure>) -> Result<(), Failure> {
    fn with(make: &mut dyn FnMut(&mut App) -> Result<(), Failure>) -> Result<News, Failure> {
        APP.with_borrow_mut(|app| {
            let app = app.as_mut().ok_or_else(Failure::not_ready)?;
            let before = app.cart.clone();
            make(app)?;
            app.correction = None;
            if app.cart != before {
                app.checkout = Checkout::Idle;
                keep_soon();
            }
            app.price();
            Ok(app.news(app.cart != before))
        })
    }
    let mut make = Some(make);
    tell_all(with(&mut |app| make.take().map_or(Ok(()), |make| make(app))))
}

/// Shows what has changed, then tells it.
fn tell_all(news: Result<News, Failure>) -> Result<(), Failure> {
    let news = news?;
    notify();
    news.tell();
    Ok(())
}

impl App {
    /// The moment it is, by the edge's clock as far as known.
    fn now(&self) -> Instant {
        Instant::from_millis(now().millis().saturating_add(self.clock_ahead))
    }

    /// The cart as the engine takes it.
    fn cart(&self) -> Cart {
        self.shop.with_customer(self.cart.to_cart())
    }

    /// Prices the cart and works out everything shown of it.
    fn price(&mut self) {
        if !self.shop.offer(self.cart.offers()) {
            self.cart.give_up_all();
        }
        let cart = self.cart();
        self.priced_at = self.now();
        let Ok(assessment) = self.shop.assess(&cart, self.priced_at) else { return };
        let format = |amount| self.page.money(amount);
        self.shown = Shown::new(&assessment, &self.beside, &format);
        if let Some(edge) = &self.correction {
            self.shown.total = self.page.money_text(&edge.total);
            self.shown.subtotal = self.page.money_text(&edge.subtotal);
            self.shown.saving = None;
        }
    }

    /// The quote of what is shown, as contract v1 writes it: written where it is asked for, as that takes longer than
    /// pricing does.
    fn quote(&self) -> String {
        self.quote_at(self.priced_at)
    }

    fn quote_at(&self, as_of: Instant) -> String {
        let cart = self.cart();
        let assessment = self.shop.assess(&cart, as_of);
        assessment.map(|assessment| wire::quote_text_with_digest(&assessment.quote())).unwrap_or_default()
    }

    /// An amount in contract v1's spelling, as people write it.
    #[must_use]
    pub fn money(&self, decimal: &str) -> String {
        self.page.money_text(decimal)
    }

    /// The lines as events tell them.
    fn cart_json(&self) -> Json {
        Json::object(&mut [("count", self.cart.count().into()), ("lines", self.cart.lines_json())])
    }

    fn news(&self, cart_changed: bool) -> News {
        News { ear: self.page.ear(), cart: cart_changed.then(|| self.cart_json()) }
    }
}

/// What to tell the page once no borrow is held.
struct News {
    ear: crate::page::Ear,
    cart: Option<Json>,
}

impl News {
    fn tell(self) {
        if let Some(cart) = self.cart {
            self.ear.tell("cart-change", &cart, false);
        }
        self.ear.tell_totals();
    }
}

/// Tells the page something; whether no listener cancelled it.
fn tell(name: &str, detail: &Json, cancelable: bool) -> bool {
    peek(|app| app.page.ear()).is_none_or(|ear| ear.tell(name, detail, cancelable))
}

/// Tells the page that something went wrong.
pub fn report(failure: &Failure) {
    tell(
        "error",
        &Json::object(&mut [
            ("code", failure.code.as_str().into()),
            ("detail", failure.detail.as_str().into()),
        ]),
        false,
    );
}

/// The quote shown, as contract v1 writes it.
pub fn quote() -> String {
    peek(App::quote).unwrap_or_default()
}
