//! What one step more would save.

use leptos::prelude::*;

use super::live::{flag, rows, text};
use crate::app::App;

pub(super) fn view() -> AnyView {
    let row = |id: String| {
        let words = text(move |app| find(app, &id));
        view! { <li class="nudge" part="nudge">{words}</li> }.into_any()
    };
    view! {
        <ul class="nudges" part="nudges" role="list" hidden=flag(|app| app.shown.nudges.is_empty())>
            {rows(|app| app.shown.nudges.iter().map(|nudge| nudge.id.clone()).collect(), row)}
        </ul>
    }
    .into_any()
}

fn find(app: &App, id: &str) -> String {
    app.shown.nudges.iter().find(|nudge| nudge.id == id).map(|nudge| nudge.title.clone()).unwrap_or_default()
}
