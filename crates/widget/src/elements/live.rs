//! Pieces of views that follow the state. Each is of one type whatever it shows: the less code, the sooner it is there.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    app::{App, read},
    shown::Row as Cut,
};

/// A text that follows the state.
pub(super) type LiveText = Box<dyn FnMut() -> String + Send>;
/// A yes or no that follows the state.
pub(super) type LiveFlag = Box<dyn FnMut() -> bool + Send>;

/// Finds the keys of a list in the state.
type Keys = Box<dyn Fn(&App) -> Vec<String> + Send>;
/// Finds rows in the state.
type Look = Arc<dyn Fn(&App) -> &[Cut] + Send + Sync>;
/// Makes the row of a key.
type Row = Arc<dyn Fn(String) -> AnyView + Send + Sync>;

/// A text read from the state.
pub(super) fn text(look: impl Fn(&App) -> String + Send + 'static) -> LiveText {
    fn live(look: Box<dyn Fn(&App) -> String + Send>) -> LiveText {
        Box::new(move || read(&look))
    }
    live(Box::new(look))
}

/// A yes or no read from the state.
pub(super) fn flag(look: impl Fn(&App) -> bool + Send + 'static) -> LiveFlag {
    fn live(look: Box<dyn Fn(&App) -> bool + Send>) -> LiveFlag {
        Box::new(move || read(&look))
    }
    live(Box::new(look))
}

/// One row for each key, in order. A row stays the same element as long as its key is there, so focus stays too.
pub(super) fn rows(
    keys: impl Fn(&App) -> Vec<String> + Send + 'static,
    row: impl Fn(String) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    live_rows(Box::new(keys), Arc::new(row))
}

fn live_rows(keys: Keys, row: Row) -> AnyView {
    let keys = move || read(&keys);
    view! { <For each=keys key=String::clone children=move |key| row(key) /> }.into_any()
}

/// Discounts by title, each with the amount that it takes off.
pub(super) fn cuts(look: impl Fn(&App) -> &[Cut] + Send + Sync + 'static) -> AnyView {
    live_cuts(Arc::new(look))
}

fn live_cuts(look: Look) -> AnyView {
    let keys = Arc::clone(&look);
    let row = move |id: String| {
        let tell = |tell: fn(&Cut) -> String| {
            let (id, look) = (id.clone(), Arc::clone(&look));
            text(move |app| look(app).iter().find(|row| row.id == id).map(tell).unwrap_or_default())
        };
        let (title, amount) = (tell(|row| row.title.clone()), tell(|row| crate::text::off(&row.amount)));
        view! {
            <li class="pair cut" part="discount">
                <span>{title}</span>
                <span class="figure">{amount}</span>
            </li>
        }
        .into_any()
    };
    let rows = rows(move |app| keys(app).iter().map(|row| row.id.clone()).collect(), row);
    view! { <ul class="cuts" role="list">{rows}</ul> }.into_any()
}
