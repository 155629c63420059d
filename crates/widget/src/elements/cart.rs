//! `<farthing-cart checkout-url image-url product-url>`: the lines, the codes, the totals, and the way to the checkout.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use web_sys::HtmlElement;

use super::{
    changed, coupon,
    follow::follow,
    line, nudges,
    piece::{Piece, piece},
    rows::rows,
    shipping, totals,
};
use crate::{
    app::{App, read},
    text::{self as words, Word},
};

pub(super) fn view(place: Piece, host: HtmlElement) -> Piece {
    let of = host.clone();
    let head = piece("div class=head part=heading tabindex=-1")
        .hold(piece("slot name=heading"))
        .hold(piece("span class=count").hidden(is_empty).text(|app| words::items(app.shown.count)));
    let empty = piece("div class=empty part=empty")
        .hidden(|app| !is_empty(app))
        .hold(piece("slot name=empty").hold(piece("p").say(words::say(Word::Empty))));
    let lines = rows(piece("ul class=lines part=lines role=list"), skus, move |sku| line::row(sku, &of));
    let sums =
        coupon::view(piece("div class=sums").hold(nudges::view())).hold(totals::rows_view(shipping::view()));
    let pay = piece("div class=pay part=total").hold(totals::total()).hold(totals::estimate());
    let pay = changed::view(pay, host.clone()).hold(totals::way_on(host));
    let body = piece("div class=body").hidden(is_empty).hold(lines).hold(sums).hold(pay);
    let cart = piece("section class=cart part=cart").attribute("aria-label", words::say(Word::Cart));
    place.hold(cart.hold(head).hold(empty).hold(body).hold(spoken_total()))
}

fn is_empty(app: &App) -> bool {
    app.shown.lines.is_empty()
}

fn skus(app: &App) -> Vec<String> {
    app.shown.lines.iter().map(|line| line.sku.clone()).collect()
}

/// The cart's one live region. It waits until the totals stand still, so that each is said once.
fn spoken_total() -> Piece {
    let region = piece("p class=hush role=status aria-live=polite");
    let element = region.element().clone();
    let mut last: Option<(String, TimeoutHandle)> = None;
    follow(move || {
        let now = read(spoken);
        match &last {
            Some((text, _)) if *text == now => return,
            Some((_, timer)) => timer.clear(),
            None => {}
        }
        let (is_first, element, text) = (last.is_none(), element.clone(), now.clone());
        let say = move || {
            if !is_first {
                element.set_text_content(Some(&text));
            }
        };
        last = set_timeout_with_handle(say, Duration::from_millis(700)).ok().map(|timer| (now, timer));
    });
    region
}

fn spoken(app: &App) -> String {
    if is_empty(app) {
        words::say(Word::Empty).to_owned()
    } else {
        words::spoken_total(&app.shown.total, app.shown.saving.as_deref())
    }
}
