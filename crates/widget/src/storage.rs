//! Keeping the cart between pages and tabs.

use web_sys::Storage;
use wire::Json;

/// What is kept of a cart: what was chosen, and the answers about its codes, so that the next page needs not ask again.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The cart, as [`crate::cart::CartState::kept_json`] writes it.
    pub cart: Json,
    /// What `/v1/coupons/check` answered for each attached code.
    pub coupons: Vec<Json>,
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
        let mut kept = Json::parse(text).unwrap_or_default();
        let coupons = match kept.take("coupons") {
            Some(Json::List(coupons)) => coupons,
            _ => Vec::new(),
        };
        Self { cart: kept.take("cart").unwrap_or_default(), coupons }
    }

    /// Keeps it under `key`. A browser may refuse (private windows, blocked storage): the cart then lives in this page.
    pub fn save(self, key: &str) {
        let kept = Json::object(&mut [("cart", self.cart), ("coupons", Json::List(self.coupons))]);
        if let Some(storage) = storage() {
            let _ = storage.set_item(key, &kept.text());
        }
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
