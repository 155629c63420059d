//! What can be asked.

use wire::Json;

use crate::{
    ClientError,
    fetch::{Question, send},
};

/// Whether an answer that the browser kept a while ago will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It will, for as long as the edge allows.
    Kept,
    /// It must be checked with the edge.
    Checked,
    /// However old it is.
    Old,
}

/// A store at an edge, by its public site key.
#[derive(Clone, Debug)]
pub struct Client {
    origin: String,
    /// `?key=…`, encoded.
    query: String,
    /// Who is shopping, as the shop has signed it.
    customer: Option<String>,
}

impl Client {
    /// The most SKUs one question about products may name.
    pub const MAXIMUM_SKUS: usize = 100;

    /// A client of the edge at `origin` (`https://shop-pricing.example`, no trailing slash).
    #[must_use]
    pub fn new(origin: &str, site_key: &str) -> Self {
        Self { origin: origin.to_owned(), query: ["?key=", &encode(site_key)].concat(), customer: None }
    }

    /// The same client, asking from now on for the customer of this token; for a guest where there is none.
    #[must_use]
    pub fn of(self, customer: Option<String>) -> Self {
        Self { customer, ..self }
    }

    /// Asks for the rules this visitor may see, and what of a customer they depend on: [`wire::compact::published`].
    ///
    /// # Errors
    /// No reply, or a refusal.
    pub fn snapshot(
        &self,
        freshness: Freshness,
    ) -> impl Future<Output = Result<String, ClientError>> + use<> {
        send(&self.compact_url("/v1/snapshot"), &Question::Get(freshness, self.customer.as_deref()))
    }

    /// Asks for the facts about up to [`Client::MAXIMUM_SKUS`] products: [`wire::compact::products`].
    ///
    /// # Errors
    /// No reply, or a refusal.
    pub fn products(
        &self,
        skus: &[String],
        freshness: Freshness,
    ) -> impl Future<Output = Result<String, ClientError>> + use<> {
        let mut url = self.compact_url("/v1/products");
        for sku in skus {
            url.push_str("&sku=");
            url.push_str(&encode(sku));
        }
        send(&url, &Question::Get(freshness, None))
    }

    /// Asks for the price that will be charged. `cart` is contract v1's `{ lines, codes, shippingService }`.
    ///
    /// # Errors
    /// No reply, or a refusal.
    pub fn quote(&self, cart: Json) -> impl Future<Output = Result<Json, ClientError>> + use<> {
        self.post("/v1/quotes", cart)
    }

    /// Asks for the rule behind a code: `{ snapshotVersion, compact, promotionSets }` and more.
    ///
    /// # Errors
    /// No reply, or a refusal, `unknownCode` among them.
    pub fn check_coupon(&self, code: &str) -> impl Future<Output = Result<Json, ClientError>> + use<> {
        self.post("/v1/coupons/check", Json::object(&mut [("code", code.into())]))
    }

    fn post(&self, path: &str, mut body: Json) -> impl Future<Output = Result<Json, ClientError>> + use<> {
        if let Some(customer) = &self.customer {
            body.put("customerToken", customer.as_str().into());
        }
        let reply = send(&self.url(path), &Question::Post(&body));
        async move { Json::parse(&reply.await?).ok_or(ClientError::Unreadable) }
    }

    fn compact_url(&self, path: &str) -> String {
        [&self.url(path), "&form=compact"].concat()
    }

    fn url(&self, path: &str) -> String {
        [self.origin.as_str(), path, &self.query].concat()
    }
}

fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
