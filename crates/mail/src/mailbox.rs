//! Who a mail is from or to.

use core::fmt;

/// An e-mail address with the name of whose it is. Neither can end the header it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    name: Option<String>,
    email: String,
}

/// The most characters of an address (RFC 5321).
const MAXIMUM_EMAIL: usize = 254;

/// The most characters of a name.
const MAXIMUM_NAME: usize = 100;

impl Mailbox {
    /// The mailbox of an address, with a name where there is one.
    ///
    /// # Errors
    /// The address can't be one, or the name is too long or holds control characters.
    pub fn new(name: Option<&str>, email: &str) -> Result<Self, MailboxError> {
        if !is_address(email) {
            return Err(MailboxError::Address);
        }
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        if name.is_some_and(|name| name.chars().count() > MAXIMUM_NAME || name.chars().any(char::is_control))
        {
            return Err(MailboxError::Name);
        }
        Ok(Self { name: name.map(str::to_owned), email: email.to_owned() })
    }

    /// The name, where there is one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The address.
    #[must_use]
    pub fn email(&self) -> &str {
        &self.email
    }

    /// What comes after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.email.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Whether a text can be an address: one that is plain enough to stand in any header and any command.
fn is_address(text: &str) -> bool {
    let is_plain = |sign: char| sign.is_ascii_graphic() && !"<>()[]\\,;:\"".contains(sign);
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
    };
    text.len() <= MAXIMUM_EMAIL
        && text.chars().all(is_plain)
        && text.rsplit_once('@').is_some_and(|(name, domain)| {
            !name.is_empty() && !name.contains('@') && domain.split('.').all(is_label)
        })
}

/// Why there is no such mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailboxError {
    /// The address has not the form of one.
    Address,
    /// The name is too long, or holds control characters.
    Name,
}

impl fmt::Display for MailboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address => {
                f.write_str("an address is ASCII of the form `name@domain`, at most 254 characters")
            }
            Self::Name => write!(f, "a name has at most {MAXIMUM_NAME} characters and no control characters"),
        }
    }
}

impl core::error::Error for MailboxError {}

#[cfg(test)]
mod tests {
    use super::{Mailbox, MailboxError};

    #[test]
    fn an_address_is_plain() {
        for email in ["a@example.com", "a.b+c@sub.example.com", "o'neil@x.org", "a@localhost"] {
            assert!(Mailbox::new(None, email).is_ok(), "{email}");
        }
        for email in [
            "",
            "a",
            "@b.com",
            "a@",
            "a b@c.com",
            "a@b..com",
            "a@b@c.com",
            "a@b.com>",
            "a@b.com\r\nBcc: c@d.com",
            "\"a b\"@c.com",
            "a@b.com,c@d.com",
            "é@c.com",
            &format!("{}@b.com", "a".repeat(250)),
        ] {
            assert_eq!(Mailbox::new(None, email), Err(MailboxError::Address), "{email}");
        }
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(Mailbox::new(Some(" "), "a@b.com").expect("a mailbox").name(), None);
        assert_eq!(Mailbox::new(Some("A\r\nBcc: x@y.z"), "a@b.com"), Err(MailboxError::Name));
        assert_eq!(Mailbox::new(Some(&"a".repeat(101)), "a@b.com"), Err(MailboxError::Name));
    }
}
