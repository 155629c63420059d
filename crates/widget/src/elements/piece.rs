//! Elements put together by hand, and what of them follows the state.
//!
//! The reactive graph is Leptos': it runs every text and flag again after a change. The elements are made here rather than
//! by its `view!`, which makes every tree a type of its own and compiles all that is done to a tree once for each: two
//! thirds of what a page loaded were that.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlInputElement, Text};

use super::follow::follow;
use crate::app::{App, read};

#[wasm_bindgen]
extern "C" {
    // With the names used here these can't fail, which the bindings of web-sys would have every caller deal with.
    #[wasm_bindgen(js_namespace = document, js_name = createElement)]
    fn create_element(name: &str) -> Element;
    #[wasm_bindgen(js_namespace = document, js_name = createTextNode)]
    fn create_text(text: &str) -> Text;
    type Parent;
    #[wasm_bindgen(method)]
    fn append(this: &Parent, child: &JsValue);
    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set_attribute(this: &Parent, name: &str, value: &str);
    #[wasm_bindgen(method, js_name = toggleAttribute)]
    fn toggle_attribute(this: &Parent, name: &str, on: bool);
    #[wasm_bindgen(method, js_name = addEventListener)]
    fn add_event_listener(this: &Parent, event: &str, listener: &JsValue);
}

/// What is found in the state.
type Look = Box<dyn Fn(&App) -> String + Send>;

/// An element that is being put together.
#[derive(Clone)]
pub(super) struct Piece(Element);

/// Where something found in the state is shown.
enum Place {
    Text(Text),
    Attribute(Element, &'static str),
    Value(Element),
    /// Checked or not: by any text or none.
    Checked(Element),
    /// Hidden or not, likewise.
    Hidden(Element),
}

/// An element, written as its opening tag without brackets and quotes: `button type=button part=step`.
pub(super) fn piece(tag: &str) -> Piece {
    let mut words = tag.split(' ');
    let piece = Piece(create_element(words.next().unwrap_or_default()));
    for word in words {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        piece.parent().set_attribute(name, value);
    }
    piece
}

impl Piece {
    /// The element itself.
    pub(super) const fn element(&self) -> &Element {
        &self.0
    }

    fn parent(&self) -> &Parent {
        self.0.unchecked_ref()
    }

    /// Sets an attribute whose value has spaces in it, or is not known beforehand.
    pub(super) fn attribute(self, name: &str, value: &str) -> Self {
        self.parent().set_attribute(name, value);
        self
    }

    /// Adds words that stay as they are.
    pub(super) fn say(self, words: &str) -> Self {
        self.parent().append(&create_text(words));
        self
    }

    /// Adds an element.
    pub(super) fn hold(self, child: Self) -> Self {
        self.parent().append(&child.0);
        self
    }

    /// Adds a text that follows the state.
    pub(super) fn text(self, look: impl Fn(&App) -> String + Send + 'static) -> Self {
        let text = create_text("");
        self.parent().append(&text);
        self.show_in(Place::Text(text), Box::new(look))
    }

    /// Sets an attribute that follows the state.
    pub(super) fn live(self, name: &'static str, look: impl Fn(&App) -> String + Send + 'static) -> Self {
        let place = Place::Attribute(self.0.clone(), name);
        self.show_in(place, Box::new(look))
    }

    /// Sets the value of an input, which follows the state.
    pub(super) fn value(self, look: impl Fn(&App) -> String + Send + 'static) -> Self {
        let place = Place::Value(self.0.clone());
        self.show_in(place, Box::new(look))
    }

    /// Checks a radio button or not, as the state says.
    pub(super) fn checked(self, look: impl Fn(&App) -> bool + Send + 'static) -> Self {
        let place = Place::Checked(self.0.clone());
        self.show_in(place, Box::new(move |app| flag(look(app))))
    }

    /// Hides it for as long as the state says so.
    pub(super) fn hidden(self, look: impl Fn(&App) -> bool + Send + 'static) -> Self {
        let place = Place::Hidden(self.0.clone());
        self.show_in(place, Box::new(move |app| flag(look(app))))
    }

    fn show_in(self, place: Place, look: Look) -> Self {
        let mut last = None;
        follow(move || {
            let now = Some(read(&look));
            // What is put in again is announced again.
            if last != now {
                place.show(now.as_deref().unwrap_or_default());
                last = now;
            }
        });
        self
    }

    /// Hears an event.
    pub(super) fn on(self, event: &str, listener: impl FnMut(Event) + 'static) -> Self {
        self.hear(event, Box::new(listener))
    }

    fn hear(self, event: &str, listener: Box<dyn FnMut(Event)>) -> Self {
        self.parent().add_event_listener(event, &Closure::wrap(listener).into_js_value());
        self
    }
}

impl Place {
    fn show(&self, text: &str) {
        match self {
            Self::Text(node) => node.set_data(text),
            Self::Attribute(element, name) => element.unchecked_ref::<Parent>().set_attribute(name, text),
            Self::Value(input) => input.unchecked_ref::<HtmlInputElement>().set_value(text),
            Self::Checked(input) => input.unchecked_ref::<HtmlInputElement>().set_checked(!text.is_empty()),
            Self::Hidden(element) => {
                element.unchecked_ref::<Parent>().toggle_attribute("hidden", !text.is_empty());
            }
        }
    }
}

fn flag(is_so: bool) -> String {
    if is_so { "1" } else { "" }.to_owned()
}
