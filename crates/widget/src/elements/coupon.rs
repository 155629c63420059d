//! The coupon field and the attached codes.

use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use super::{
    piece::{Piece, piece},
    rows::rows,
};
use crate::{
    app::{App, apply_coupon, read, remove_coupon},
    shown::Code,
    text::{self as words, Word},
};

const FIELD: &str = "input id=code part=input type=text name=code autocomplete=off autocapitalize=characters \
                     spellcheck=false enterkeyhint=done maxlength=60 aria-describedby=code-error";

/// The field is a real form, so that Enter works and browsers know it for what it is.
pub(super) fn view(place: Piece) -> Piece {
    let field = piece(FIELD).live("aria-invalid", |app| app.coupon_error.is_some().to_string());
    let apply = piece("button type=submit class=quiet part=apply")
        .live("aria-disabled", |app| app.is_checking_code.to_string())
        .say(words::say(Word::Apply));
    let error = piece("p id=code-error class=error part=error role=alert")
        .text(|app| app.coupon_error.unwrap_or_default().to_owned());
    let form = piece("form class=coupon part=coupon novalidate")
        .on("submit", submit)
        .hold(piece("label for=code").say(words::say(Word::Code)))
        .hold(piece("div class=field").hold(field).hold(apply))
        .hold(error);
    let codes = piece("ul class=codes part=codes role=list").hidden(|app| app.shown.codes.is_empty());
    let attached = |app: &App| app.shown.codes.iter().map(|code| code.code.clone()).collect();
    place.hold(form).hold(rows(codes, attached, row))
}

fn submit(event: Event) {
    event.prevent_default();
    let Some(field) = query(&event, "form", "input") else { return };
    let field: HtmlInputElement = field.unchecked_into();
    if read(|app| app.is_checking_code) {
        return;
    }
    spawn_local(async move {
        match apply_coupon(&field.value()).await {
            Ok(()) => field.set_value(""),
            // The words stand beside the field; it is there again to be corrected.
            Err(_) => field.select(),
        }
        let _ = field.focus();
    });
}

fn row(code: &str) -> Piece {
    let about = |tell: fn(&Code) -> &str| {
        let code = code.to_owned();
        move |app: &App| find(app, &code).map_or("", tell).to_owned()
    };
    let detached = code.to_owned();
    let remove = piece("button type=button part=remove")
        .attribute("aria-label", &words::remove(code))
        .on("click", move |event| {
            // The button that was pressed goes with its code, so focus goes back to the field.
            let field = query(&event, "div", "#code");
            let _ = remove_coupon(&detached);
            if let Some(field) = field {
                let _ = field.focus();
            }
        })
        .say("×");
    piece("li class=code part=code")
        .live("data-state", about(|code| if code.is_applied { "applied" } else { "waiting" }))
        .hold(piece("span class=tag part=tag").say(code).hold(remove))
        .hold(piece("span class=note").text(about(|code| &code.note)))
}

fn find<'a>(app: &'a App, code: &str) -> Option<&'a Code> {
    app.shown.codes.iter().find(|known| known.code == code)
}

/// What `inner` finds in the `outer` that an event was heard in.
fn query(event: &Event, outer: &str, inner: &str) -> Option<HtmlElement> {
    let heard: Element = event.current_target()?.dyn_into().ok()?;
    heard.closest(outer).ok()??.query_selector(inner).ok()??.dyn_into().ok()
}
