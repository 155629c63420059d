//! Putting a view into a custom element, and taking it out.

use std::cell::RefCell;

use leptos::{mount::UnmountHandle, prelude::*, tachys::view::any_view::AnyViewState};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CssStyleSheet, Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use super::{cart, confirmation, coupon, message, price, shipping, totals};
use crate::text;

const STYLES: &str = include_str!(concat!(env!("OUT_DIR"), "/widget.css"));

thread_local! {
    static MOUNTED: RefCell<Vec<(u32, UnmountHandle<AnyViewState>)>> = const { RefCell::new(Vec::new()) };
    /// One sheet for all elements, constructed: a page's policy against inline styles holds.
    static SHEET: Option<CssStyleSheet> = CssStyleSheet::new().ok().filter(|sheet| sheet.replace_sync(STYLES).is_ok());
}

/// Puts its view into a custom element; the number that comes back takes it out again.
pub fn mount(host: &HtmlElement) -> u32 {
    let element = host.clone();
    let handle = match host.local_name().as_str() {
        "farthing-cart" => mount_in(host, move || cart::view(element)),
        "farthing-confirmation" => mount_in(host, confirmation::view),
        "farthing-coupon" => mount_in(host, coupon::view),
        "farthing-shipping" => mount_in(host, shipping::alone),
        "farthing-totals" => mount_in(host, totals::alone),
        "farthing-price" => mount_in(host, move || price::view(&element)),
        _ => mount_in(host, move || message::view(&element)),
    };
    let Some(handle) = handle else { return 0 };
    MOUNTED.with_borrow_mut(|mounted| {
        let number = mounted.last().map_or(1, |(last, _)| last.saturating_add(1));
        mounted.push((number, handle));
        number
    })
}

/// Takes every view out of its element.
pub fn unmount_all() {
    drop(MOUNTED.take());
}

/// Takes the view of this number out of its element.
pub fn unmount(number: u32) {
    let handle = MOUNTED.with_borrow_mut(|mounted| {
        let at = mounted.iter().position(|(known, _)| *known == number)?;
        Some(mounted.remove(at))
    });
    drop(handle);
}

/// A view can't be put right under a shadow root, so it stands in a `div` there. The element's own children, which
/// stood in for it until now, are not shown any more, but for those with a slot of their own.
fn mount_in(host: &Element, view: impl FnOnce() -> AnyView + 'static) -> Option<UnmountHandle<AnyViewState>> {
    let root =
        host.shadow_root().or_else(|| host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).ok())?;
    adopt(&root);
    let place = host.owner_document()?.create_element("div").ok()?;
    if text::is_foreign() {
        let _ = place.set_attribute("lang", "en").and_then(|()| place.set_attribute("dir", "ltr"));
    }
    root.replace_children_with_node_1(&place);
    Some(leptos::mount::mount_to(place.unchecked_into(), view))
}

fn adopt(root: &ShadowRoot) {
    SHEET.with(|sheet| {
        let sheets = js_sys::Array::of1(sheet.as_ref().map_or(&JsValue::UNDEFINED, AsRef::as_ref));
        // The property is too new for the bindings.
        let _ = js_sys::Reflect::set(root, &"adoptedStyleSheets".into(), &sheets);
    });
}
