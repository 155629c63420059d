//! Mails as they are sent: their looks are kept in `snapshots/`, and hostile words stay words.
//!
//! `UPDATE=1 cargo test -p farthing-mail` writes the snapshots anew; look at what changed before you keep it.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::{fs, path::PathBuf};

use mail::{Confirmation, Content, Letter, Mailbox, Offer, Receipt, ReceiptLine, Shop, Sum, Update};
use mail_parser::{Message, MessageParser};

fn mailbox(name: Option<&str>, email: &str) -> Mailbox {
    Mailbox::new(name, email).expect("a mailbox")
}

fn shop() -> Shop {
    Shop {
        name: "Baker Street Cellars & Books".to_owned(),
        from: mailbox(Some("Baker Street"), "shop@example.com"),
        reply_to: Some(mailbox(None, "help@example.com")),
        footer: Some("221b Baker Street, London".to_owned()),
    }
}

fn receipt() -> Receipt {
    let sum = |title: &str, amount: &str| Sum { title: title.to_owned(), amount: amount.to_owned() };
    Receipt {
        reference: "1001".to_owned(),
        name: Some("Ada Lovelace".to_owned()),
        lines: vec![
            ReceiptLine {
                title: "The Hounds of Baskerville".to_owned(),
                quantity: 1,
                total: "$16.00".to_owned(),
                before: None,
            },
            ReceiptLine {
                title: "2019 Cabernet Sauvignon".to_owned(),
                quantity: 12,
                total: "$307.20".to_owned(),
                before: Some("$384.00".to_owned()),
            },
        ],
        subtotal: "$400.00".to_owned(),
        discounts: vec![sum("Case discount", "$76.80")],
        shipping: Some(sum("Ground", "$12.00")),
        total: "$335.20".to_owned(),
        saving: Some("$76.80".to_owned()),
        order_url: "https://shop.example/order/#farthing-link=l1.k.a.b".to_owned(),
        offers: vec![Offer {
            title: "A Study in Scarlet".to_owned(),
            message: Some("Now meet the man.".to_owned()),
            price: "$14.00".to_owned(),
            offer_price: "$10.50".to_owned(),
        }],
        offers_url: "https://shop.example/offers/#farthing-link=l1.k.a.b".to_owned(),
    }
}

fn update() -> Content {
    let update = Update {
        subject: "[name], a new edition".to_owned(),
        body: "Dear [name],\n\nyour book has a new edition:\n[download_link]\n\nYours, [shop]".to_owned(),
    };
    update.content(
        &shop(),
        Some("Ada"),
        "https://shop.example/order/#farthing-link=l1.k.a.b",
        "https://edge.example/u/u1.k.a.b",
    )
}

fn letter(content: Content) -> Letter {
    Letter::new("msg_1".to_owned(), &shop(), mailbox(Some("Ada"), "ada@example.com"), content)
}

#[track_caller]
fn looks(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).expect("a snapshot to write");
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text, "{name} looks otherwise");
}

#[track_caller]
fn parsed(bytes: &[u8]) -> Message<'_> {
    MessageParser::default().parse(bytes).expect("a mail")
}

#[test]
fn mails_look_as_they_did() {
    let confirmation = Confirmation { url: "https://edge.example/o/n1.k.a.b".to_owned() };
    for (name, content) in [
        ("receipt", receipt().content(&shop())),
        ("confirmation", confirmation.content(&shop())),
        ("update", update()),
    ] {
        looks(&format!("{name}.txt"), &format!("{}\n\n{}", content.subject, content.text));
        looks(&format!("{name}.html"), &content.html);
    }
}

#[test]
fn a_letter_is_the_same_each_time_and_says_what_it_is() {
    let letter =
        Letter { unsubscribe: Some("https://edge.example/u/u1.k.a.b".to_owned()), ..letter(update()) };
    let bytes = letter.message(1_767_225_600);
    assert_eq!(bytes, letter.message(1_767_225_600));
    let mail = parsed(&bytes);
    assert_eq!(mail.message_id(), Some("msg_1@example.com"));
    assert_eq!(mail.subject(), Some("Ada, a new edition"));
    assert_eq!(mail.text_body_count() + mail.html_body_count(), 2);
    let raw = String::from_utf8(bytes.clone()).expect("ASCII");
    assert!(raw.contains("List-Unsubscribe: <https://edge.example/u/u1.k.a.b>\r\n"), "{raw}");
    assert!(raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    assert!(
        raw.contains("Reply-To: <help@example.com>\r\n") || raw.contains("Reply-To: help@example.com\r\n"),
        "{raw}"
    );
}

/// What people try, in titles, names and messages.
const HOSTILE: [&str; 7] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "a\r\nBcc: everyone@example.com\r\n\r\nHello",
    "{{ shop.name }} {% if true %}",
    "[download_link] [name]",
    "\u{202e}gnp.exe\u{0}",
    "=?utf-8?q?x=0d=0aBcc:_a@b.c?=",
];

#[test]
fn hostile_words_stay_words() {
    for hostile in HOSTILE {
        let shop = Shop { name: hostile.to_owned(), footer: Some(hostile.to_owned()), ..shop() };
        let mut receipt = receipt();
        receipt.reference = hostile.to_owned();
        receipt.name = Some(hostile.repeat(20));
        receipt.lines[0].title = hostile.to_owned();
        receipt.discounts[0].title = hostile.to_owned();
        receipt.offers[0].title = hostile.to_owned();
        receipt.offers[0].message = Some(hostile.to_owned());
        let update = Update { subject: "[name] [shop]".to_owned(), body: "[name]\n\n[shop]".to_owned() };
        let contents = [
            receipt.content(&shop),
            Confirmation { url: "https://x".to_owned() }.content(&shop),
            update.content(&shop, Some(hostile), "https://x", "https://y"),
        ];
        for content in contents {
            assert!(!content.html.contains("<script") && !content.html.contains("<img"), "{hostile}");
            assert!(!content.subject.contains(['\r', '\n', '\0', '\u{202e}']), "{hostile}");
            assert!(content.subject.chars().count() <= 200, "{hostile}");
            let letter = Letter::new("msg_1".to_owned(), &shop, mailbox(None, "ada@example.com"), content);
            let bytes = letter.message(0);
            let mail = parsed(&bytes);
            assert!(mail.bcc().is_none() && mail.cc().is_none(), "{hostile}");
            let head = String::from_utf8_lossy(&bytes).split("\r\n\r\n").next().expect("a head").to_owned();
            assert!(!head.contains("\nBcc"), "{head}");
            let names = [
                "Message-ID",
                "Date",
                "From",
                "To",
                "Subject",
                "Auto-Submitted",
                "Reply-To",
                "MIME-Version",
                "Content-Type",
            ];
            for line in head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])) {
                assert!(names.iter().any(|name| line.starts_with(&format!("{name}:"))), "{line}");
            }
        }
    }
}

#[test]
fn a_buyer_is_greeted_by_what_they_are_called() {
    let greeting = |name: Option<&str>| {
        let content = Receipt { name: name.map(str::to_owned), ..receipt() }.content(&shop());
        let heading = content.html.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next());
        assert!(!content.subject.contains("Ada"));
        (heading.unwrap_or_default().to_owned(), content.text.lines().nth(2).unwrap_or_default().to_owned())
    };
    let same = |text: &str| (text.to_owned(), text.to_owned());
    for nobody in [None, Some(" "), Some("\u{202e}")] {
        assert_eq!(greeting(nobody), same("Thank you for your order"));
    }
    let (html, text) = greeting(Some("\u{202e}Ada <b>\u{2066}"));
    assert_eq!(html, "Thank you for your order, <bdi>Ada &#60;b&#62;</bdi>");
    assert_eq!(text, "Thank you for your order, Ada <b>");
    let update = Update { subject: "Dear [name]".to_owned(), body: "[name]".to_owned() };
    let subject = |name| update.content(&shop(), name, "https://x", "https://y").subject;
    assert_eq!(subject(Some("\u{202e}Zoë\u{202c}")), "Dear Zoë");
    assert_eq!([subject(None), subject(Some("\u{202e}"))], ["Dear there", "Dear there"]);
}

#[test]
fn what_is_struck_is_said_for_those_who_hear_it() {
    let html = receipt().content(&shop()).html;
    let sentence = r#"<span class="heard">was </span><s class="quiet">$384.00</s><span class="heard"> now </span> $307.20"#;
    assert!(html.contains(sentence), "{html}");
    assert_eq!(html.matches("<s ").count(), html.matches(r#"<span class="heard">was </span><s "#).count());
}

#[test]
fn a_buyers_name_is_no_field() {
    let update = Update { subject: "s".to_owned(), body: "[name]".to_owned() };
    let content = update.content(&shop(), Some("[download_link]"), "https://secret", "https://y");
    assert!(!content.text.contains("https://secret"));
}
