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

/// A text without line breaks and other control characters, which turns nothing around that comes after it.
pub(crate) fn one_line(text: &str) -> String {
    straight(text).take(MAXIMUM_SUBJECT).collect()
}

/// What somebody is called, as text that leaves all around it as it is.
pub(crate) fn called(name: &str) -> String {
    straight(name).collect::<String>().trim().to_owned()
}

/// The characters of a text: control characters and line ends as spaces, and none of those that change the direction of
/// what follows. Names that are written from right to left need none of them.
fn straight(text: &str) -> impl Iterator<Item = char> {
    let turns = |sign: &char| matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = |sign: char| {
        if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}') { ' ' } else { sign }
    };
    text.chars().filter(move |sign| !turns(sign)).map(plain)
}
