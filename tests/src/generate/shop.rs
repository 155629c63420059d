//! A random shop's products, and what of them is in the cart.

use serde_json::{Value, json};

use super::random::Random;

pub(super) const DEPARTMENTS: [&str; 3] = ["d0", "d1", "d2"];
pub(super) const COLLECTIONS: [&str; 6] = ["c0", "c1", "c2", "c3", "c4", "c5"];

/// Prices that several products share, so that equal remainders and equal prices are common.
const SHARED_PRICES: [u64; 8] = [1, 25, 33, 333, 999, 1_250, 1_999, 2_500];
/// The greatest price there may be.
const GREATEST_PRICE: u64 = 9_999_999_999;
/// The most items a line may have.
const MOST_ITEMS: u64 = 99_999;

pub(super) struct Shop {
    pub(super) currency: &'static str,
    pub(super) products: Vec<Product>,
    pub(super) lines: Vec<Line>,
}

pub(super) struct Product {
    pub(super) sku: String,
    /// In minor units.
    pub(super) price: u64,
    pub(super) department: &'static str,
    pub(super) collections: Vec<&'static str>,
    pub(super) discountable: bool,
}

pub(super) struct Line {
    /// Which of the products.
    pub(super) product: usize,
    pub(super) quantity: u64,
}

impl Shop {
    pub(super) fn new(random: &mut Random) -> Self {
        let currency = *random.one_of(&["USD", "USD", "USD", "EUR", "JPY", "BHD"]);
        let products: Vec<Product> = (0..12).map(|at| product(random, at)).collect();
        let count = match random.below(40) {
            0 => 0,
            1 => 8 + random.below(40),
            _ => 1 + random.below(7),
        };
        let lines = (0..count).map(|_| line(random, products.len())).collect();
        Self { currency, products, lines }
    }

    /// An amount, written with the currency's decimals.
    pub(super) fn money(&self, minor: u64) -> String {
        let digits = match self.currency {
            "JPY" => return minor.to_string(),
            "BHD" => 3,
            _ => 2,
        };
        let unit = 10_u64.pow(digits);
        format!("{}.{:0digits$}", minor / unit, minor % unit, digits = digits as usize)
    }

    /// What is in the cart: each line's product and quantity.
    pub(super) fn bought(&self) -> impl Iterator<Item = (&Product, u64)> {
        self.lines.iter().filter_map(|line| Some((self.products.get(line.product)?, line.quantity)))
    }

    /// A product's SKU, more often than not of one in the cart.
    pub(super) fn sku(&self, random: &mut Random) -> String {
        let wanted = match self.lines.get(usize::try_from(random.below(9)).unwrap_or(0)) {
            Some(line) => line.product,
            None => usize::try_from(random.below(12)).unwrap_or(0),
        };
        self.products.get(wanted).map_or_else(String::new, |product| product.sku.clone())
    }

    pub(super) fn products_json(&self) -> Vec<Value> {
        let products = self.products.iter().enumerate().map(|(at, product)| {
            let mut json = json!({
                "sku": product.sku,
                "title": format!("Product {at}"),
                "price": self.money(product.price),
                "departments": [product.department],
                "collections": product.collections,
            });
            if !product.discountable {
                json["discountable"] = json!(false);
            }
            json
        });
        products.collect()
    }
}

/// Some free, some that can't be discounted, one in many at the greatest price.
fn product(random: &mut Random, at: u64) -> Product {
    let price = match random.below(20) {
        0 => 0,
        1..=6 => *random.one_of(&SHARED_PRICES),
        // An odd number of five cents: 10, 30 or 50 % of it are half a cent away from a whole one.
        7..=10 => 5 * (1 + 2 * random.below(1_000)),
        11 if random.chance(10) => GREATEST_PRICE - random.below(2),
        _ => 1 + random.below(20_000),
    };
    Product {
        // Not in the order of numbers, so that canonical order is not the order of making.
        sku: format!("{}{at}", random.one_of(&["Z", "b", "A", "é"])),
        price,
        department: random.one_of::<&str>(&DEPARTMENTS),
        collections: random.some_of(&COLLECTIONS),
        discountable: !random.chance(12),
    }
}

/// Few items of a dozen products, so that some products are on several lines.
fn line(random: &mut Random, products: usize) -> Line {
    let quantity = match random.below(40) {
        0 => MOST_ITEMS - random.below(3),
        1..=4 => 1 + random.below(60),
        _ => 1 + random.below(7),
    };
    Line { product: usize::try_from(random.below(products as u64)).unwrap_or(0), quantity }
}
