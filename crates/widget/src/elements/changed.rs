//! When the edge's price is another one: what changed, and a way on with the new total.

use web_sys::HtmlElement;

use super::{
    piece::{Piece, piece},
    rows::rows,
    totals::check_out,
};
use crate::{
    app::{App, Checkout, Difference},
    difference::{Change, What},
    text::{self as words, Word},
};

pub(super) fn view(place: Piece, host: HtmlElement) -> Piece {
    let error = piece("p class=error part=error role=alert").text(|app| {
        if app.checkout == Checkout::Failed { words::say(Word::Unreachable) } else { "" }.to_owned()
    });
    let title = piece("p id=changed-title class=changed-title")
        .text(|app| difference(app).map_or("", |difference| words::changed(difference.cause)).to_owned());
    let sentences = rows(piece("ul role=list"), sentences, |sentence| piece("li").say(sentence));
    let label = piece("span").text(|app| {
        let after = difference(app).map(|difference| app.money(&difference.after));
        words::continue_with(&after.unwrap_or_default())
    });
    let way_on = piece("button type=button class=main part=button").on("click", move |_| check_out(&host));
    let panel = piece("div class=changed part=changed role=group aria-labelledby=changed-title tabindex=-1")
        .hidden(|app| difference(app).is_none())
        .hold(title)
        .hold(sentences)
        .hold(way_on.hold(label));
    place.hold(error).hold(panel)
}

pub(super) fn difference(app: &App) -> Option<&Difference> {
    match &app.checkout {
        Checkout::Changed(difference) => Some(difference),
        Checkout::Idle | Checkout::Checking | Checkout::Failed => None,
    }
}

/// What came, went or changed, a sentence each.
fn sentences(app: &App) -> Vec<String> {
    let changes = difference(app).into_iter().flat_map(|difference| &difference.changes);
    changes.map(|change| sentence(app, change)).collect()
}

fn sentence(app: &App, change: &Change) -> String {
    let [before, after] =
        [&change.before, &change.after].map(|amount| amount.as_ref().map(|amount| app.money(amount)));
    match &change.what {
        What::Discount(title) => words::discount_changed(title, before.as_deref(), after.as_deref()),
        What::Product(title) => words::price_changed(title, before.as_deref(), after.as_deref()),
    }
}
