//! The totals, and the button under them.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::{
    changed::difference,
    live::{cuts, flag, text},
    shipping,
};
use crate::{
    app::{Checkout, begin_checkout, read, report},
    text::{self as words, Word},
};

/// `<farthing-totals>`: what is to pay and what it is made of, where the choices are made elsewhere.
pub(super) fn alone() -> AnyView {
    view! {
        <section class="alone" part="totals" hidden=flag(|app| app.shown.lines.is_empty())>
            {rows_view(shipping::told())} {total()} {estimate()}
        </section>
    }
    .into_any()
}

/// Says that the prices are not fresh, while they are not.
pub(super) fn estimate() -> AnyView {
    view! {
        <p class="faint" part="estimate" role="status">
            {text(|app| if app.is_estimate { words::say(Word::Estimate) } else { "" }.to_owned())}
        </p>
    }
    .into_any()
}

/// What the total is made of, from top to bottom: it adds up.
pub(super) fn rows_view(shipping: AnyView) -> AnyView {
    view! {
        <div class="totals" part="totals">
            <div class="pair">
                <span>{words::say(Word::Subtotal)}</span>
                <span class="figure" part="subtotal">{text(|app| app.shown.subtotal.clone())}</span>
            </div>
            {cuts(|app| &app.shown.off_products)} {shipping}
            {cuts(|app| &app.shown.off_shipping)}
        </div>
    }
    .into_any()
}

/// The total and what is saved; while a new total waits to be accepted, the one before it too.
pub(super) fn total() -> AnyView {
    view! {
        <div class="pair total">
            <span>
                <span>{words::say(Word::Total)}</span>
                <span class="saving" part="saving">
                    {text(|app| app.shown.saving.as_deref().map(words::saving).unwrap_or_default())}
                </span>
            </span>
            <span class="figure">
                <s class="was" part="was" hidden=flag(|app| difference(app).is_none())>
                    <span class="hush">{words::before(Word::Was)}</span>
                    {text(|app| difference(app).map(|difference| app.money(&difference.before)).unwrap_or_default())}
                </s>
                <span part="amount">{text(|app| app.shown.total.clone())}</span>
            </span>
        </div>
    }
    .into_any()
}

/// The button that leaves for the checkout.
pub(super) fn way_on(host: HtmlElement) -> AnyView {
    let is_checking = |checkout: &Checkout| matches!(checkout, Checkout::Checking);
    view! {
        <button
            type="button"
            class="main"
            part="button"
            aria-disabled=text(move |app| is_checking(&app.checkout).to_string())
            hidden=flag(|app| difference(app).is_some())
            on:click=move |_| check_out(&host)
        >
            <span>
                {text(move |app| if is_checking(&app.checkout) { words::say(Word::Checking) } else { words::say(Word::CheckOut) }.to_owned())}
            </span>
        </button>
    }
    .into_any()
}

/// Goes to the checkout, unless it is being asked for already.
pub(super) fn check_out(host: &HtmlElement) {
    if read(|app| app.checkout == Checkout::Checking) {
        return;
    }
    let url = host.get_attribute("checkout-url");
    spawn_local(async move {
        if let Err(failure) = begin_checkout(true, url).await {
            report(&failure);
        }
    });
}
