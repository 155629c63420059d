//! Keys and tokens, as they are listed and as they are shown once.

use crate::{
    credential::Role,
    openapi::schema::{
        Fields, Schema, about, answered, between, bounded, id, instant, list, maybe, named, one_of, pattern,
        sent, such_as,
    },
    site_key::SiteKey,
};

/// A week, in seconds.
const MAXIMUM_OVERLAP: u64 = 7 * 24 * 60 * 60;

pub(super) fn schemas() -> Fields {
    vec![
        ("SiteKey", about(site_key(), "A site key and the origins whose pages may use it.")),
        ("SiteKeys", answered(vec![("siteKeys", list(named("SiteKey")))])),
        ("SiteKeyChange", sent(vec![("origins", origins())], Vec::new())),
        ("ServerKey", answered(facts())),
        ("ServerKeys", answered(vec![("serverKeys", list(named("ServerKey")))])),
        ("ServerKeyRequest", sent(vec![("title", such_as(id(), "Checkout server"))], Vec::new())),
        (
            "ShownServerKey",
            about(shown_server_key(), "A server key with its secrets, which are shown this once."),
        ),
        ("AdminToken", answered(with_role())),
        ("AdminTokens", answered(vec![("adminTokens", list(named("AdminToken")))])),
        ("AdminTokenRequest", sent(vec![("title", such_as(id(), "Ada")), ("role", role())], Vec::new())),
        (
            "ShownAdminToken",
            about(shown_admin_token(), "An admin token with its secret, which is shown this once."),
        ),
        ("Rotation", sent(Vec::new(), vec![("overlapSeconds", overlap())])),
    ]
}

fn origins() -> Schema {
    bounded(such_as(pattern("^https?://"), "https://shop.example"), 0, SiteKey::MAXIMUM_ORIGINS)
}

fn site_key() -> Schema {
    answered(vec![("key", pattern("^pk_[A-Za-z0-9_]{3,64}$")), ("origins", origins())])
}

fn overlap() -> Schema {
    about(
        between(0, MAXIMUM_OVERLAP),
        "How long the secret before stays good, in seconds: a day where nothing is said.",
    )
}

fn role() -> Schema {
    one_of(&Role::ALL.map(Role::name))
}

fn facts() -> Fields {
    vec![
        ("id", pattern("^[0-9a-f]{12}$")),
        ("title", id()),
        ("createdAt", instant()),
        ("rotatedAt", maybe(instant())),
        ("previousUntil", about(maybe(instant()), "Until when the secret before is good.")),
    ]
}

fn with_role() -> Fields {
    let mut fields = facts();
    fields.push(("role", role()));
    fields
}

fn shown_server_key() -> Schema {
    let mut fields = facts();
    fields.push(("secret", pattern("^sk_[0-9a-f]{12}_[0-9a-f]{64}$")));
    fields.push(("customerSecret", about(pattern("^cs_"), "What the server signs customer tokens with.")));
    answered(fields)
}

fn shown_admin_token() -> Schema {
    let mut fields = with_role();
    fields.push(("secret", pattern("^ft_[0-9a-f]{12}_[0-9a-f]{64}$")));
    answered(fields)
}
