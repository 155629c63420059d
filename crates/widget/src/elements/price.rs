//! `<farthing-price sku>`: what one of a product costs.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::live::{flag, text};
use crate::{
    app::{Price, price_of, show_price},
    text::{self as words, Word},
};

pub(super) fn view(host: &HtmlElement) -> AnyView {
    let sku = host.get_attribute("sku").unwrap_or_default();
    spawn_local(show_price(sku.clone()));
    let about = |tell: fn(&Price) -> String| {
        let sku = sku.clone();
        text(move |app| price_of(app, &sku).map(tell).unwrap_or_default())
    };
    let is = |tell: fn(Option<&Price>) -> bool| {
        let sku = sku.clone();
        flag(move |app| tell(price_of(app, &sku)))
    };
    view! {
        <span class="price" part="price" hidden=is(|price| price.is_none())>
            <s class="was" part="was" hidden=is(|price| price.is_none_or(|price| price.before.is_none()))>
                <span class="hush">{words::before(Word::Was)}</span>
                {about(|price| price.before.clone().unwrap_or_default())}
            </s>
            <span class="now" part="now">
                <span class="hush">{about(|price| price.before.as_ref().map(|_| words::before(Word::Now)).unwrap_or_default())}</span>
                {about(|price| price.now.clone())}
            </span>
        </span>
        <span hidden=is(|price| price.is_some())>
            <slot></slot>
        </span>
    }
    .into_any()
}
