//! The shipping choice: closed it is a row of the totals, open a list.

use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlInputElement};

use super::{
    message,
    piece::{Piece, piece},
    rows::rows,
};
use crate::{
    app::{App, choose_shipping, read},
    shown::{Service, at_service},
    text::{self as words, Word},
};

/// In the cart: a row that opens.
pub(super) fn view() -> Piece {
    piece("details class=shipping part=shipping")
        .hidden(has_none)
        .hold(chosen(piece("summary class=pair")))
        .hold(choice())
}

/// `<farthing-shipping>`: the open list.
pub(super) fn alone(place: Piece) -> Piece {
    place
        .hold(piece("div part=shipping").attribute("class", "shipping alone").hidden(has_none).hold(choice()))
}

/// A row of totals that stand alone.
pub(super) fn told() -> Piece {
    chosen(piece("div class=pair").hidden(has_none))
}

fn has_none(app: &App) -> bool {
    app.shown.services.is_empty()
}

/// What is chosen, in a row.
fn chosen(row: Piece) -> Piece {
    let title = |app: &App| app.shown.shipping.as_ref().map_or("", |row| &row.title).to_owned();
    let rate = |app: &App| {
        app.shown.shipping.as_ref().map_or(words::say(Word::AtCheckout), |row| &row.amount).to_owned()
    };
    let choice = piece("span class=choice")
        .hold(piece("span").say(words::say(Word::Shipping)))
        .hold(piece("span class=faint").text(title));
    row.hold(choice).hold(piece("span class=figure").text(rate))
}

fn choice() -> Piece {
    let services = piece("fieldset")
        .on("change", choose)
        .hold(piece("legend class=hush").say(words::say(Word::Shipping)));
    let ids = |app: &App| app.shown.services.iter().map(|service| service.id.clone()).collect();
    rows(services, ids, row)
}

fn row(id: &str) -> Piece {
    let service = read(|app| find(app, id).cloned()).unwrap_or_default();
    let is_chosen = {
        let id = id.to_owned();
        move |app: &App| find(app, &id).is_some_and(|service| service.is_chosen)
    };
    let texts = piece("span class=pair")
        .hold(piece("span").say(&service.title))
        .hold(piece("span class=figure").say(&service.rate));
    piece("label class=service part=service")
        .hold(piece("input type=radio name=service").attribute("value", id).checked(is_chosen))
        .hold(texts)
        .hold(message::beside(&at_service(id), false))
}

fn find<'a>(app: &'a App, id: &str) -> Option<&'a Service> {
    app.shown.services.iter().find(|service| service.id == id)
}

fn choose(event: Event) {
    if let Some(radio) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
        let _ = choose_shipping(Some(&radio.value()));
    }
}
