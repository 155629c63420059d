//! Lists that follow the state.

use std::sync::Arc;

use leptos::reactive::owner::Owner;
use web_sys::Element;

use super::{
    follow::follow,
    piece::{Piece, piece},
};
use crate::{
    app::{App, read},
    shown::Row as Cut,
};

/// Finds the keys of a list in the state.
type Keys = Box<dyn Fn(&App) -> Vec<String> + Send>;
/// Makes the row of a key.
type Make = Box<dyn Fn(&str) -> Piece + Send>;
/// Finds rows in the state.
type Look = Arc<dyn Fn(&App) -> &[Cut] + Send + Sync>;

/// A row, and what runs again for it.
struct Row {
    key: String,
    element: Element,
    owner: Owner,
}

/// One row for each key, in order, behind what the list holds already. A row stays the same element as long as its key is
/// there, so focus stays too.
pub(super) fn rows(
    list: Piece,
    keys: impl Fn(&App) -> Vec<String> + Send + 'static,
    row: impl Fn(&str) -> Piece + Send + 'static,
) -> Piece {
    live_rows(list, Box::new(keys), Box::new(row))
}

fn live_rows(list: Piece, keys: Keys, make: Make) -> Piece {
    let element = list.element().clone();
    let before = element.last_element_child();
    // The rows outlive the run that made them, so they are not owned by it.
    let parent = Owner::current().unwrap_or_default();
    let mut rows: Vec<Row> = Vec::new();
    // A parent remembers all owners that it ever had, so those of rows that went own the rows that come.
    let mut spare: Vec<Owner> = Vec::new();
    follow(move || {
        let keys = read(&keys);
        if keys.iter().eq(rows.iter().map(|row| &row.key)) {
            return;
        }
        rows.retain(|row| {
            let stays = keys.contains(&row.key);
            if !stays {
                row.owner.cleanup();
                row.element.remove();
                spare.push(row.owner.clone());
            }
            stays
        });
        let mut last = before.clone();
        for (at, key) in keys.into_iter().enumerate() {
            let known = rows.iter().position(|row| row.key == key);
            let row = match known {
                Some(known) => rows.remove(known),
                None => Row::new(key, spare.pop().unwrap_or_else(|| parent.with(Owner::new)), &make),
            };
            row.put_behind(last.as_ref(), &element);
            last = Some(row.element.clone());
            rows.insert(at, row);
        }
    });
    list
}

impl Row {
    fn new(key: String, owner: Owner, make: &Make) -> Self {
        let element = owner.with(|| make(&key)).element().clone();
        Self { key, element, owner }
    }

    /// Where it stands there already it is not touched: what is moved loses its focus.
    fn put_behind(&self, last: Option<&Element>, list: &Element) {
        let next = match last {
            Some(last) => last.next_element_sibling(),
            None => list.first_element_child(),
        };
        if next.as_ref() != Some(&self.element) {
            let _ = list.insert_before(&self.element, next.as_deref());
        }
    }
}

/// Discounts by title, each with the amount that it takes off.
pub(super) fn cuts(look: impl Fn(&App) -> &[Cut] + Send + Sync + 'static) -> Piece {
    live_cuts(Arc::new(look))
}

fn live_cuts(look: Look) -> Piece {
    let keys = Arc::clone(&look);
    let keys = move |app: &App| keys(app).iter().map(|cut| cut.id.clone()).collect();
    rows(piece("ul class=cuts role=list"), keys, move |id| {
        let tell = |tell: fn(&Cut) -> String| {
            let (id, look) = (id.to_owned(), Arc::clone(&look));
            move |app: &App| look(app).iter().find(|cut| cut.id == id).map(tell).unwrap_or_default()
        };
        piece("li part=discount")
            .attribute("class", "pair cut")
            .hold(piece("span").text(tell(|cut| cut.title.clone())))
            .hold(piece("span class=figure").text(tell(|cut| crate::text::off(&cut.amount))))
    })
}
