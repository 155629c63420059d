//! How a store writes to its buyers.

use crate::openapi::schema::{
    Fields, Schema, about, answered, any_text, filled, flag, id, instant, list, maybe, named, one_of, sent,
    such_as, text, whole,
};

pub(super) fn schemas() -> Fields {
    vec![
        ("MailChange", change()),
        ("MailSettings", settings()),
        ("MailTest", sent(vec![("to", such_as(id(), "ada@shop.example"))], Vec::new())),
        ("MailContent", content()),
        ("UpdateChange", update_change()),
        ("Update", about(update(), "A mail to past buyers.")),
        ("Updates", answered(vec![("updates", list(named("Update"))), ("nextCursor", maybe(any_text()))])),
        ("MailSent", answered(vec![("id", about(any_text(), "Its Message-ID."))])),
    ]
}

fn change() -> Schema {
    let mailbox = || sent(vec![("email", id())], vec![("name", id())]);
    let url = || such_as(any_text(), "https://shop.example/order");
    let pages = sent(vec![("order", url()), ("offers", url())], Vec::new());
    sent(
        vec![
            ("from", about(mailbox(), "Whose mails they are.")),
            ("pages", about(pages, "The shop's page of an order, and that of a buyer's offers.")),
        ],
        vec![
            ("replyTo", mailbox()),
            (
                "receipts",
                about(flag(), "Whether a paid order's buyer gets a receipt; yes where nothing is said."),
            ),
            ("footer", about(text(500), "What stands below every mail, such as a postal address.")),
        ],
    )
}

fn content() -> Schema {
    answered(vec![("subject", any_text()), ("text", any_text()), ("html", any_text())])
}

fn update_change() -> Schema {
    let products = about(filled(id()), "Whoever has a paid order with one of these gets it.");
    sent(vec![("subject", text(200)), ("body", text(20_000)), ("products", products)], Vec::new())
}

fn update() -> Schema {
    let states = one_of(&["draft", "gathering", "sending", "paused", "done"]);
    let progress = answered(vec![
        ("state", states),
        ("audience", about(whole(), "How many get it; of a draft, how many would now.")),
        ("sent", whole()),
        ("failed", about(whole(), "Tried too often.")),
        ("unsubscribed", about(whole(), "Who wanted no more by the time it was their turn.")),
        ("error", about(maybe(any_text()), "What went wrong the last time.")),
    ]);
    answered(vec![
        ("id", any_text()),
        ("subject", any_text()),
        ("body", any_text()),
        ("products", list(id())),
        ("createdAt", instant()),
        ("sentAt", maybe(instant())),
        ("progress", progress),
    ])
}

fn settings() -> Schema {
    let mailbox = || answered(vec![("name", maybe(any_text())), ("email", any_text())]);
    let pages = answered(vec![("order", any_text()), ("offers", any_text())]);
    let transports = one_of(&["smtp", "resend", "binding"]);
    answered(vec![
        ("from", mailbox()),
        ("replyTo", maybe(mailbox())),
        ("receipts", flag()),
        ("footer", maybe(any_text())),
        ("pages", pages),
        ("transport", about(maybe(transports), "The way that mails go; none are sent where there is none.")),
    ])
}
