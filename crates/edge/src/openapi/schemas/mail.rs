//! How a store writes to its buyers.

use crate::openapi::schema::{
    Fields, Schema, about, answered, any_text, flag, id, maybe, one_of, sent, such_as, text,
};

pub(super) fn schemas() -> Fields {
    vec![
        ("MailChange", change()),
        ("MailSettings", settings()),
        ("MailTest", sent(vec![("to", such_as(id(), "ada@shop.example"))], Vec::new())),
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
