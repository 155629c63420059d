//! What all mails have in common.

use askama::Template;

use crate::Mailbox;

/// The shop that writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// Its name, as buyers know it.
    pub name: String,
    /// Whose mail it is.
    pub from: Mailbox,
    /// Where an answer goes, where that is elsewhere.
    pub reply_to: Option<Mailbox>,
    /// What stands below every mail, such as a postal address.
    pub footer: Option<String>,
}

/// A mail's words, in both their forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// One line.
    pub subject: String,
    /// For those who read text.
    pub text: String,
    /// For everybody else.
    pub html: String,
}

impl Content {
    /// Fills two templates.
    pub(crate) fn of(subject: &str, text: &impl Template, html: &impl Template) -> Self {
        // A template of ours fails only where writing to memory does.
        let filled = |template: Result<String, askama::Error>| template.unwrap_or_default();
        Self { subject: one_line(subject), text: filled(text.render()), html: filled(html.render()) }
    }
}

/// The most characters of a subject.
const MAXIMUM_SUBJECT: usize = 200;

/// A text without line breaks and other control characters.
pub(crate) fn one_line(text: &str) -> String {
    let plain = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    plain.take(MAXIMUM_SUBJECT).collect()
}
