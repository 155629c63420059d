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
        return with_nudge(place, &at_service(&service));
    }
    let sku = host.get_attribute("sku").unwrap_or_default();
    spawn_local(show_message(sku.clone()));
    with_nudge(place, &sku)
}

/// The message, and under it what one step more would save. In the cart its nudges stand together, under the lines.
fn with_nudge(place: Piece, about: &str) -> Piece {
    let message = beside(about, false);
    let about = about.to_owned();
    let nudge = move |app: &App| {
        app.shown.messages.get(&about).map(|message| message.nudge.clone()).unwrap_or_default()
    };
    let is_far = nudge.clone();
    let nudge = piece("span class=near part=nudge").hidden(move |app| is_far(app).is_empty()).text(nudge);
    place.hold(message).hold(nudge)
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
