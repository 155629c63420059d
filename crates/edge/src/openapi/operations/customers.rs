//! Customers: signed by servers, kept by staff.

use serde_json::json;

use crate::{
    body,
    openapi::{
        operation::{Operation, Tag::Customers},
        schema::named,
    },
    problem,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![token(), list(), get(), put(), delete()]
}

fn token() -> Operation {
    let ada = json!({ "id": "c-9", "email": "ada@example.com", "clubs": ["gold"], "expiresIn": 3600 });
    Operation::new("POST /v1/customers/token", "signCustomer", Customers, "Sign who is shopping")
        .about("The page sends the token along, so that clubs, tags and limits per customer count.")
        .takes("TokenRequest", body::MAXIMUM, &[("member", ada)])
        .answers(200, "The token.", named("CustomerToken"))
        .refuses(vec![problem::not_configured()])
}

fn list() -> Operation {
    Operation::new("GET /admin/api/customers", "listCustomers", Customers, "List the customers")
        .with(&["email", "limit", "cursor"])
        .answers(200, "A page of them, in the order of their ids.", named("Customers"))
}

fn get() -> Operation {
    Operation::new("GET /admin/api/customers/{customer}", "getCustomer", Customers, "Get a customer")
        .answers(200, "The customer.", named("CustomerFacts"))
        .refuses(vec![problem::not_found()])
}

fn put() -> Operation {
    let ada =
        json!({ "email": "ada@example.com", "name": "Ada Lovelace", "clubs": ["gold"], "tags": ["trade"] });
    Operation::new("PUT /admin/api/customers/{customer}", "putCustomer", Customers, "Keep a customer")
        .about("Replaces what was kept of the customer.")
        .takes("CustomerChange", body::MAXIMUM, &[("member", ada)])
        .answers(200, "The customer.", named("CustomerFacts"))
        .such_as(json!({ "id": "c-9", "email": "ada@example.com", "name": "Ada Lovelace", "clubs": ["gold"],
                         "tags": ["trade"] }))
}

fn delete() -> Operation {
    Operation::new("DELETE /admin/api/customers/{customer}", "deleteCustomer", Customers, "Forget a customer")
        .answers_nothing(204, "Nothing is kept of the customer.")
        .refuses(vec![problem::not_found()])
}
