//! Mails to past buyers.

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
    vec![list(), create(), get(), put(), delete(), preview(), test(), send(), pause(), open(), leave()]
}

fn example() -> serde_json::Value {
    json!({ "subject": "A new edition of your book", "products": ["HOUNDS"],
            "body": "Your book has a new edition:\n[download_link]\n\nYours, [shop]" })
}

fn list() -> Operation {
    Operation::new("GET /admin/api/updates", "listUpdates", Mail, "List the mails to past buyers")
        .with(&["limit", "cursor"])
        .answers(200, "The latest first.", named("Updates"))
}

fn create() -> Operation {
    Operation::new("POST /admin/api/updates", "createUpdate", Mail, "Write a mail to past buyers")
        .about("`[download_link]`, `[name]` and `[shop]` are replaced for each buyer. Nothing is sent yet.")
        .idempotent()
        .takes("UpdateChange", body::MAXIMUM, &[("edition", example())])
        .answers(201, "The mail, with how many it would go to now.", named("Update"))
}

fn get() -> Operation {
    Operation::new("GET /admin/api/updates/{update}", "getUpdate", Mail, "Get a mail, and how far it is")
        .answers(200, "The mail.", named("Update"))
        .refuses(vec![problem::not_found()])
}

fn put() -> Operation {
    Operation::new("PUT /admin/api/updates/{update}", "putUpdate", Mail, "Change a mail that was not sent")
        .takes("UpdateChange", body::MAXIMUM, &[("edition", example())])
        .answers(200, "The mail.", named("Update"))
        .refuses(vec![problem::not_found(), problem::update_sent()])
}

fn delete() -> Operation {
    Operation::new(
        "DELETE /admin/api/updates/{update}",
        "deleteUpdate",
        Mail,
        "Throw a mail away that was not sent",
    )
    .answers_nothing(204, "It is gone.")
    .refuses(vec![problem::not_found(), problem::update_sent()])
}

fn preview() -> Operation {
    Operation::new(
        "POST /admin/api/updates/{update}/preview",
        "previewUpdate",
        Mail,
        "See how a mail will look",
    )
    .takes_nothing()
    .answers(200, "Its words in both forms.", named("MailContent"))
    .refuses(vec![problem::not_found(), problem::mail_not_set()])
}

fn test() -> Operation {
    Operation::new("POST /admin/api/updates/{update}/test", "testUpdate", Mail, "Send a mail to yourself")
        .idempotent()
        .takes("MailTest", body::MAXIMUM, &[("self", json!({ "to": "ada@shop.example" }))])
        .answers(200, "The mail was taken.", named("MailSent"))
        .refuses(vec![
            problem::not_found(),
            problem::mail_not_set(),
            problem::mail_failed("the mail server: 550"),
        ])
}

fn send() -> Operation {
    Operation::new(
        "POST /admin/api/updates/{update}/send",
        "sendUpdate",
        Mail,
        "Send a mail, or go on after a pause",
    )
    .about("Each past buyer gets it once, whatever happens; `progress` says how many have.")
    .idempotent()
    .takes_nothing()
    .answers(200, "The mail.", named("Update"))
    .refuses(vec![problem::not_found(), problem::mail_not_set()])
}

fn pause() -> Operation {
    Operation::new("POST /admin/api/updates/{update}/pause", "pauseUpdate", Mail, "Send no more for now")
        .about("Binds after the mail that is in flight.")
        .idempotent()
        .takes_nothing()
        .answers(200, "The mail.", named("Update"))
        .refuses(vec![problem::not_found()])
}

fn open() -> Operation {
    Operation::new(
        "GET /u/{unsubscription}",
        "openUnsubscription",
        Mail,
        "Open the link that ends such mails",
    )
    .answers_page(200, "A page with one button.")
    .answers_page(404, "The link was not made here.")
    .refuses(vec![problem::not_configured()])
}

fn leave() -> Operation {
    Operation::new("POST /u/{unsubscription}", "unsubscribe", Mail, "Get no more such mails")
        .about("What mail programs send of themselves is fine too (RFC 8058).")
        .answers_page(200, "There will be no more.")
        .answers_page(404, "The link was not made here.")
        .refuses(vec![problem::not_configured()])
}
