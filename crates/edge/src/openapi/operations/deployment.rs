//! Whether all is set up, and the document itself.

use serde_json::json;

use crate::{
    openapi::{
        operation::{Operation, Tag::Deployment},
        schema::named,
    },
    problem,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![health(), document()]
}

fn health() -> Operation {
    Operation::new("GET /health", "getHealth", Deployment, "Ask whether all is set up")
        .answers(200, "The Worker is set up and its database answers.", named("Health"))
        .such_as(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
        .refuses(vec![problem::database_unavailable(), problem::not_configured()])
}

fn document() -> Operation {
    Operation::new("GET /openapi.json", "getOpenapi", Deployment, "Get this document")
        .with(&["IfNoneMatch"])
        .answers(200, "This document.", json!({ "type": "object", "required": ["openapi", "info", "paths"] }))
        .headed(&["ETag"])
        .answers_nothing(304, "The caller holds it.")
        .headed(&["ETag"])
}
