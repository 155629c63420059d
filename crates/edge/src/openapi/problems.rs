//! The answers that are problems. Each is made by what makes it when it happens, so its status, code and words are the
//! real ones.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use wire::Problem;

use super::{operation::Operation, schema::named};
use crate::{
    caller::Access,
    credential::Role,
    problem,
    throttle::{self, Standing, Throttled},
};

/// What can go wrong with any request of this access.
fn of_access(access: Access) -> Vec<Problem> {
    let mut problems = vec![
        problem::malformed_url(),
        problem::fault("/colour", "unknownParameter", "there is no parameter `colour` here"),
        problem::internal(),
    ];
    match access {
        Access::Open => {}
        Access::Site => problems.extend([problem::unknown_site_key(), problem::origin_not_allowed()]),
        Access::Server => problems.push(problem::unknown_server_key()),
        Access::Staff(role) => {
            problems.extend([problem::unauthorized(), problem::not_configured()]);
            if role > Role::Viewer {
                problems.push(problem::forbidden(role));
            }
        }
    }
    problems
}

/// Problem answers and examples of the whole document: those that are alike stand in it once.
#[derive(Debug, Default)]
pub(super) struct Problems {
    responses: BTreeMap<String, Value>,
    examples: BTreeMap<&'static str, Problem>,
}

impl Problems {
    /// References to the problem answers of an operation, by status.
    pub(super) fn of(&mut self, operation: &Operation, access: Access) -> Vec<(u16, Value)> {
        let mut by_status: BTreeMap<u16, BTreeMap<&'static str, Problem>> = BTreeMap::new();
        for problem in of_access(access).into_iter().chain(operation.problems.iter().cloned()) {
            by_status.entry(problem.status).or_default().insert(problem.code, problem);
        }
        by_status.into_iter().map(|(status, problems)| (status, self.response(status, problems))).collect()
    }

    fn response(&mut self, status: u16, problems: BTreeMap<&'static str, Problem>) -> Value {
        let codes: Vec<_> = problems.keys().copied().collect();
        let name = format!("{status}.{}", codes.join("."));
        let reference = json!({ "$ref": format!("#/components/responses/{name}") });
        self.responses.entry(name).or_insert_with(|| response(status, &problems));
        self.examples.extend(problems);
        reference
    }

    /// For the document's components.
    pub(super) fn into_components(self) -> (Value, Value) {
        let examples: Map<_, _> = self
            .examples
            .into_iter()
            .map(|(code, problem)| (code.to_owned(), json!({ "value": problem })))
            .collect();
        (self.responses.into_iter().collect::<Map<_, _>>().into(), examples.into())
    }
}

fn response(status: u16, problems: &BTreeMap<&'static str, Problem>) -> Value {
    let titles: Vec<_> =
        problems.values().map(|problem| format!("`{}`: {}.", problem.code, problem.title)).collect();
    let examples: Map<_, _> = problems
        .keys()
        .map(|code| ((*code).to_owned(), json!({ "$ref": format!("#/components/examples/{code}") })))
        .collect();
    let codes: Vec<_> = problems.keys().collect();
    let told = json!({ "properties": { "status": { "const": status }, "code": { "enum": codes } } });
    let schema = json!({ "allOf": [named("Problem"), told] });
    json!({
        "description": titles.join(" "),
        "headers": of_codes(&codes),
        "content": { "application/problem+json": { "schema": schema, "examples": examples } },
    })
}

/// The headers that come with these codes.
fn of_codes(codes: &[&&'static str]) -> Value {
    let has = |code: &str| codes.iter().any(|known| **known == code);
    let mut names = Vec::new();
    if has("unauthorized") || has("unknownServerKey") {
        names.push("WWW-Authenticate");
    }
    if has("unknownCode") || has("tooManyWrongCodes") || has("tooManyLinks") {
        names.extend(["RateLimit", "RateLimit-Policy"]);
    }
    if has("tooManyWrongCodes") || has("tooManyLinks") {
        names.push("Retry-After");
    }
    headers(&names)
}

/// References to headers of the document, with those that every answer has.
pub(super) fn headers(names: &[&str]) -> Value {
    let all = ["Cache-Control", "X-Content-Type-Options"].iter().chain(names);
    let reference = |name: &&str| json!({ "$ref": format!("#/components/headers/{name}") });
    all.map(|name| ((*name).to_owned(), reference(name))).collect::<Map<_, _>>().into()
}

const TOO_MANY: Standing = Standing { allowed: false, remaining: 0, seconds: 540 };

/// What a shopper who tried too many codes is told.
pub(super) fn throttled() -> Problem {
    throttle::problem(Throttled::Codes, TOO_MANY)
}

/// What a visitor who asked for too many links is told.
pub(super) fn throttled_links() -> Problem {
    throttle::problem(Throttled::Links, TOO_MANY)
}
