//! The coupon field and the attached codes.

use leptos::{ev::SubmitEvent, prelude::*};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, HtmlInputElement};

use super::live::{flag, rows, text};
use crate::{
    app::{App, apply_coupon, read, remove_coupon},
    shown::Code,
    text::{self as words, Word},
};

/// The field is a real form, so that Enter works and browsers know it for what it is.
pub(super) fn view() -> AnyView {
    view! {
        <form class="coupon" part="coupon" novalidate on:submit=submit>
            <label for="code">{words::say(Word::Code)}</label>
            <div class="field">
                <input
                    id="code"
                    part="input"
                    type="text"
                    name="code"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    enterkeyhint="done"
                    maxlength="60"
                    aria-describedby="code-error"
                    aria-invalid=text(|app| app.coupon_error.is_some().to_string())
                />
                <button
                    type="submit"
                    class="quiet"
                    part="apply"
                    aria-disabled=text(|app| app.is_checking_code.to_string())
                >
                    {words::say(Word::Apply)}
                </button>
            </div>
            <p id="code-error" class="error" part="error" role="alert">
                {text(|app| app.coupon_error.unwrap_or_default().to_owned())}
            </p>
        </form>
        <ul class="codes" part="codes" role="list" hidden=flag(|app| app.shown.codes.is_empty())>
            {rows(|app| app.shown.codes.iter().map(|code| code.code.clone()).collect(), row)}
        </ul>
    }
    .into_any()
}

fn submit(event: SubmitEvent) {
    event.prevent_default();
    let form = event.current_target().and_then(|form| form.dyn_into::<HtmlElement>().ok());
    let field = form.and_then(|form| form.query_selector("input").ok()?);
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else { return };
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

fn row(code: String) -> AnyView {
    let note = {
        let code = code.clone();
        text(move |app| find(app, &code).map(|code| code.note.clone()).unwrap_or_default())
    };
    let state = {
        let code = code.clone();
        text(move |app| {
            find(app, &code).map_or("", |code| if code.is_applied { "applied" } else { "waiting" }).to_owned()
        })
    };
    let label = words::remove(&code);
    let shown = code.clone();
    let remove = move |event: leptos::ev::MouseEvent| {
        let _ = remove_coupon(&code);
        focus_field(&event);
    };
    view! {
        <li class="code" part="code" data-state=state>
            <span class="tag" part="tag">
                {shown}
                <button type="button" part="remove" aria-label=label on:click=remove>"×"</button>
            </span>
            <span class="note">{note}</span>
        </li>
    }
    .into_any()
}

fn find<'a>(app: &'a App, code: &str) -> Option<&'a Code> {
    app.shown.codes.iter().find(|known| known.code == code)
}

/// The button that was pressed is gone with its code, so focus goes back to the field.
fn focus_field(event: &leptos::ev::MouseEvent) {
    let button = event.current_target().and_then(|button| button.dyn_into::<web_sys::Element>().ok());
    let field = button.and_then(|button| button.closest("div").ok()??.query_selector("#code").ok()?);
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}
