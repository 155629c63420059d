//! `<farthing-cart checkout-url image-url>`: the lines, the codes, the totals, and the way to the checkout.

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::{
    changed, coupon, line,
    live::{flag, rows, text},
    nudges, shipping, totals,
};
use crate::{
    app::{App, read},
    text::{self as words, Word},
};

pub(super) fn view(host: HtmlElement) -> AnyView {
    let pictures = host.get_attribute("image-url").unwrap_or_default();
    let pictures = StoredValue::new(pictures);
    provide_context(Pictures(pictures));
    view! {
        <section class="cart" part="cart" aria-label=words::say(Word::Cart)>
            <div class="head" part="heading" tabindex="-1">
                <slot name="heading"></slot>
                <span class="count" hidden=flag(is_empty)>{text(|app| words::items(app.shown.count))}</span>
            </div>
            <div class="empty" part="empty" hidden=flag(|app| !is_empty(app))>
                <slot name="empty">
                    <p>{words::say(Word::Empty)}</p>
                </slot>
            </div>
            <div class="body" hidden=flag(is_empty)>
                <ul class="lines" part="lines" role="list">{rows(skus, line::row)}</ul>
                <div class="sums">
                    {nudges::view()} {coupon::view()} {totals::rows_view(shipping::view())}
                </div>
                <div class="pay" part="total">
                    {totals::total()} {totals::estimate()} {changed::view(host.clone())} {totals::way_on(host)}
                </div>
            </div>
            {spoken_total()}
        </section>
    }
    .into_any()
}

/// Where pictures of products are: an address with `{sku}` in it, or nothing.
#[derive(Clone, Copy)]
pub(super) struct Pictures(StoredValue<String>);

impl Pictures {
    /// The address of a product's picture.
    pub(super) fn of(self, sku: &str) -> Option<String> {
        let pattern = self.0.get_value();
        let sku: String = js_sys::encode_uri_component(sku).into();
        (!pattern.is_empty()).then(|| pattern.replace("{sku}", &sku))
    }
}

fn is_empty(app: &App) -> bool {
    app.shown.lines.is_empty()
}

fn skus(app: &App) -> Vec<String> {
    app.shown.lines.iter().map(|line| line.sku.clone()).collect()
}

/// The cart's one live region. It waits until the totals stand still, so that each is said once.
fn spoken_total() -> AnyView {
    let spoken = RwSignal::new(String::new());
    let last = StoredValue::new(None::<(String, TimeoutHandle)>);
    Effect::new(move |_| {
        let now = read(|app| {
            if is_empty(app) {
                words::say(Word::Empty).to_owned()
            } else {
                words::spoken_total(&app.shown.total, app.shown.saving.as_deref())
            }
        });
        let pending = last.get_value();
        match pending {
            Some((text, _)) if text == now => return,
            Some((_, timer)) => timer.clear(),
            None => {}
        }
        let is_first = last.with_value(Option::is_none);
        let text = now.clone();
        let say = move || {
            if !is_first {
                spoken.set(text);
            }
        };
        if let Ok(timer) = set_timeout_with_handle(say, std::time::Duration::from_millis(700)) {
            last.set_value(Some((now, timer)));
        }
    });
    view! { <p class="hush" role="status" aria-live="polite">{move || spoken.get()}</p> }.into_any()
}
