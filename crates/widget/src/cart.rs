//! What the shopper has chosen: plain data, without a price in it.

use pricing::model::{Cart, CartLine, CouponCode, Grant, Id, Quantity};
use wire::Json;

/// What the shopper has chosen. One line a SKU, in the order of adding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CartState {
    lines: Vec<(Id, Quantity)>,
    codes: Vec<CouponCode>,
    shipping_service: Option<Id>,
    /// The upgrade offers to be redeemed, as `/v1/offers/session` tells them.
    offers: Vec<Json>,
}

/// Why a cart does not take something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CartStateError {
    /// Not a whole number from 1 to [`Quantity::MAXIMUM`], or a line would hold more than that.
    QuantityOutOfRange,
    /// More than [`Cart::MAXIMUM_LINES`] lines.
    TooManyLines,
    /// More than [`Cart::MAXIMUM_CODES`] codes.
    TooManyCodes,
    /// Not spelt like a code.
    InvalidCode,
    /// The code is attached already.
    RepeatedCode,
    /// Nothing is sold under this SKU.
    UnknownSku,
    /// Not an offer that can be redeemed.
    NoOffer,
}

impl CartStateError {
    /// The stable name of what went wrong.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::QuantityOutOfRange => "quantityOutOfRange",
            Self::TooManyLines => "tooManyLines",
            Self::TooManyCodes => "tooManyCodes",
            Self::InvalidCode => "unknownCode",
            Self::RepeatedCode => "repeatedCode",
            Self::UnknownSku => "unknownSku",
            Self::NoOffer => "offerNotOpen",
        }
    }

    /// A sentence about it.
    #[must_use]
    pub const fn detail(self) -> &'static str {
        match self {
            Self::QuantityOutOfRange => "a quantity is a whole number from 1 to 99999",
            Self::TooManyLines => "a cart holds at most 500 lines",
            Self::TooManyCodes => "a cart takes at most 10 codes",
            Self::InvalidCode => "a code is 3 to 40 letters, digits, `_` or `-`",
            Self::RepeatedCode => "the code is attached already",
            Self::UnknownSku => "nothing is sold under this SKU",
            Self::NoOffer => "this is not an offer that can be redeemed",
        }
    }
}

impl CartState {
    /// How many of a product are in it.
    #[must_use]
    pub fn quantity(&self, sku: &str) -> u32 {
        self.lines.iter().find(|(id, _)| id.as_str() == sku).map_or(0, |(_, quantity)| quantity.get())
    }

    /// How many items are in it, all lines together.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.lines.iter().map(|(_, quantity)| u64::from(quantity.get())).sum()
    }

    /// SKU and quantity of each line, in order: as events tell them.
    #[must_use]
    pub fn lines_json(&self) -> Json {
        Json::list(&self.lines, |(sku, quantity)| {
            Json::object(&mut [("quantity", u64::from(quantity.get()).into()), ("sku", sku.as_str().into())])
        })
    }

    /// The SKUs in it, in order.
    pub fn skus(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|(sku, _)| sku.as_str())
    }

    /// The attached codes, in order.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(CouponCode::as_str)
    }

    /// The chosen shipping service.
    #[must_use]
    pub fn shipping_service(&self) -> Option<&str> {
        self.shipping_service.as_ref().map(Id::as_str)
    }

    /// Puts so many more of a product in.
    ///
    /// # Errors
    /// The line would hold too many, or there would be too many lines.
    pub fn add(&mut self, sku: &str, quantity: u64) -> Result<(), CartStateError> {
        if quantity == 0 {
            return Err(CartStateError::QuantityOutOfRange);
        }
        self.set_quantity(sku, u64::from(self.quantity(sku)).saturating_add(quantity))
    }

    /// Sets how many of a product are in it; zero takes it out.
    ///
    /// # Errors
    /// Too many items or lines.
    pub fn set_quantity(&mut self, sku: &str, quantity: u64) -> Result<(), CartStateError> {
        if quantity == 0 {
            self.lines.retain(|(id, _)| id.as_str() != sku);
            self.offers.retain(|offer| offer.str_of("sku") != Some(sku));
            return Ok(());
        }
        let quantity = Quantity::new(quantity).map_err(|_| CartStateError::QuantityOutOfRange)?;
        let count = self.lines.len();
        match self.lines.iter_mut().find(|(id, _)| id.as_str() == sku) {
            Some((_, present)) => *present = quantity,
            None if count >= Cart::MAXIMUM_LINES => return Err(CartStateError::TooManyLines),
            None => self.lines.push((Id::new(sku).map_err(|_| CartStateError::UnknownSku)?, quantity)),
        }
        Ok(())
    }

    /// Takes out every product that `is_sold` does not know; tells how many lines that were.
    pub fn retain(&mut self, is_sold: impl Fn(&str) -> bool) -> usize {
        let before = self.lines.len();
        self.lines.retain(|(sku, _)| is_sold(sku.as_str()));
        self.offers.retain(|offer| offer.str_of("sku").is_some_and(&is_sold));
        before.saturating_sub(self.lines.len())
    }

    /// Takes everything out but the shipping choice: codes go with the order they were typed for.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.codes.clear();
        self.offers.clear();
    }

    /// The offers to be redeemed, each as the edge told it.
    #[must_use]
    pub fn offers(&self) -> &[Json] {
        &self.offers
    }

    /// Redeems an offer in place of any other of its kind; its product is put in where there is none.
    ///
    /// # Errors
    /// It is no open offer, or the product does not fit in.
    pub fn redeem(&mut self, offer: &Json) -> Result<(), CartStateError> {
        let (Some(sku), Some(_)) = (offer.str_of("sku"), offer.str_of("grant")) else {
            return Err(CartStateError::NoOffer);
        };
        if self.quantity(sku) == 0 {
            self.add(sku, 1)?;
        }
        self.give_up(offer);
        self.offers.push(offer.clone());
        Ok(())
    }

    /// Gives up redeeming an offer of this kind.
    pub fn give_up(&mut self, kind: &Json) {
        self.offers
            .retain(|offer| !["upgrade", "sku"].iter().all(|key| offer.str_of(key) == kind.str_of(key)));
    }

    /// Gives up all of them.
    pub fn give_up_all(&mut self) {
        self.offers.clear();
    }

    /// Attaches a code as typed, once it is in Unicode form NFKC.
    ///
    /// # Errors
    /// Not spelt like a code, attached already, or one too many.
    pub fn attach(&mut self, typed: &str) -> Result<(), CartStateError> {
        let code = CouponCode::new(typed).map_err(|_| CartStateError::InvalidCode)?;
        if self.codes.contains(&code) {
            return Err(CartStateError::RepeatedCode);
        }
        if self.codes.len() >= Cart::MAXIMUM_CODES {
            return Err(CartStateError::TooManyCodes);
        }
        self.codes.push(code);
        Ok(())
    }

    /// Detaches a code; tells whether it was attached.
    pub fn detach(&mut self, code: &str) -> bool {
        let before = self.codes.len();
        let code = CouponCode::normalise(code);
        self.codes.retain(|attached| attached.as_str() != code);
        self.codes.len() < before
    }

    /// Chooses a shipping service, or none yet.
    pub fn ship_by(&mut self, service: Option<&str>) {
        self.shipping_service = service.and_then(|id| Id::new(id).ok());
    }

    /// As the engine takes it. A line is called by its SKU.
    #[must_use]
    pub fn to_cart(&self) -> Cart {
        let line = |(sku, quantity): &(Id, Quantity)| CartLine {
            id: sku.clone(),
            sku: sku.clone(),
            quantity: *quantity,
        };
        let mut cart = Cart::of_lines(self.lines.iter().map(line).collect());
        cart.codes = self.codes().map(str::to_owned).collect();
        cart.shipping_service = self.shipping_service.clone();
        let id = |offer: &Json, key| Id::new(offer.str_of(key)?).ok();
        cart.grants = self
            .offers
            .iter()
            .filter_map(|offer| {
                Some(Grant { upgrade: id(offer, "upgrade")?, sku: id(offer, "sku")?, order: None })
            })
            .collect();
        cart
    }

    /// As contract v1 writes what a browser may say of a cart, with the tokens of its offers.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut asked = self.plain_json();
        if !self.offers.is_empty() {
            asked.put("grants", Json::list(&self.offers, |offer| offer.str_of("grant").into()));
        }
        asked
    }

    /// How it is kept.
    #[must_use]
    pub fn kept_json(&self) -> Json {
        let mut kept = self.plain_json();
        if !self.offers.is_empty() {
            kept.put("offers", Json::List(self.offers.clone()));
        }
        kept
    }

    fn plain_json(&self) -> Json {
        let lines = Json::list(&self.lines, |(sku, quantity)| {
            let quantity = u64::from(quantity.get());
            let sku = sku.as_str();
            Json::object(&mut [("id", sku.into()), ("quantity", quantity.into()), ("sku", sku.into())])
        });
        Json::object(&mut [
            ("codes", Json::list(&self.codes, |code| code.as_str().into())),
            ("lines", lines),
            ("shippingService", self.shipping_service().into()),
        ])
    }

    /// Reads what [`CartState::kept_json`] wrote. It comes from outside, so whatever is not sound is left out.
    #[must_use]
    pub fn from_json(json: &Json) -> Self {
        let mut cart = Self::default();
        for line in json.items_of("lines") {
            let sku = line.str_of("sku");
            let quantity = line.get("quantity").and_then(Json::as_u64);
            if let (Some(sku), Some(quantity)) = (sku, quantity) {
                let _ = cart.add(sku, quantity);
            }
        }
        for code in json.items_of("codes").iter().filter_map(Json::as_str) {
            let _ = cart.attach(code);
        }
        cart.ship_by(json.str_of("shippingService"));
        for offer in json.items_of("offers") {
            // An offer goes with its product, and does not bring it back.
            if offer.str_of("sku").is_some_and(|sku| cart.quantity(sku) > 0) {
                let _ = cart.redeem(offer);
            }
        }
        cart
    }
}

#[cfg(test)]
mod tests;
