//! Mails: how a store writes, and the links that its mails hold.

use serde_json::json;

use crate::{
    body,
    openapi::{
        operation::{Operation, Tag::Mail},
        schema::named,
    },
    problem,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![open(), confirm(), get(), put(), test()]
}

fn open() -> Operation {
    Operation::new("GET /o/{confirmation}", "openConfirmation", Mail, "Open a confirmation link")
        .about("Opening spends nothing: scanners open every link of a mail.")
        .answers_page(200, "A page with one button.")
        .answers_page(404, "The link was not made here.")
        .answers_page(410, "The link was used, or is too old; the page leads to a new one.")
        .refuses(vec![problem::not_configured(), problem::ledger_unavailable()])
}

fn confirm() -> Operation {
    Operation::new("POST /o/{confirmation}", "confirmAddress", Mail, "Click a confirmation link")
        .about("The first click spends the link. What the page's form sends is its own affair.")
        .answers_page(303, "To the shop's page of the visitor's offers, which `#farthing-visit=v1.…` opens.")
        .answers_page(202, "Another link is on its way.")
        .answers_page(404, "The link was not made here.")
        .answers_page(410, "The link was used, or is too old; the page leads to a new one.")
        .answers_page(429, "Too many links were asked for from here; the page says until when.")
        .refuses(vec![problem::not_configured(), problem::ledger_unavailable()])
}

fn get() -> Operation {
    Operation::new("GET /admin/api/mail", "getMail", Mail, "Get how the store writes")
        .answers(200, "The settings.", named("MailSettings"))
        .refuses(vec![problem::mail_not_set()])
}

fn put() -> Operation {
    let settings = json!({ "from": { "name": "Shop", "email": "orders@shop.example" },
        "pages": { "order": "https://shop.example/order", "offers": "https://shop.example/offers" } });
    Operation::new("PUT /admin/api/mail", "putMail", Mail, "Say how the store writes")
        .about("Whose its mails are, and where their links lead. Before that the store sends none.")
        .takes("MailChange", body::MAXIMUM, &[("shop", settings)])
        .answers(200, "The settings.", named("MailSettings"))
}

fn test() -> Operation {
    Operation::new("POST /admin/api/mail/test", "testMail", Mail, "Send a test mail")
        .idempotent()
        .takes("MailTest", body::MAXIMUM, &[("self", json!({ "to": "ada@shop.example" }))])
        .answers(200, "The mail was taken.", named("MailSent"))
        .refuses(vec![problem::mail_not_set(), problem::mail_failed("the mail server: 550 refused")])
}
