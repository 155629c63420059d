//! `<farthing-price sku>`: what one of a product costs.

use wasm_bindgen_futures::spawn_local;

use super::piece::{Piece, piece};
use crate::{
    app::{App, Price, price_of, show_price},
    text::{self as words, Word},
};

pub(super) fn view(place: Piece, sku: String) -> Piece {
    let about = |tell: fn(&Price) -> String| {
        let sku = sku.clone();
        move |app: &App| price_of(app, &sku).map(tell).unwrap_or_default()
    };
    let is = |tell: fn(Option<&Price>) -> bool| {
        let sku = sku.clone();
        move |app: &App| tell(price_of(app, &sku))
    };
    let was = piece("s class=was part=was")
        .hidden(is(|price| price.is_none_or(|price| price.before.is_none())))
        .hold(piece("span class=hush").say(&words::before(Word::Was)))
        .text(about(|price| price.before.clone().unwrap_or_default()));
    let now =
        piece("span class=now part=now")
            .hold(piece("span class=hush").text(about(|price| {
                price.before.as_ref().map(|_| words::before(Word::Now)).unwrap_or_default()
            })))
            .text(about(|price| price.now.clone()));
    let price = piece("span class=price part=price").hidden(is(|price| price.is_none())).hold(was).hold(now);
    let fallback = piece("span").hidden(is(|price| price.is_some())).hold(piece("slot"));
    spawn_local(show_price(sku));
    place.hold(price).hold(fallback)
}
