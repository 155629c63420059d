//! Pieces of views that follow the state. Each is of one type whatever it shows: the less code, the sooner it is there.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    app::{App, read},
    shown::Row,
};

/// A text that follows the state.
pub(super) type LiveText = Box<dyn FnMut() -> String + Send>;
/// A yes or no that follows the state.
pub(super) type LiveFlag = Box<dyn FnMut() -> bool + Send>;

/// Finds rows in the state.
type Look = Arc<dyn Fn(&App) -> &[Row] + Send + Sync>;

/// A text read from the state.
pub(super) fn text(look: impl Fn(&App) -> String + Send + 'static) -> LiveText {
    Box::new(move || read(&look))
}

/// A yes or no read from the state.
pub(super) fn flag(look: impl Fn(&App) -> bool + Send + 'static) -> LiveFlag {
    Box::new(move || read(&look))
}

/// One row for each key, in order. A row stays the same element as long as its key is there, so focus stays too.
pub(super) fn rows(
    keys: impl Fn(&App) -> Vec<String> + Send + 'static,
    row: impl Fn(String) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let keys: Box<dyn Fn() -> Vec<String> + Send> = Box::new(move || read(&keys));
    let row: Arc<dyn Fn(String) -> AnyView + Send + Sync> = Arc::new(row);
    view! { <For each=keys key=String::clone children=move |key| row(key) /> }.into_any()
}

/// Discounts by title, each with the amount that it takes off.
pub(super) fn cuts(look: impl Fn(&App) -> &[Row] + Send + Sync + 'static) -> AnyView {
    let look: Look = Arc::new(look);
    let keys = Arc::clone(&look);
    let row = move |id: String| {
        let tell = |tell: fn(&Row) -> String| {
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
