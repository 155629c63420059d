//! One line of the cart.

use js_sys::JsString;
use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use super::{
    follow::narrow,
    message,
    piece::{Piece, piece},
    rows::cuts,
};
use crate::{
    app::{App, read, update},
    shown::Line,
    text::{self as words, Word},
};

/// The row of a SKU, in the cart of this host.
pub(super) fn row(sku: &str, host: &HtmlElement) -> Piece {
    let own = sku.to_owned();
    let part = move |app: &App| (app.shown.line(&own).cloned(), app.shown.messages.get(&own).cloned());
    narrow(part, || whole_row(sku, host))
}

fn whole_row(sku: &str, host: &HtmlElement) -> Piece {
    let title = read(|app| of(app, sku, |line| &line.title));
    let about = |tell: fn(&Line) -> &str| {
        let sku = sku.to_owned();
        move |app: &App| of(app, &sku, tell)
    };
    let was = {
        let sku = sku.to_owned();
        let is_full_price = move |app: &App| app.shown.line(&sku).is_none_or(|line| line.before.is_none());
        piece("s class=was part=was").hidden(is_full_price)
    };
    let discounts = {
        let sku = sku.to_owned();
        cuts(move |app| app.shown.line(&sku).map_or(&[], |line| line.discounts.as_slice()))
    };
    let (note, has_note) = (about(|line| &line.note), about(|line| &line.note));
    let note = piece("span class=message part=note data-state=beaten")
        .hidden(move |app| has_note(app).is_empty())
        .text(note);
    let unit = about(|line| &line.unit_price);
    let removed = sku.to_owned();
    let remove = piece("button type=button part=remove")
        .attribute("class", "link remove")
        .attribute("aria-label", &words::remove(&title))
        .on("click", move |event| {
            let next = neighbour(&event);
            let _ = update(&removed, 0);
            focus_soon(next);
        })
        .say(words::say(Word::Remove));
    let was = was
        .hold(piece("span class=hush").say(&words::before(Word::Was)))
        .text(about(|line| line.before.as_deref().unwrap_or_default()));
    let sum = piece("span class=sum")
        .hold(was)
        .hold(piece("span class=now part=amount").text(about(|line| &line.total)));
    let what = piece("div class=what")
        .hold(name(sku, host).say(&title))
        .hold(sum)
        .hold(piece("span class=unit").text(move |app| words::each(&unit(app))))
        .hold(discounts)
        .hold(note)
        .hold(message::beside(sku, true))
        .hold(piece("div class=tools").hold(stepper(sku, &title)).hold(remove));
    let line = piece("li class=line part=row").attribute("data-sku", sku);
    let line = match address(host, "image-url", sku) {
        Some(picture) => {
            line.hold(piece("img class=picture part=image alt loading=lazy").attribute("src", &picture))
        }
        None => line,
    };
    line.hold(what)
}

/// What holds the title: a link, where the page says where its products are.
fn name(sku: &str, host: &HtmlElement) -> Piece {
    match address(host, "product-url", sku) {
        Some(page) => piece("a class=name part=name").attribute("href", &page),
        None => piece("span class=name part=name"),
    }
}

/// An address that the page gives with `{sku}` in it.
fn address(host: &HtmlElement, attribute: &str, sku: &str) -> Option<String> {
    let address = host.get_attribute(attribute).filter(|address| !address.is_empty())?;
    let sku: String = js_sys::encode_uri_component(sku).into();
    Some(JsString::from(address).replace("{sku}", &sku).into())
}

fn of(app: &App, sku: &str, tell: fn(&Line) -> &str) -> String {
    app.shown.line(sku).map_or("", |line| tell(line)).to_owned()
}

fn quantity(app: &App, sku: &str) -> u32 {
    app.shown.line(sku).map_or(0, |line| line.quantity)
}

fn stepper(sku: &str, title: &str) -> Piece {
    let name = words::quantity_of(title);
    let [shown, counted, typed, left] = [(); 4].map(|()| sku.to_owned());
    let field = piece("input type=number part=input inputmode=numeric min=1 max=99999")
        .attribute("aria-label", &name)
        .value(move |app| quantity(app, &shown).to_string())
        .on("input", move |event| {
            // While it is being typed a field may hold no number yet; the cart waits for one.
            let quantity = input_of(&event).and_then(|input| input.value().parse().ok()).unwrap_or(0);
            if quantity > 0 {
                let _ = update(&typed, quantity);
            }
        })
        .on("change", move |event| {
            if let Some(input) = input_of(&event) {
                input.set_value(&read(|app| quantity(app, &left)).to_string());
            }
        });
    let less = step(sku, words::say(Word::Less), -1).say("−");
    piece("div class=stepper part=stepper role=group")
        .attribute("aria-label", &name)
        .hold(less.live("aria-disabled", move |app| (quantity(app, &counted) <= 1).to_string()))
        .hold(field)
        .hold(step(sku, words::say(Word::More), 1).say("+"))
}

fn step(sku: &str, name: &str, by: i32) -> Piece {
    let sku = sku.to_owned();
    piece("button type=button part=step").attribute("aria-label", name).on("click", move |_| {
        let next = read(|app| quantity(app, &sku)).saturating_add_signed(by);
        if next > 0 {
            let _ = update(&sku, next.into());
        }
    })
}

fn input_of(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// Where focus goes when a row is gone: the remove button of the next row, or of the one before, or the heading.
fn neighbour(event: &Event) -> Option<HtmlElement> {
    let button: Element = event.current_target()?.dyn_into().ok()?;
    let row = button.closest("li").ok()??;
    let beside = row.next_element_sibling().or_else(|| row.previous_element_sibling());
    let found = match beside {
        Some(beside) => beside.query_selector(".remove").ok()?,
        None => row.closest(".cart").ok()??.query_selector(".head").ok()?,
    };
    found?.dyn_into().ok()
}

/// Moves focus once the view has caught up.
fn focus_soon(element: Option<HtmlElement>) {
    if let Some(element) = element {
        request_animation_frame(move || {
            let _ = element.focus();
        });
    }
}
