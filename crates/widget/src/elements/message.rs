//! `<farthing-message sku>`: the action message beside a product.

use leptos::prelude::*;
use pricing::engine::MessageState;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::live::{flag, text};
use crate::{
    app::{App, show_message},
    shown::Message,
    text::{self as words, Word},
};

pub(super) fn view(host: &HtmlElement) -> AnyView {
    let sku = host.get_attribute("sku").unwrap_or_default();
    spawn_local(show_message(sku.clone()));
    beside(sku, false)
}

/// The first message beside a product or shipping service. `until_applied`: what applies is told elsewhere.
pub(super) fn beside(place: String, until_applied: bool) -> AnyView {
    let about = |place: &str| {
        let place = place.to_owned();
        move |app: &App, tell: fn(&Message) -> String| {
            let message = app.shown.messages.get(&place);
            let message = message.filter(|message| {
                !until_applied
                    || matches!(message.state, MessageState::RequirementUnmet | MessageState::Available)
            });
            message.map(tell).unwrap_or_default()
        }
    };
    let [state, none, prefix, text_of] = [about(&place), about(&place), about(&place), about(&place)];
    view! {
        <span
            class="message"
            part="message"
            data-state=text(move |app| state(app, |message| name(message.state).to_owned()))
            hidden=flag(move |app| none(app, |message| message.text.clone()).is_empty())
        >
            <span class="hush">{text(move |app| prefix(app, |message| spoken(message.state)))}</span>
            {text(move |app| text_of(app, |message| message.text.clone()))}
        </span>
    }
    .into_any()
}

const fn name(state: MessageState) -> &'static str {
    match state {
        MessageState::Applied => "applied",
        MessageState::Available => "available",
        MessageState::Beaten => "beaten",
        MessageState::RequirementUnmet => "requirementUnmet",
    }
}

/// What the sign before an applied message says to those who can't see it.
fn spoken(state: MessageState) -> String {
    if state == MessageState::Applied { words::before(Word::Applied) } else { String::new() }
}
