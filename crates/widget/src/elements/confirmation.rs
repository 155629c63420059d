//! `<farthing-confirmation>`: a short word after a button of the page has put something in.
//!
//! The widget adds one to the page by itself. A page that confirms in its own way hides it (`display: none`).

use leptos::prelude::*;

use super::live::{flag, text};

pub(super) fn view() -> AnyView {
    view! {
        // Always there, as a live region must be before its words are.
        <div class="confirmation" role="status">
            <p class="bubble" part="message" hidden=flag(|app| app.confirmation.is_none())>
                {text(|app| app.confirmation.clone().unwrap_or_default())}
            </p>
        </div>
    }
    .into_any()
}
