//! `<farthing-confirmation>`: a short word after a button of the page has put something in.
//!
//! The widget adds one to the page by itself. A page that confirms in its own way hides it (`display: none`).

use super::piece::{Piece, piece};

pub(super) fn view(place: Piece) -> Piece {
    let bubble = piece("p class=bubble part=message").hidden(|app| app.confirmation.is_none());
    let bubble = bubble.hold(piece("span").text(|app| app.confirmation.clone().unwrap_or_default()));
    // Always there, as a live region must be before its words are.
    place.hold(piece("div class=confirmation role=status").hold(bubble))
}
