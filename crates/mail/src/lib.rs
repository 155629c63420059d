//! Mails to a shop's buyers: the receipt, the link that confirms an address, and news about what they own.
//!
//! Everything here is plain Rust and knows no network: facts go in as finished text, a [`Letter`] comes out, and
//! [`Letter::message`] is that letter as SMTP carries it. Nobody's words run as code: templates escape what they are
//! filled with, and no header takes a line break.

mod confirmation;
mod content;
mod letter;
mod mailbox;
mod receipt;
mod update;

pub use confirmation::Confirmation;
pub use content::{Content, Shop};
pub use letter::Letter;
pub use mailbox::{Mailbox, MailboxError};
pub use receipt::{Offer, Receipt, ReceiptLine, Sum};
pub use update::{MERGE_FIELDS, SUBJECT_FIELDS, Update, UpdateError, check_fields};
