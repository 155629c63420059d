//! A store file as rows of tables, each table's as JSON lists that one statement can take in.
//!
//! D1 binds at most 100 parameters a statement. A list of rows is one: `json_each` makes it rows again.

use std::collections::BTreeSet;

use pricing::model::{Discount, Snapshot};
use serde_json::{Value, json};

/// The most bytes of one row, and of the rows that one statement takes in: half of the 2 MB that D1 allows a text.
pub(crate) const MAXIMUM: usize = 1_000_000;

/// The tables that an import replaces, each after those it refers to.
pub(crate) const TABLES: [Table; 10] = [
    Table { name: "departments", columns: &["id", "title", "position"] },
    Table { name: "collections", columns: &["id", "title", "position"] },
    Table { name: "products", columns: &["sku", "title", "price_minor", "position", "body"] },
    Table { name: "product_departments", columns: &["sku", "department_id"] },
    Table { name: "product_collections", columns: &["sku", "collection_id"] },
    Table { name: "shipping_services", columns: &["id", "title", "rate_minor", "position", "body"] },
    Table {
        name: "discounts",
        columns: &["id", "kind", "code", "title", "enabled", "starts_at", "ends_at", "position", "body"],
    },
    Table { name: "promotion_sets", columns: &["id", "title", "position"] },
    Table { name: "promotion_set_members", columns: &["promotion_set_id", "discount_id", "position"] },
    Table { name: "upgrades", columns: &["id", "starts_at", "ends_at", "position", "body"] },
];

/// A table and those of its columns that a row gives, `store_id` left out.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    columns: &'static [&'static str],
}

impl Table {
    /// Takes in rows: `?1` is the store, `?2` the rows.
    pub(crate) fn insert(&self) -> String {
        let fields: Vec<_> =
            (0..self.columns.len()).map(|at| format!("json_extract(value, '$[{at}]')")).collect();
        format!(
            "INSERT INTO {} (store_id, {}) SELECT ?1, {} FROM json_each(?2)",
            self.name,
            self.columns.join(", "),
            fields.join(", ")
        )
    }

    /// Empties the table: `?1` is the store.
    pub(crate) fn delete(&self) -> String {
        format!("DELETE FROM {} WHERE store_id = ?1", self.name)
    }
}

/// The rows of each of [`TABLES`], in that order.
#[derive(Debug)]
pub(crate) struct Rows([Vec<Row>; 10]);

#[derive(Debug)]
struct Row {
    /// The row as a JSON list.
    json: String,
    /// Whose row it is: a pointer into the file.
    list: &'static str,
    at: usize,
}

impl Rows {
    /// Pointers to what is too large for a row.
    pub(crate) fn too_large(&self) -> impl Iterator<Item = String> {
        let large = self.0.iter().flatten().filter(|row| row.json.len() > MAXIMUM);
        large.map(|row| format!("/{}/{}", row.list, row.at))
    }

    /// Each table with its rows, as lists of at most [`MAXIMUM`] bytes and a little.
    pub(crate) fn lists(self) -> impl Iterator<Item = (&'static Table, Vec<String>)> {
        TABLES.iter().zip(self.0.into_iter().map(lists))
    }
}

/// Joins rows to JSON lists.
fn lists(rows: Vec<Row>) -> Vec<String> {
    let mut lists: Vec<String> = Vec::new();
    for row in rows {
        match lists.last_mut() {
            Some(list) if list.len().saturating_add(row.json.len()) < MAXIMUM => {
                list.push(',');
                list.push_str(&row.json);
            }
            _ => lists.push(format!("[{}", row.json)),
        }
    }
    lists.iter_mut().for_each(|list| list.push(']'));
    lists
}

/// The rows of a store file: `document` as it came, `snapshot` as it was read, so that both list the same things in the
/// same order.
pub(crate) fn of(document: &Value, snapshot: &Snapshot) -> Rows {
    let items = |key: &'static str| {
        let items = document.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().enumerate().map(move |(at, item)| Item { list: key, at, json: item })
    };
    let titled = |item: Item<'_>| item.row(&json!([item.field("id"), item.field("title"), item.at]));
    let memberships = |key: &'static str| {
        items("products").flat_map(move |product| membership_rows(product, key)).collect()
    };
    Rows([
        items("departments").map(titled).collect(),
        items("collections").map(titled).collect(),
        items("products")
            .zip(&snapshot.products)
            .map(|(item, product)| {
                item.row(&json!([
                    item.field("sku"),
                    item.field("title"),
                    product.price.minor(),
                    item.at,
                    item.json
                ]))
            })
            .collect(),
        memberships("departments"),
        memberships("collections"),
        items("shippingServices")
            .zip(&snapshot.shipping_services)
            .map(|(item, service)| {
                item.row(&json!([
                    item.field("id"),
                    item.field("title"),
                    service.rate.minor(),
                    item.at,
                    item.json
                ]))
            })
            .collect(),
        items("discounts")
            .zip(&snapshot.discounts)
            .map(|(item, discount)| discount_row(item, discount))
            .collect(),
        items("promotionSets").map(titled).collect(),
        items("promotionSets")
            .flat_map(|item| {
                let members = item.each("discounts").enumerate();
                members
                    .map(move |(position, discount)| item.row(&json!([item.field("id"), discount, position])))
            })
            .collect(),
        items("upgrades")
            .map(|item| {
                item.row(&json!([
                    item.field("id"),
                    item.instant("startsAt"),
                    item.instant("endsAt"),
                    item.at,
                    item.json
                ]))
            })
            .collect(),
    ])
}

/// A product may list a collection twice; that is one membership.
fn membership_rows<'a>(product: Item<'a>, key: &str) -> impl Iterator<Item = Row> + use<'a> {
    let ids: BTreeSet<&'a str> = product.each(key).filter_map(Value::as_str).collect();
    ids.into_iter().map(move |id| product.row(&json!([product.field("sku"), id])))
}

fn discount_row(item: Item<'_>, discount: &Discount) -> Row {
    let code = discount.code().map(pricing::model::CouponCode::as_str);
    item.row(&json!([
        item.field("id"),
        if code.is_some() { "coupon" } else { "promotion" },
        code,
        item.field("title"),
        u8::from(discount.enabled),
        item.instant("startsAt"),
        item.instant("endsAt"),
        item.at,
        item.json,
    ]))
}

/// A thing of the file and its place in it.
#[derive(Clone, Copy, Debug)]
struct Item<'a> {
    list: &'static str,
    at: usize,
    json: &'a Value,
}

impl<'a> Item<'a> {
    fn row(self, columns: &Value) -> Row {
        Row { json: columns.to_string(), list: self.list, at: self.at }
    }

    fn field(self, key: &str) -> Option<&'a Value> {
        self.json.get(key)
    }

    fn each(self, key: &str) -> impl Iterator<Item = &'a Value> {
        self.field(key).and_then(Value::as_array).into_iter().flatten()
    }

    /// In milliseconds.
    fn instant(self, key: &str) -> Option<i64> {
        let text = self.field(key).and_then(Value::as_str)?;
        wire::parse_instant(text).map(pricing::model::Instant::millis)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use wire::read;

    use super::{MAXIMUM, Row, TABLES, lists, of};
    use crate::nfkc::nfkc;

    fn document() -> Value {
        json!({
            "store": { "currency": "USD", "timeZone": "UTC" },
            "departments": [{ "id": "wine", "title": "Wine" }],
            "collections": [{ "id": "reds", "title": "Reds" }, { "id": "new", "title": "New" }],
            "products": [
                { "sku": "A", "title": "Ale", "price": "1.50" },
                { "sku": "B", "title": "Brut", "price": "32", "departments": ["wine"],
                  "collections": ["reds", "new", "reds"] },
            ],
            "shippingServices": [{ "id": "ground", "title": "Ground", "rate": "12.00" }],
            "discounts": [
                { "id": "d", "kind": { "type": "promotion" }, "title": "D", "startsAt": "1970-01-01T00:00:01Z",
                  "benefit": { "type": "shipping", "value": { "type": "free" } } },
                { "id": "c", "kind": { "type": "coupon", "code": " save10" }, "title": "C", "enabled": false,
                  "benefit": { "type": "shipping", "value": { "type": "free" } } },
            ],
            "promotionSets": [{ "id": "s", "title": "S", "discounts": ["c", "d"] }],
            "upgrades": [{ "id": "u", "triggers": ["A"], "endsAt": "1970-01-01T00:00:02Z",
                           "offers": [{ "sku": "B", "value": { "type": "percentOff", "percent": "5" } }] }],
        })
    }

    #[test]
    fn every_table_gets_its_rows() {
        let document = document();
        let file = read::store_file(&document, nfkc).expect("a sound store");
        let found: Vec<(&str, Value)> = of(&document, &file.snapshot)
            .lists()
            .map(|(table, lists)| {
                let rows =
                    lists.first().map_or(Value::Null, |list| serde_json::from_str(list).expect("JSON"));
                (table.name, rows)
            })
            .collect();
        let at = |pointer: &str| document.pointer(pointer).expect("there");
        let expected = [
            ("departments", json!([["wine", "Wine", 0]])),
            ("collections", json!([["reds", "Reds", 0], ["new", "New", 1]])),
            (
                "products",
                json!([["A", "Ale", 150, 0, at("/products/0")], ["B", "Brut", 3200, 1, at("/products/1")]]),
            ),
            ("product_departments", json!([["B", "wine"]])),
            ("product_collections", json!([["B", "new"], ["B", "reds"]])),
            ("shipping_services", json!([["ground", "Ground", 1200, 0, at("/shippingServices/0")]])),
            (
                "discounts",
                json!([
                    ["d", "promotion", null, "D", 1, 1000, null, 0, at("/discounts/0")],
                    ["c", "coupon", "SAVE10", "C", 0, null, null, 1, at("/discounts/1")],
                ]),
            ),
            ("promotion_sets", json!([["s", "S", 0]])),
            ("promotion_set_members", json!([["s", "c", 0], ["s", "d", 1]])),
            ("upgrades", json!([["u", null, 2000, 0, at("/upgrades/0")]])),
        ];
        assert_eq!(found, expected);
        for ((_, rows), table) in expected.iter().zip(&TABLES) {
            let widths = rows.as_array().expect("rows").iter().map(|row| row.as_array().map(Vec::len));
            assert!(widths.into_iter().all(|width| width == Some(table.columns.len())), "{}", table.name);
        }
    }

    #[test]
    fn lists_stay_below_what_a_statement_takes() {
        let row =
            |length: usize| Row { json: format!("\"{}\"", "x".repeat(length)), list: "products", at: 0 };
        let lists = lists((0..30).map(|_| row(MAXIMUM / 7)).collect());
        assert!(lists.len() > 4 && lists.iter().all(|list| list.len() <= MAXIMUM + 1), "{}", lists.len());
        let rows: usize =
            lists.iter().map(|list| serde_json::from_str::<Vec<Value>>(list).expect("JSON").len()).sum();
        assert_eq!(rows, 30);
    }
}
