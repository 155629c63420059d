//! Putting a view into a custom element, and taking it out.

use std::cell::RefCell;

use leptos::reactive::owner::Owner;
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use super::{
    cart, confirmation, coupon, message,
    piece::{Piece, piece},
    price, shipping, totals,
};
use crate::text;

thread_local! {
    static MOUNTED: RefCell<Vec<(u32, Owner, Piece)>> = const { RefCell::new(Vec::new()) };
    /// One sheet for all elements, constructed: a page's policy against inline styles holds.
    static SHEET: Option<CssStyleSheet> = CssStyleSheet::new().ok();
}

/// Has every element look like this.
pub fn dress(styles: &str) {
    SHEET.with(|sheet| sheet.as_ref().map(|sheet| sheet.replace_sync(styles)));
}

/// Puts its view into a custom element; the number that comes back takes it out again.
pub fn mount(host: &HtmlElement) -> u32 {
    let Some(root) = root_of(host) else { return 0 };
    let owner = Owner::new();
    let view = owner.with(|| view(host));
    root.replace_children_with_node_1(view.element());
    MOUNTED.with_borrow_mut(|mounted| {
        let number = mounted.last().map_or(1, |(last, ..)| last.saturating_add(1));
        mounted.push((number, owner, view));
        number
    })
}

/// Takes the view of this number out of its element; nothing in it follows the state any more.
pub fn unmount(number: u32) {
    let mounted = MOUNTED.with_borrow_mut(|mounted| {
        let at = mounted.iter().position(|(known, ..)| *known == number)?;
        Some(mounted.remove(at))
    });
    if let Some((_, owner, view)) = mounted {
        owner.cleanup();
        view.element().remove();
    }
}

/// Lets every view go.
pub fn unmount_all() {
    for (_, owner) in MOUNTED.take() {
        owner.cleanup();
    }
}

fn view(host: &HtmlElement) -> Piece {
    let mut place = piece("div");
    if text::is_foreign() {
        place = place.attribute("lang", "en").attribute("dir", "ltr");
    }
    match host.local_name().as_str() {
        "farthing-cart" => cart::view(place, host.clone()),
        "farthing-confirmation" => confirmation::view(place),
        "farthing-coupon" => coupon::view(place),
        "farthing-price" => price::view(place, host.get_attribute("sku").unwrap_or_default()),
        "farthing-shipping" => shipping::alone(place),
        "farthing-totals" => totals::alone(place),
        _ => message::view(place, host),
    }
}

/// The element's own children, which stood in for it until now, are not shown any more, but for those with a slot of
/// their own.
fn root_of(host: &Element) -> Option<ShadowRoot> {
    let root =
        host.shadow_root().or_else(|| host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).ok())?;
    adopt(&root);
    Some(root)
}

fn adopt(root: &ShadowRoot) {
    SHEET.with(|sheet| {
        let sheets = js_sys::Array::of1(sheet.as_ref().map_or(&JsValue::UNDEFINED, AsRef::as_ref));
        // The property is too new for the bindings.
        let _ = js_sys::Reflect::set(root, &"adoptedStyleSheets".into(), &sheets);
    });
}
