//! A mail ready to be sent.

use mail_builder::{
    MessageBuilder,
    headers::{HeaderType, address::Address, content_type::ContentType, raw::Raw},
    mime::{BodyPart, MimePart},
};

use crate::{
    Mailbox,
    content::{Content, Shop},
};

/// A mail ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What it is known by: sent again, it has the same. Letters, digits, `_` and `-`.
    pub id: String,
    /// Whose mail it is.
    pub from: Mailbox,
    /// Where an answer goes, where that is elsewhere.
    pub reply_to: Option<Mailbox>,
    /// Who gets it.
    pub to: Mailbox,
    /// Its words.
    pub content: Content,
    /// Where one click ends such mails, for those that nobody asked for (RFC 8058).
    pub unsubscribe: Option<String>,
}

impl Letter {
    /// A mail of this shop.
    #[must_use]
    pub fn new(id: String, shop: &Shop, to: Mailbox, content: Content) -> Self {
        let Shop { from, reply_to, .. } = shop.clone();
        Self { id, from, reply_to, to, content, unsubscribe: None }
    }

    /// The id as the header has it, without its brackets.
    #[must_use]
    pub fn message_id(&self) -> String {
        format!("{}@{}", self.id, self.from.domain())
    }

    /// The mail as SMTP carries it, written at `date`, in whole seconds since 1970. The same letter at the same date is the
    /// same to the byte.
    #[must_use]
    pub fn message(&self, date: i64) -> Vec<u8> {
        let Content { subject, text, html } = &self.content;
        let mut message = MessageBuilder::new()
            .message_id(self.message_id())
            .date(date)
            .from(address(&self.from))
            .to(address(&self.to))
            .subject(subject.as_str())
            // No robot answers it.
            .header("Auto-Submitted", Raw::new("auto-generated"));
        if let Some(reply_to) = &self.reply_to {
            message = message.reply_to(address(reply_to));
        }
        if let Some(url) = &self.unsubscribe {
            message = message
                .header("List-Unsubscribe", HeaderType::Raw(Raw::new(format!("<{url}>"))))
                .header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"));
        }
        let both = vec![
            MimePart::new("text/plain", BodyPart::from(text.as_str())),
            MimePart::new("text/html", BodyPart::from(html.as_str())),
        ];
        let boundary =
            ContentType::new("multipart/alternative").attribute("boundary", format!("=_{}", self.id));
        let mut written = Vec::new();
        message.body(MimePart::new(boundary, both)).serialize(&mut written);
        written
    }
}

fn address(mailbox: &Mailbox) -> Address<'_> {
    Address::new_address(mailbox.name(), mailbox.email())
}
