//! What one step more would save.

use super::{
    piece::{Piece, piece},
    rows::rows,
};
use crate::app::App;

pub(super) fn view() -> Piece {
    let ids = |app: &App| app.shown.nudges.iter().map(|nudge| nudge.id.clone()).collect();
    let list = piece("ul class=nudges part=nudges role=list").hidden(|app| app.shown.nudges.is_empty());
    rows(list, ids, |id| {
        let id = id.to_owned();
        piece("li class=nudge part=nudge").text(move |app| {
            app.shown
                .nudges
                .iter()
                .find(|nudge| nudge.id == id)
                .map(|nudge| nudge.title.clone())
                .unwrap_or_default()
        })
    })
}
