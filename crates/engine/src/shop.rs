//! A store whose rules stay in wasm, so that only the cart crosses for each pricing.

use pricing::{
    engine::{Circumstances, CompactLine, Engine, ProductHandle, Request, Viewpoint, Workspace},
    model::{Customer, Instant, Quantity, Usage},
    money::Amount,
};
use serde::Serialize;
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use wire::{
    Beside, Problem, Quote, advice_text,
    read::{self, QuoteRequest},
};

use crate::nfkc;

/// A store whose rules stay in wasm, so that only a cart crosses for each pricing: as an object for [`Shop::quote`], or as
/// numbers through a buffer both sides share, for [`Shop::price`] and [`Shop::advise`]: a pair of product handle and
/// quantity for each line, written where [`Shop::input`] says.
#[wasm_bindgen]
pub struct Shop {
    engine: Engine,
    workspace: Workspace,
    /// Room for pricing what a nudge proposes.
    trial: Workspace,
    guest: Customer,
    usage: Usage,
    lines: Vec<CompactLine>,
    input: Vec<u32>,
    output: Vec<u32>,
}

#[wasm_bindgen]
impl Shop {
    /// The store of a snapshot of contract v1, given as JSON text.
    ///
    /// # Errors
    /// The problem as JSON text, with every fault of the snapshot.
    #[wasm_bindgen(constructor)]
    pub fn new(snapshot: &str) -> Result<Self, String> {
        let document = wire::document(snapshot).map_err(|problem| text(&problem))?;
        let snapshot = read::read(&document, |node| read::snapshot(node, nfkc))
            .map_err(|faults| text(&Problem::invalid(faults)))?;
        Ok(Self {
            engine: Engine::new(snapshot),
            workspace: Workspace::default(),
            trial: Workspace::default(),
            guest: Customer::default(),
            usage: Usage::default(),
            lines: Vec::new(),
            input: Vec::new(),
            output: Vec::new(),
        })
    }

    /// Adds products, or replaces what was known of their SKUs: a list of contract v1.
    ///
    /// # Errors
    /// The problem, with every fault of the products.
    pub fn learn(&mut self, products: JsValue) -> Result<(), JsValue> {
        let document = document(products)?;
        let currency = self.engine.store().currency;
        let products = read::read(&document, |node| node.list(|node| read::product(node, currency)))
            .map_err(|faults| value(&Problem::invalid(faults)))?;
        self.engine.learn_products(products);
        Ok(())
    }

    /// The handle of a SKU, where it is known.
    #[must_use]
    pub fn handle(&self, sku: &str) -> Option<u32> {
        self.engine.handle(sku).map(ProductHandle::number)
    }

    /// Prices a guest's cart (`lines`, `codes`, `shippingService` of contract v1) at a moment, in milliseconds since 1970.
    /// Returns the quote, as the edge gives it of the same rules.
    ///
    /// # Errors
    /// The problem, with every fault of the cart.
    pub fn quote(&self, cart: JsValue, as_of: i64) -> Result<JsValue, JsValue> {
        let document = document(cart)?;
        // Only the edge can tell whether a customer was signed.
        let QuoteRequest { cart, .. } =
            read::quote_request(&document, nfkc).map_err(|faults| value(&Problem::invalid(faults)))?;
        let as_of = Instant::from_millis(as_of);
        let request = Request { cart: &cart, as_of, usage: &self.usage, viewpoint: Viewpoint::Shopper };
        let quote = self.engine.quote(request).map_err(|errors| value(&Problem::cart(&errors, "")))?;
        Ok(value(&Quote::from(&quote)))
    }

    /// Where to write so many lines: a pair of 32-bit numbers each, handle and quantity. Stays where it is until more
    /// lines are asked for.
    pub fn input(&mut self, lines: usize) -> *const u32 {
        let room = lines.saturating_mul(2);
        if self.input.len() < room {
            self.input.resize(room, 0);
        }
        self.input.as_ptr()
    }

    /// Prices the first so many lines of the input for a guest at a moment, in milliseconds since 1970. Lines of
    /// unknown products or with a quantity out of bounds are passed over.
    ///
    /// Returns where the output begins, as 32-bit numbers with amounts as pairs, the lower half first: the saving,
    /// the number of discounts applied, the position of each in the snapshot, the number of entries, and for each
    /// entry a line's position and an amount off it.
    pub fn price(&mut self, lines: usize, as_of: i64) -> *const u32 {
        self.price_input(lines, as_of);
        self.write_output();
        self.output.as_ptr()
    }

    /// Prices as [`Shop::price`] does, and returns what to tell the shopper, as JSON text of contract v1:
    /// `{ messages, nudges }`, of the messages the most important one beside each product.
    pub fn advise(&mut self, lines: usize, as_of: i64) -> String {
        self.price_input(lines, as_of);
        let Self { engine, workspace, trial, guest, usage, lines, .. } = self;
        let circumstances = Circumstances::of_guest(Instant::from_millis(as_of), guest, usage);
        let standings = engine.priced(lines, &circumstances, workspace).standings();
        let message = |line: &CompactLine| {
            let (discount, state) = standings.first_beside(line.product)?;
            let sku = &engine.product_of(line.product)?.sku;
            let text = discount.action_message.as_ref()?.as_str();
            Some(Beside { sku, discount: &discount.id, state, text })
        };
        let messages: Vec<_> = lines.iter().filter_map(message).collect();
        advice_text(&messages, &standings.nudges(trial), engine.store().currency)
    }

    fn price_input(&mut self, lines: usize, as_of: i64) {
        self.lines.clear();
        self.lines.extend(self.input.chunks_exact(2).take(lines).map(|pair| match pair {
            [product, quantity] => line(*product, *quantity),
            _ => line(0, 0),
        }));
        let circumstances = Circumstances::of_guest(Instant::from_millis(as_of), &self.guest, &self.usage);
        self.engine.price(&self.lines, &circumstances, &mut self.workspace);
    }

    fn write_output(&mut self) {
        let Self { engine, workspace, lines, output, .. } = self;
        output.clear();
        output.extend(halves(workspace.saving()));
        let applied = output.len();
        output.push(0);
        output.extend(workspace.applied().map(number));
        let entries = output.len();
        output.push(0);
        workspace.line_discounts(lines, engine, |line, amount| {
            output.push(number(line));
            output.extend(halves(amount));
        });
        let counts =
            [(applied, entries.saturating_sub(applied + 1)), (entries, (output.len() - entries - 1) / 3)];
        for (place, count) in counts {
            if let Some(slot) = output.get_mut(place) {
                *slot = number(count);
            }
        }
    }
}

/// A line of the input; one whose quantity is out of bounds is of no product, so that lines keep their places.
fn line(product: u32, quantity: u32) -> CompactLine {
    let product = ProductHandle::from_number(product);
    match Quantity::new(u64::from(quantity)) {
        Ok(quantity) => CompactLine { product, quantity },
        Err(_) => CompactLine { product: ProductHandle::NONE, quantity: Quantity::ONE },
    }
}

fn halves(amount: Amount) -> [u32; 2] {
    let minor = amount.minor();
    [minor as u32, (minor >> 32) as u32]
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn text(problem: &Problem) -> String {
    serde_json::to_string(problem).unwrap_or_default()
}

/// What JavaScript gave, as a document of contract v1.
fn document(given: JsValue) -> Result<Value, JsValue> {
    serde_wasm_bindgen::from_value(given).map_err(JsValue::from)
}

/// An answer as plain JavaScript: what may be absent is `null`, as in JSON.
fn value<T: Serialize>(answer: &T) -> JsValue {
    answer.serialize(&Serializer::json_compatible()).unwrap_or_default()
}
