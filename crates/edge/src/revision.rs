//! Changes that are built on what was read. What can be read and written at one address has an `ETag`, and a change that
//! names it in `If-Match` is carried out only if nobody made another since.

use serde_json::Value;
use worker::{Method as Verb, Request};

use crate::{
    answer::{self, Answer},
    call::Call,
    problem::{self, Failure},
    routes::table::{Method, Route},
    store::audit,
};

/// What is told with a thing and nobody writes: how often it was used, how far it has come.
const BESIDE: [&str; 2] = ["uses", "progress"];

/// Lets a method of such an address answer, unless the caller's change is built on what is no longer there.
///
/// # Errors
/// `changedSince`, and whatever the method refuses.
pub(crate) async fn answer(route: &Route, method: &Method, mut call: Call) -> Result<Answer, Failure> {
    if method.name != "GET"
        && let Some(held) = call.header("If-Match")?
    {
        // Before the thing is looked at: what comes in between is seen there or by whoever writes.
        call.since = Some(audit::last(&call.database()?, call.store()).await?);
        if !present(route, &call).await?.is_some_and(|tag| answer::matches(&held, &tag)) {
            return Err(problem::changed_since().into());
        }
    }
    let answer = (method.answer)(call).await?;
    let tag = tag(&answer)?;
    Ok(match tag {
        Some(tag) => answer.with("ETag", tag),
        None => answer,
    })
}

/// The tag of the thing as it is now, where it is there.
async fn present(route: &Route, call: &Call) -> Result<Option<String>, Failure> {
    let Some(get) = route.method("GET") else { return Ok(None) };
    let request = Request::new(call.request.url()?.as_str(), Verb::Get)?;
    match (get.answer)(call.beside(request)).await {
        Ok(answer) => tag(&answer),
        Err(Failure::Told(problem)) if problem.status == 404 => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The tag of what an answer tells; nothing where it has no body.
fn tag(answer: &Answer) -> Result<Option<String>, Failure> {
    let Some(text) = answer.text() else { return Ok(None) };
    let mut thing: Value = serde_json::from_str(text)?;
    if let Some(fields) = thing.as_object_mut() {
        fields.retain(|name, _| !BESIDE.contains(&name.as_str()));
    }
    Ok(Some(format!("\"{}\"", wire::digest(&thing))))
}

#[cfg(test)]
mod tests {
    use super::tag;
    use crate::answer::{nothing, written};

    #[test]
    fn a_tag_is_of_what_is_written() {
        let of = |text: &str| tag(&written(200, text.to_owned())).expect("JSON").expect("a tag");
        let one = of(r#"{"id":"u","title":"A","uses":{"held":0}}"#);
        assert_eq!(one, of(r#"{"title":"A","uses":{"held":7},"id":"u","progress":null}"#));
        assert_ne!(one, of(r#"{"id":"u","title":"B","uses":{"held":0}}"#));
        assert!(one.starts_with("\"sha256-") && one.ends_with('"'));
        assert_eq!(tag(&nothing(204)).expect("no body"), None);
    }
}
