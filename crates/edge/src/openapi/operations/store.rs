//! What staff do with a store.

use serde_json::{Value, json};

use crate::{
    body,
    openapi::{
        examples,
        operation::{Operation, Tag::Store},
        schema::named,
    },
    problem,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        import(),
        simulate(),
        discounts(),
        switch("POST /admin/api/discounts/{discount}/stop", "stopDiscount", "Stop a discount").about(
            "From the answer on no order takes it, whatever was quoted. It stays off through imports.",
        ),
        switch("POST /admin/api/discounts/{discount}/resume", "resumeDiscount", "Resume a stopped discount"),
        orders(),
        audit(),
    ]
}

fn import() -> Operation {
    Operation::new("POST /admin/api/import", "importStore", Store, "Load a whole store, all or nothing")
        .about("The file replaces what the store had. The same file again changes nothing that shows.")
        .with(&["dryRun"])
        .idempotent()
        .takes("StoreFile", body::MAXIMUM_OF_STORE, &[("small", examples::store_file())])
        .answers(200, "What was loaded.", named("Imported"))
}

fn simulate() -> Operation {
    let input = examples::pricing_input();
    Operation::new(
        "POST /admin/api/simulate",
        "simulateQuote",
        Store,
        "Price any cart of any store at any moment",
    )
    .about("The same input and answer as `farthing quote`, to the byte.")
    .takes("PricingInput", body::MAXIMUM_OF_STORE, &[("caseOfCabernet", input)])
    .answers(200, "The quote.", named("Quote"))
}

fn discounts() -> Operation {
    Operation::new("GET /admin/api/discounts", "listDiscounts", Store, "List the discounts with their uses")
        .with(&["q", "limit", "cursor"])
        .answers(200, "A page of them, in the merchant's order.", named("Discounts"))
        .refuses(vec![problem::ledger_unavailable()])
}

fn switch(name: &'static str, id: &'static str, summary: &'static str) -> Operation {
    let switched: Value = json!({
        "discount": "d-case",
        "stopped": id == "stopDiscount",
        "snapshotVersion": "sha256-4a7d1ed414474e4033ac29ccb8653d9b6f3e8c5a2f0f6cbb2a4b5a3dd0f6c1e2",
    });
    Operation::new(name, id, Store, summary)
        .idempotent()
        .takes_nothing()
        .answers(200, "How the discount stands.", named("Switched"))
        .such_as(switched)
        .refuses(vec![problem::not_found(), problem::no_snapshot(), problem::ledger_unavailable()])
}

fn orders() -> Operation {
    Operation::new("GET /admin/api/orders", "listOrders", Store, "List the orders, the latest first")
        .about("They follow the ledger by a moment.")
        .with(&["status", "limit", "cursor"])
        .answers(200, "A page of them.", named("Orders"))
}

fn audit() -> Operation {
    Operation::new("GET /admin/api/audit", "listChanges", Store, "List who changed what, the latest first")
        .with(&["limit", "cursor"])
        .answers(200, "A page of changes, each sealed to the one before.", named("Audit"))
}
