//! Who may call.

use serde_json::{Value, json};

use crate::{
    body,
    credential::Credential,
    openapi::{
        operation::{Operation, Tag::Keys},
        schema::named,
    },
    problem,
};

pub(super) fn operations() -> Vec<Operation> {
    let mut all = site_keys();
    all.extend(server_keys());
    all.extend(admin_tokens());
    all
}

fn site_keys() -> Vec<Operation> {
    let origins = json!({ "origins": ["https://shop.example"] });
    vec![
        Operation::new("GET /admin/api/site-keys", "listSiteKeys", Keys, "List the site keys").answers(
            200,
            "All of them, in order.",
            named("SiteKeys"),
        ),
        Operation::new(
            "PUT /admin/api/site-keys/{siteKey}",
            "putSiteKey",
            Keys,
            "Say which origins may use a site key",
        )
        .about("Makes the key if there is none.")
        .takes("SiteKeyChange", body::MAXIMUM, &[("shop", origins)])
        .answers(200, "The key.", named("SiteKey"))
        .such_as(json!({ "key": "pk_live_shop", "origins": ["https://shop.example"] }))
        .refuses(vec![problem::site_key_taken()]),
        Operation::new(
            "DELETE /admin/api/site-keys/{siteKey}",
            "deleteSiteKey",
            Keys,
            "Take a site key away",
        )
        .answers_nothing(204, "No page may use it any more.")
        .refuses(vec![problem::not_found()]),
    ]
}

fn server_keys() -> Vec<Operation> {
    let list = Operation::new("GET /admin/api/server-keys", "listServerKeys", Keys, "List the server keys")
        .answers(200, "All of them, in the order they were made.", named("ServerKeys"));
    let example = json!({ "title": "Checkout server" });
    let make = Operation::new("POST /admin/api/server-keys", "makeServerKey", Keys, "Make a server key");
    let rotate = "POST /admin/api/server-keys/{serverKey}/rotate";
    let rotate = Operation::new(rotate, "rotateServerKey", Keys, "Give a server key a new secret");
    let delete = "DELETE /admin/api/server-keys/{serverKey}";
    vec![
        list,
        made(make, ("ServerKeyRequest", example), "ShownServerKey").refuses(vec![problem::not_configured()]),
        rotated(rotate, "ShownServerKey").refuses(vec![problem::not_configured()]),
        deleted(Operation::new(delete, "deleteServerKey", Keys, "Take a server key away")),
    ]
}

fn admin_tokens() -> Vec<Operation> {
    let list =
        Operation::new("GET /admin/api/admin-tokens", "listAdminTokens", Keys, "List the admin tokens")
            .answers(200, "All of them, in the order they were made.", named("AdminTokens"));
    let example = json!({ "title": "Ada", "role": "editor" });
    let make = Operation::new("POST /admin/api/admin-tokens", "makeAdminToken", Keys, "Make an admin token");
    let rotate = "POST /admin/api/admin-tokens/{adminToken}/rotate";
    let rotate = Operation::new(rotate, "rotateAdminToken", Keys, "Give an admin token a new secret");
    let delete = "DELETE /admin/api/admin-tokens/{adminToken}";
    vec![
        list,
        made(make, ("AdminTokenRequest", example), "ShownAdminToken"),
        rotated(rotate, "ShownAdminToken"),
        deleted(Operation::new(delete, "deleteAdminToken", Keys, "Take an admin token away")),
    ]
}

fn made(operation: Operation, (request, example): (&str, Value), shown: &str) -> Operation {
    operation
        .about("Its secret is shown this once.")
        .idempotent()
        .takes(request, body::MAXIMUM, &[("usual", example)])
        .answers(201, "What was made, with its secret.", named(shown))
        .refuses(vec![
            problem::too_many("credentials", Credential::MAXIMUM),
            problem::already_made("3b0c5f7a9d21"),
        ])
}

fn rotated(operation: Operation, shown: &str) -> Operation {
    operation
        .about("The secret before stays good for a while.")
        .idempotent()
        .takes("Rotation", body::MAXIMUM, &[("anHour", json!({ "overlapSeconds": 3600 }))])
        .answers(200, "What it is now, with its new secret.", named(shown))
        .refuses(vec![problem::not_found(), problem::already_made("3b0c5f7a9d21")])
}

fn deleted(operation: Operation) -> Operation {
    operation.answers_nothing(204, "Its secrets are good no longer.").refuses(vec![problem::not_found()])
}
