//! The totals, and the button under them.

use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::{
    changed::difference,
    piece::{Piece, piece},
    rows::cuts,
    shipping,
};
use crate::{
    app::{App, Checkout, begin_checkout, read, report},
    text::{self as words, Word},
};

/// `<farthing-totals>`: what is to pay and what it is made of, where the choices are made elsewhere.
pub(super) fn alone(place: Piece) -> Piece {
    let totals = piece("section class=alone").hidden(|app| app.shown.lines.is_empty());
    let sum = piece("div part=total").hold(total());
    place.hold(totals.hold(rows_view(shipping::told())).hold(sum).hold(estimate()))
}

/// Says that the prices are not fresh, while they are not.
pub(super) fn estimate() -> Piece {
    piece("p class=faint part=estimate")
        .text(|app| if app.is_estimate { words::say(Word::Estimate) } else { "" }.to_owned())
}

/// What the total is made of, from top to bottom: it adds up.
pub(super) fn rows_view(shipping: Piece) -> Piece {
    let subtotal = piece("span class=figure part=subtotal").text(|app| app.shown.subtotal.clone());
    piece("div class=totals part=totals")
        .hold(piece("div class=pair").hold(piece("span").say(words::say(Word::Subtotal))).hold(subtotal))
        .hold(cuts(|app| &app.shown.off_products))
        .hold(shipping)
        .hold(cuts(|app| &app.shown.off_shipping))
}

/// The total and what is saved; while a new total waits to be accepted, the one before it too.
pub(super) fn total() -> Piece {
    let saving = piece("span class=saving part=saving")
        .text(|app| app.shown.saving.as_deref().map(words::saving).unwrap_or_default());
    let was = piece("s class=was part=was")
        .hidden(|app| difference(app).is_none())
        .hold(piece("span class=hush").say(&words::before(Word::Was)))
        .text(|app| difference(app).map(|difference| app.money(&difference.before)).unwrap_or_default());
    let now = piece("span part=amount").text(|app| app.shown.total.clone());
    piece("div")
        .attribute("class", "pair total")
        .hold(piece("span").hold(piece("span").say(words::say(Word::Total))).hold(saving))
        .hold(piece("span class=figure").hold(was).hold(now))
}

/// The button that leaves for the checkout.
pub(super) fn way_on(host: HtmlElement) -> Piece {
    let is_checking = |app: &App| matches!(app.checkout, Checkout::Checking);
    let label = move |app: &App| {
        if is_checking(app) { words::say(Word::Checking) } else { words::say(Word::CheckOut) }.to_owned()
    };
    piece("button type=button class=main part=button")
        .live("aria-disabled", move |app| is_checking(app).to_string())
        .hidden(|app| difference(app).is_some())
        .on("click", move |_| check_out(&host))
        .hold(piece("span").text(label))
}

/// Goes to the checkout, unless it is being asked for already.
pub(super) fn check_out(host: &HtmlElement) {
    if read(|app| app.checkout == Checkout::Checking) {
        return;
    }
    let (host, url) = (host.clone(), host.get_attribute("checkout-url"));
    spawn_local(async move {
        let outcome = begin_checkout(true, url).await;
        // The button that was pressed may be gone: whoever pressed it reads on at what took its place, if that is there.
        let next = if outcome.is_ok() { ".changed" } else { ".pay > .main" };
        if let Err(failure) = outcome {
            report(&failure);
        }
        let next = host.shadow_root().and_then(|root| root.query_selector(next).ok()?);
        if let Some(next) = next {
            let _ = next.unchecked_into::<HtmlElement>().focus();
        }
    });
}
