//! One line of the cart.

use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlInputElement};

use super::{
    cart::Pictures,
    live::{LiveText, cuts, flag, text},
    message,
};
use crate::{
    app::{App, read, update},
    shown::Line,
    text::{self as words, Word},
};

/// The row of a SKU.
pub(super) fn row(sku: String) -> AnyView {
    let title = read(|app| app.shown.line(&sku).map(|line| line.title.clone()).unwrap_or_default());
    let picture = use_context::<Pictures>().and_then(|pictures| pictures.of(&sku));
    let about = |tell: fn(&Line) -> &str| {
        let sku = sku.clone();
        text(move |app| of(app, &sku, tell))
    };
    let no_discount = {
        let sku = sku.clone();
        flag(move |app| app.shown.line(&sku).is_none_or(|line| line.before.is_none()))
    };
    let discounts = {
        let sku = sku.clone();
        cuts(move |app| app.shown.line(&sku).map_or(&[], |line| line.discounts.as_slice()))
    };
    let remove = {
        let sku = sku.clone();
        move |event: MouseEvent| {
            let next = neighbour(&event);
            let _ = update(&sku, 0);
            focus_soon(next);
        }
    };
    let unit = {
        let sku = sku.clone();
        text(move |app| app.shown.line(&sku).map(|line| words::each(&line.unit_price)).unwrap_or_default())
    };
    let (stepper, message) = (stepper(sku.clone(), &title), message::beside(sku.clone(), true));
    view! {
        <li class="line" part="row" data-sku=sku>
            {picture.map(|address| view! { <img class="picture" part="image" src=address alt="" loading="lazy" /> })}
            <div class="what">
                <span class="name" part="name">{title.clone()}</span>
                <span class="sum">
                    <s class="was" part="was" hidden=no_discount>
                        <span class="hush">{words::before(Word::Was)}</span>
                        {about(|line| line.before.as_deref().unwrap_or_default())}
                    </s>
                    <span class="now" part="amount">{about(|line| &line.total)}</span>
                </span>
                <span class="unit">{unit}</span>
                {discounts}
                {message}
                <div class="tools">
                    {stepper}
                    <button type="button" class="link remove" part="remove" on:click=remove aria-label=words::remove(&title)>
                        {words::say(Word::Remove)}
                    </button>
                </div>
            </div>
        </li>
    }
    .into_any()
}

fn of(app: &App, sku: &str, tell: fn(&Line) -> &str) -> String {
    app.shown.line(sku).map_or("", |line| tell(line)).to_owned()
}

fn quantity(app: &App, sku: &str) -> u32 {
    app.shown.line(sku).map_or(0, |line| line.quantity)
}

fn stepper(sku: String, title: &str) -> AnyView {
    let value: LiveText = {
        let sku = sku.clone();
        text(move |app| quantity(app, &sku).to_string())
    };
    let at_least = {
        let sku = sku.clone();
        text(move |app| (quantity(app, &sku) <= 1).to_string())
    };
    let typed = {
        let sku = sku.clone();
        move |event: web_sys::Event| {
            // While it is being typed a field may hold no number yet; the cart waits for one.
            let quantity = input_of(&event).and_then(|input| input.value().parse().ok()).unwrap_or(0);
            if quantity > 0 {
                let _ = update(&sku, quantity);
            }
        }
    };
    let left = {
        let sku = sku.clone();
        move |event: web_sys::Event| {
            if let Some(input) = input_of(&event) {
                input.set_value(&read(|app| quantity(app, &sku)).to_string());
            }
        }
    };
    let step = |by: i64| {
        let sku = sku.clone();
        move |_: MouseEvent| {
            let next = i64::from(read(|app| quantity(app, &sku))).saturating_add(by);
            if let Some(next) = u64::try_from(next).ok().filter(|next| *next > 0) {
                let _ = update(&sku, next);
            }
        }
    };
    let [less, more] = [step(-1), step(1)];
    view! {
        <div class="stepper" part="stepper" role="group" aria-label=words::quantity_of(title)>
            <button type="button" part="step" aria-label=words::say(Word::Less) aria-disabled=at_least on:click=less>"−"</button>
            <input
                type="number"
                part="input"
                inputmode="numeric"
                min="1"
                max="99999"
                aria-label=words::quantity_of(title)
                prop:value=value
                on:input=typed
                on:change=left
            />
            <button type="button" part="step" aria-label=words::say(Word::More) on:click=more>"+"</button>
        </div>
    }
    .into_any()
}

fn input_of(event: &web_sys::Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// Where focus goes when a row is gone: the remove button of the next row, or of the one before, or the heading.
fn neighbour(event: &MouseEvent) -> Option<HtmlElement> {
    let button: web_sys::Element = event.current_target()?.dyn_into().ok()?;
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
