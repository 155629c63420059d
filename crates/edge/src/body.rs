//! Request bodies: JSON of a bounded size.

use futures_util::StreamExt as _;
use serde_json::Value;
use wire::{Problem, read};
use worker::{Headers, Request};

use crate::problem::{self, Failure};

/// The most bytes a browser may send. 500 lines with ids and SKUs of 40 characters are 60 KB; four times that leaves
/// room for long names, and a parsed body is a few MB at most.
pub(crate) const MAXIMUM: usize = 256 * 1024;

/// The most bytes an import or a simulation may bring: 10,000 discounts of about 500 bytes and 5,000 products of about
/// 600 are 8 MB. Its text, its parsed form and the rows made of it are held at once, about eight times its size, in an
/// isolate of 128 MB.
pub(crate) const MAXIMUM_OF_STORE: usize = 8 * 1024 * 1024;

/// Reads the body as JSON of at most `limit` bytes.
///
/// # Errors
/// Not said to be JSON, too large, or not JSON.
pub(crate) async fn json(request: &mut Request, limit: usize) -> Result<Value, Failure> {
    if !is_json(request.headers())? {
        return Err(problem::unsupported_media_type().into());
    }
    let bytes = bytes_of(request, limit).await?;
    Ok(parse(&bytes)?)
}

/// Reads a body that has nothing to say: none, or `{}`.
///
/// # Errors
/// It says something, or is not JSON.
pub(crate) async fn nothing(request: &mut Request) -> Result<(), Failure> {
    let bytes = bytes_of(request, MAXIMUM).await?;
    // Of no body nobody needs to say what it is.
    if bytes.is_empty() {
        return Ok(());
    }
    if !is_json(request.headers())? {
        return Err(problem::unsupported_media_type().into());
    }
    Ok(read::read(&parse(&bytes)?, |node| node.object(|_| Some(())))?)
}

/// Reads no further than the limit, whatever length was announced.
async fn bytes_of(request: &mut Request, limit: usize) -> Result<Vec<u8>, Failure> {
    let announced = request.headers().get("Content-Length")?.and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(problem::body_too_large(limit).into());
    }
    if request.inner().body().is_none() {
        return Ok(Vec::new());
    }
    if announced.is_some() {
        // The runtime reads no more than was announced.
        return Ok(request.bytes().await?);
    }
    let mut bytes = Vec::new();
    let mut chunks = request.stream()?;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk?;
        if bytes.len().saturating_add(chunk.len()) > limit {
            return Err(problem::body_too_large(limit).into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn is_json(headers: &Headers) -> worker::Result<bool> {
    let content_type = headers.get("Content-Type")?.unwrap_or_default();
    let encoding = headers.get("Content-Encoding")?.unwrap_or_default();
    Ok(names_json(&content_type) && (encoding.is_empty() || encoding.eq_ignore_ascii_case("identity")))
}

/// Whether a content type is `application/json`, in UTF-8 where it says a character set.
fn names_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    is_json
        && parts.filter_map(|part| part.split_once('=')).all(|(name, value)| {
            !name.trim().eq_ignore_ascii_case("charset")
                || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
}

fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    wire::document(core::str::from_utf8(bytes).map_err(|_| Problem::not_utf8())?)
}

#[cfg(test)]
mod tests {
    use super::{names_json, parse};

    #[test]
    fn json_is_known_by_its_type() {
        for good in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/json;charset=\"utf-8\"",
            "application/json; v=1",
        ] {
            assert!(names_json(good), "{good}");
        }
        for bad in [
            "",
            "text/plain",
            "application/jsonp",
            "application/problem+json",
            "application/json; charset=latin1",
            "text/json",
        ] {
            assert!(!names_json(bad), "{bad}");
        }
    }

    #[track_caller]
    fn refused(bytes: &[u8]) {
        let problem = parse(bytes).expect_err("a problem");
        assert_eq!((problem.status, problem.code), (400, "malformedJson"));
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for bytes in [
            &b""[..],
            b"{",
            b"{}x",
            b"\xff",
            b"\"\xc3\x28\"",
            b"\"\\ud800\"",
            b"1e999",
            b"NaN",
            b"\xef\xbb\xbf{}",
            b"{\"a\":1,\"a\":1}",
        ] {
            refused(bytes);
        }
        refused("[".repeat(100_000).as_bytes());
        assert!(parse(b" {\"a\":[1]} ").is_ok());
    }
}
