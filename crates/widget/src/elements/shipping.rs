//! The shipping choice: closed it is a row of the totals, open a list.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

use super::{
    live::{flag, rows, text},
    message,
};
use crate::{
    app::{App, choose_shipping, read},
    shown::{Service, at_service},
    text::{self as words, Word},
};

/// In the cart: a row that opens.
pub(super) fn view() -> AnyView {
    view! {
        <details class="shipping" part="shipping" hidden=flag(|app| app.shown.services.is_empty())>
            <summary class="pair">{row_of_chosen()}</summary>
            {choice()}
        </details>
    }
    .into_any()
}

/// `<farthing-shipping>`: the open list.
pub(super) fn alone() -> AnyView {
    view! {
        <div class="shipping alone" part="shipping" hidden=flag(|app| app.shown.services.is_empty())>
            {choice()}
        </div>
    }
    .into_any()
}

/// A row of totals that stand alone.
pub(super) fn told() -> AnyView {
    view! {
        <div class="pair" hidden=flag(|app| app.shown.services.is_empty())>{row_of_chosen()}</div>
    }
    .into_any()
}

fn row_of_chosen() -> AnyView {
    view! {
        <span class="choice">
            <span>{words::say(Word::Shipping)}</span>
            <span class="faint">{text(|app| chosen(app, |row| &row.title))}</span>
        </span>
        <span class="figure">
            {text(|app| match &app.shown.shipping {
                Some(row) => row.amount.clone(),
                None => words::say(Word::AtCheckout).to_owned(),
            })}
        </span>
    }
    .into_any()
}

fn choice() -> AnyView {
    view! {
        <fieldset on:change=choose>
            <legend class="hush">{words::say(Word::Shipping)}</legend>
            {rows(|app| app.shown.services.iter().map(|service| service.id.clone()).collect(), row)}
        </fieldset>
    }
    .into_any()
}

fn chosen(app: &App, tell: fn(&crate::shown::Row) -> &str) -> String {
    app.shown.shipping.as_ref().map_or("", tell).to_owned()
}

fn row(id: String) -> AnyView {
    let service = read(|app| find(app, &id).cloned());
    let (title, rate) = service.map(|service| (service.title, service.rate)).unwrap_or_default();
    let is_chosen = {
        let id = id.clone();
        flag(move |app| find(app, &id).is_some_and(|service| service.is_chosen))
    };
    let message = message::beside(at_service(&id), false);
    view! {
        <label class="service" part="service">
            <input type="radio" name="service" value=id.clone() prop:checked=is_chosen />
            <span class="pair">
                <span>{title}</span>
                <span class="figure">{rate}</span>
            </span>
            {message}
        </label>
    }
    .into_any()
}

fn find<'a>(app: &'a App, id: &str) -> Option<&'a Service> {
    app.shown.services.iter().find(|service| service.id == id)
}

fn choose(event: web_sys::Event) {
    if let Some(radio) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
        let _ = choose_shipping(Some(&radio.value()));
    }
}
