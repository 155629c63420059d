//! The demo shop's three visitors. A real shop has a data base of customers, and passwords.

use serde_json::{Value, json};

/// Somebody who can sign in.
#[derive(Debug)]
pub(crate) struct Customer {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// Why one would be them.
    pub(crate) about: &'static str,
    email: &'static str,
    clubs: &'static [&'static str],
    tags: &'static [&'static str],
}

pub(crate) const CUSTOMERS: [Customer; 2] = [
    Customer {
        id: "irene",
        name: "Irene Adler",
        about: "Cellar Club member",
        email: "irene@example.com",
        clubs: &["cellar-club"],
        tags: &[],
    },
    Customer {
        id: "mycroft",
        name: "Mycroft Holmes",
        about: "buys for the Diogenes Club, on trade terms",
        email: "mycroft@example.com",
        clubs: &[],
        tags: &["trade"],
    },
];

pub(crate) fn find(id: &str) -> Option<&'static Customer> {
    CUSTOMERS.iter().find(|customer| customer.id == id)
}

impl Customer {
    /// As Farthing is told of them.
    pub(crate) fn signed(&self) -> Value {
        json!({ "id": self.id, "email": self.email, "clubs": self.clubs, "tags": self.tags })
    }

    /// As the page is told of them.
    pub(crate) fn shown(&self) -> Value {
        json!({ "id": self.id, "name": self.name, "about": self.about, "email": self.email })
    }
}
