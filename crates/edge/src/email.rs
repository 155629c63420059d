//! E-mail addresses as customers have them: in the one spelling that they are compared and counted in, and only such as a mail
//! can be sent to, so that a slip of a finger is found while there is somebody to mend it.

use mail::Mailbox;
use pricing::model::Id;
use serde_json::Value;
use wire::{
    Fault,
    read::{Node, normalised_email},
};
use worker::Url;

/// What is said of a text that is none.
const CODE: &str = "invalidEmail";

/// The spelling of an address: without white space around it, in lower case, its domain in ASCII as mail servers know it.
pub(crate) fn spelled(text: &str) -> String {
    let email = normalised_email(text);
    match email.rsplit_once('@') {
        Some((name, domain)) if !domain.is_ascii() => {
            ascii(domain).map_or_else(|| email.clone(), |domain| format!("{name}@{domain}"))
        }
        _ => email,
    }
}

/// Reads an address in its spelling.
pub(crate) fn read(node: Node<'_, '_>) -> Option<Id> {
    let email: Id = node.spelled(spelled)?;
    match Mailbox::new(None, email.as_str()) {
        Ok(_) => Some(email),
        Err(error) => node.refuse(CODE, error),
    }
}

/// Puts the address of the customer at `place` into its spelling; takes out what can't be one, with the fault that says so.
pub(crate) fn spell(document: &mut Value, place: &str) -> Option<Fault> {
    let fields = document.pointer_mut(place)?.as_object_mut()?;
    let email = spelled(fields.get("email")?.as_str()?);
    // That it is empty is said where the rest is read.
    let fault = Mailbox::new(None, &email).err().filter(|_| !email.is_empty());
    if let Some(error) = fault {
        fields.remove("email");
        return Some(Fault { pointer: format!("{place}/email"), code: CODE, detail: error.to_string() });
    }
    fields.insert("email".to_owned(), email.into());
    None
}

/// A domain of any script as servers know it.
fn ascii(domain: &str) -> Option<String> {
    let is_plain = |sign: char| !sign.is_ascii() || sign.is_ascii_alphanumeric() || "-.".contains(sign);
    if !domain.chars().all(is_plain) {
        return None;
    }
    Url::parse(&format!("http://{domain}")).ok()?.host_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{spell, spelled};

    #[test]
    fn an_address_has_one_spelling() {
        for (text, expected) in [
            (" Ada@Example.COM ", "ada@example.com"),
            ("ada@Bücher.example", "ada@xn--bcher-kva.example"),
            ("ada@例え.jp", "ada@xn--r8jz45g.jp"),
            ("ada@bü:80", "ada@bü:80"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(spelled(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_found_in_its_place() {
        for email in
            ["nonsense", "a@", "a b@c.com", "zoë@example.com", "a@b.com\r\nBcc: c@d.com", &"a".repeat(300)]
        {
            let mut document = json!({ "cart": { "customer": { "id": "c", "email": email } } });
            let fault = spell(&mut document, "/cart/customer").expect(email);
            assert_eq!((fault.pointer.as_str(), fault.code), ("/cart/customer/email", "invalidEmail"));
            assert_eq!(document, json!({ "cart": { "customer": { "id": "c" } } }));
        }
    }

    #[test]
    fn an_address_is_put_into_its_spelling_and_what_is_no_text_is_left() {
        let mut document = json!({ "email": "Ada@Example.com" });
        assert_eq!(spell(&mut document, ""), None);
        assert_eq!(document, json!({ "email": "ada@example.com" }));
        for other in
            [json!({ "email": 1 }), json!({ "email": " " }), json!({ "email": null }), json!([]), json!({})]
        {
            let mut document = other.clone();
            assert_eq!(spell(&mut document, ""), None);
            assert_eq!(document.get("email").is_some(), other.get("email").is_some());
        }
    }
}
