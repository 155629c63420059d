//! Keeping the cart between pages and tabs.

use serde_json::{Map, Value};
use web_sys::Storage;

/// What is kept of a cart: what was chosen, and the answers about its codes, so that the next page needs not ask again.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The cart, as [`crate::cart::CartState::to_json`] writes it.
    pub cart: Value,
    /// What `/v1/coupons/check` answered for each attached code.
    pub coupons: Vec<Value>,
}

impl Kept {
    /// Reads what was kept under `key`; nothing is an empty cart.
    #[must_use]
    pub fn load(key: &str) -> Self {
        storage()
            .and_then(|storage| storage.get_item(key).ok()?)
            .map_or_else(Self::default, |text| Self::parse(&text))
    }

    /// Reads a text that [`Kept::save`] wrote, perhaps in another tab.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let Ok(Value::Object(mut kept)) = serde_json::from_str(text) else { return Self::default() };
        let coupons = match kept.remove("coupons") {
            Some(Value::Array(coupons)) => coupons,
            _ => Vec::new(),
        };
        Self { cart: kept.remove("cart").unwrap_or_default(), coupons }
    }

    /// Keeps it under `key`. A browser may refuse (private windows, blocked storage): the cart then lives in this page.
    pub fn save(self, key: &str) {
        let mut kept = Map::new();
        kept.insert("cart".to_owned(), self.cart);
        kept.insert("coupons".to_owned(), Value::Array(self.coupons));
        if let Some(storage) = storage() {
            let _ = storage.set_item(key, &Value::Object(kept).to_string());
        }
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
