//! `<farthing-message sku>` or `<farthing-message service>`: the action message beside a product or a shipping service.

use pricing::engine::MessageState;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::piece::{Piece, piece};
use crate::{
    app::{App, show_message},
    shown::{Message, at_service},
    text::{self as words, Word},
};

/// Beside a shipping service it is known already; beside a product it may have to be asked for.
pub(super) fn view(place: Piece, host: &HtmlElement) -> Piece {
    if let Some(service) = host.get_attribute("service") {
        return place.hold(beside(&at_service(&service), false));
    }
    let sku = host.get_attribute("sku").unwrap_or_default();
    spawn_local(show_message(sku.clone()));
    place.hold(beside(&sku, false))
}

/// The first message beside a product or shipping service. `until_applied`: what applies is told elsewhere.
pub(super) fn beside(place: &str, until_applied: bool) -> Piece {
    let about = |tell: fn(&Message) -> String| {
        let place = place.to_owned();
        move |app: &App| {
            let message = app.shown.messages.get(&place);
            let message = message.filter(|message| !until_applied || is_ahead(message.state));
            message.map(tell).unwrap_or_default()
        }
    };
    let text = about(|message| message.text.clone());
    piece("span class=message part=message")
        .live("data-state", about(|message| wire::message_state(message.state).to_owned()))
        .hidden(move |app| text(app).is_empty())
        .hold(piece("span class=hush").text(about(|message| spoken(message.state))))
        .text(about(|message| message.text.clone()))
}

const fn is_ahead(state: MessageState) -> bool {
    matches!(state, MessageState::RequirementUnmet | MessageState::Available)
}

/// What the sign before an applied message says to those who can't see it.
fn spoken(state: MessageState) -> String {
    if state == MessageState::Applied { words::before(Word::Applied) } else { String::new() }
}
