//! The addresses of the document: what the table of routes says, with what is told of each.

use serde_json::{Map, Value, json};

use super::{
    operation::{Answer, Operation},
    problems::{Problems, headers},
};
use crate::{
    caller::Access,
    routes::table::{Method, Route},
};

/// Every address with its methods. What is told of no route is left out, and a route of which nothing is told too: a test
/// sees that there is neither.
pub(super) fn paths(routes: &[Route], operations: &[Operation], problems: &mut Problems) -> Value {
    let mut paths = Map::new();
    for route in routes {
        let mut methods = Map::new();
        let mut name = route.path;
        for method in route.methods {
            let Some(operation) = operations.iter().find(|told| is_of(told, route, method)) else { continue };
            name = operation.path;
            methods.insert(method.name.to_ascii_lowercase(), written(operation, method.access, problems));
        }
        paths.insert(name.to_owned(), methods.into());
    }
    paths.into()
}

/// Whether that is told of this method of this route.
pub(super) fn is_of(operation: &Operation, route: &Route, method: &Method) -> bool {
    operation.method == method.name && unnamed(operation.path) == route.path
}

/// A path as the table has it, its segment without a name.
fn unnamed(path: &str) -> String {
    match segment(path) {
        Some(name) => path.replace(&format!("{{{name}}}"), "{}"),
        None => path.to_owned(),
    }
}

/// The name of the path's own segment.
fn segment(path: &str) -> Option<&str> {
    let (_, rest) = path.split_once('{')?;
    rest.split_once('}').map(|(name, _)| name)
}

fn written(operation: &Operation, access: Access, problems: &mut Problems) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    put("operationId", operation.id.into());
    put("tags", json!([operation.tag.name()]));
    put("summary", operation.summary.into());
    let role = match access {
        Access::Staff(role) => format!("Takes the role `{}`.", role.name()),
        _ => String::new(),
    };
    let about = [operation.about, &role].join(" ");
    if !about.trim().is_empty() {
        put("description", about.trim().into());
    }
    put("security", security(access));
    let parameters = parameters(operation, access);
    if !parameters.is_empty() {
        put("parameters", parameters.into());
    }
    if let Some(body) = &operation.body {
        put("requestBody", body.clone());
    }
    put("responses", responses(operation, access, problems));
    fields.into()
}

/// Which key or token, and which role of those that tokens have.
fn security(access: Access) -> Value {
    match access {
        Access::Open => json!([]),
        Access::Site => json!([{ "siteKey": [] }]),
        Access::Server => json!([{ "serverKey": [] }]),
        Access::Staff(role) => json!([{ "adminToken": [role.name()] }]),
    }
}

fn parameters(operation: &Operation, access: Access) -> Vec<Value> {
    let own = segment(operation.path);
    let store = matches!(access, Access::Staff(_)).then_some("store");
    own.into_iter()
        .chain(operation.parameters.iter().copied())
        .chain(store)
        .map(|name| json!({ "$ref": format!("#/components/parameters/{name}") }))
        .collect()
}

fn responses(operation: &Operation, access: Access, problems: &mut Problems) -> Value {
    let answers = operation.answers.iter().map(|answer| (answer.status, good(answer, operation)));
    let all = answers.chain(problems.of(operation, access));
    all.map(|(status, response)| (status.to_string(), response)).collect::<Map<_, _>>().into()
}

/// What is answered when all is well.
fn good(answer: &Answer, operation: &Operation) -> Value {
    let mut response = json!({ "description": answer.about, "headers": headers(&answer.headers) });
    let Some(schema) = &answer.schema else { return response };
    let mut content = json!({ "schema": schema });
    if let (Some(example), Some(fields)) = (&answer.example, content.as_object_mut()) {
        fields.insert("examples".to_owned(), json!({ operation.id: { "value": example } }));
    }
    let mut all = json!({ answer.media: content });
    if let (Some(text), Some(all)) = (answer.or, all.as_object_mut()) {
        all.insert(text.to_owned(), json!({ "schema": { "type": "string" } }));
    }
    if let Some(fields) = response.as_object_mut() {
        fields.insert("content".to_owned(), all);
    }
    response
}
