//! How many wrong codes a shopper may try: what one address, and one signed customer, has tried already.

use std::net::IpAddr;

use pricing::model::{CouponCode, Instant};
use serde::{Deserialize, Serialize};
use worker::{Env, Headers, Method, Request, RequestInit, wasm_bindgen::JsValue};

use crate::{
    answer::Answer,
    problem::{self, Failure},
    store_id::StoreId,
};

/// The most different wrong codes of a window. Who misreads a flyer needs two or three.
pub(crate) const MAXIMUM_WRONG: usize = 10;

/// How long a window is, in milliseconds: ten wrong codes in ten minutes are half a million in a year, of which the
/// shortest codes alone have 47,000 different.
pub(crate) const WINDOW_MILLIS: i64 = 10 * 60 * 1000;

/// The most right codes that are remembered.
const MAXIMUM_RIGHT: usize = 50;

/// The binding's name in `wrangler.toml`.
const OBJECTS: &str = "THROTTLE";

/// Codes of one request, as hashes: an object never knows a code.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Tried {
    pub(crate) right: Vec<String>,
    pub(crate) wrong: Vec<String>,
}

/// What was tried since the window began.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Window {
    /// In milliseconds; where nothing wrong was tried, no window is open.
    began_at: Option<i64>,
    tried: Tried,
}

/// What there was too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Throttled {
    /// Wrong codes.
    Codes,
    /// Links asked for.
    Links,
}

impl Throttled {
    const fn name(self) -> &'static str {
        match self {
            Self::Codes => "codes",
            Self::Links => "links",
        }
    }
}

/// Whether the answer to a request may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Standing {
    pub(crate) allowed: bool,
    /// How many more wrong codes may be tried.
    pub(crate) remaining: usize,
    /// Until the window ends, in whole seconds.
    pub(crate) seconds: i64,
}

impl Window {
    /// Takes in what a request tried, and says whether its answer may be told.
    ///
    /// What was told before may be told again: a code that stays in a cart is no new guess. When nothing is left to
    /// try, a right code that was not told before gets the same refusal as a wrong one, as else it would be found out.
    pub(crate) fn take_in(&mut self, tried: &Tried, now: Instant) -> Standing {
        let now = now.millis();
        if self.began_at.is_some_and(|began| !(0..WINDOW_MILLIS).contains(&now.saturating_sub(began))) {
            *self = Self::default();
        }
        let is_new = |known: &[String], code: &&String| !known.contains(code);
        let mut wrong: Vec<_> =
            tried.wrong.iter().filter(|code| is_new(&self.tried.wrong, code)).cloned().collect();
        wrong.sort();
        wrong.dedup();
        let right: Vec<_> =
            tried.right.iter().filter(|code| is_new(&self.tried.right, code)).cloned().collect();
        let left = self.remaining();
        let allowed = if left == 0 { wrong.is_empty() && right.is_empty() } else { wrong.len() <= left };
        if !wrong.is_empty() {
            self.began_at.get_or_insert(now);
            self.tried.wrong.extend(wrong.into_iter().take(left));
        }
        if allowed {
            self.tried.right.extend(right);
            self.tried.right.truncate(MAXIMUM_RIGHT);
        }
        Standing { allowed, remaining: self.remaining(), seconds: self.seconds(now) }
    }

    fn remaining(&self) -> usize {
        MAXIMUM_WRONG.saturating_sub(self.tried.wrong.len())
    }

    fn seconds(&self, now: i64) -> i64 {
        let began = self.began_at.unwrap_or(now);
        let left = began.saturating_add(WINDOW_MILLIS).saturating_sub(now);
        left.saturating_add(999).div_euclid(1000)
    }
}

/// Asks every window that a request falls into whether its answer may be told; nothing where it brought no code.
///
/// # Errors
/// `tooManyWrongCodes`, with the headers that say when to come back.
pub(crate) async fn admit(
    env: &Env,
    store: &StoreId,
    headers: &Headers,
    customer: Option<&str>,
    tried: &Tried,
) -> Result<Option<Standing>, Failure> {
    if tried.right.is_empty() && tried.wrong.is_empty() {
        return Ok(None);
    }
    let address = headers.get("CF-Connecting-IP")?.unwrap_or_default();
    let mut standing = ask(env, &format!("{store}/address/{}", network(&address)), tried).await?;
    if let Some(customer) = customer {
        let other = ask(env, &format!("{store}/customer/{customer}"), tried).await?;
        if !other.allowed || (standing.allowed && other.remaining < standing.remaining) {
            standing = other;
        }
    }
    if standing.allowed { Ok(Some(standing)) } else { Err(Failure::Throttled(Throttled::Codes, standing)) }
}

/// Counts a link that is asked for: each is as a wrong code is, but by itself. The same `id` again is the same link.
///
/// # Errors
/// `tooManyLinks`, with the headers that say when to come back.
pub(crate) async fn links(
    env: &Env,
    store: &StoreId,
    headers: &Headers,
    id: String,
) -> Result<Standing, Failure> {
    let address = headers.get("CF-Connecting-IP")?.unwrap_or_default();
    let tried = Tried { wrong: vec![id], ..Tried::default() };
    let standing = ask(env, &format!("{store}/links/{}", network(&address)), &tried).await?;
    if standing.allowed { Ok(standing) } else { Err(Failure::Throttled(Throttled::Links, standing)) }
}

/// Tells how many more wrong codes may be tried, or links asked for (draft-ietf-httpapi-ratelimit-headers).
pub(crate) fn tell(answer: Answer, of: Throttled, standing: Standing) -> Answer {
    let window = WINDOW_MILLIS.div_euclid(1000);
    let name = of.name();
    let answer = answer
        .with("RateLimit-Policy", format!("\"{name}\";q={MAXIMUM_WRONG};w={window}"))
        .with("RateLimit", format!("\"{name}\";r={};t={}", standing.remaining, standing.seconds));
    if standing.allowed { answer } else { answer.with("Retry-After", standing.seconds.to_string()) }
}

/// The problem of who has tried too many.
pub(crate) fn problem(of: Throttled, standing: Standing) -> wire::Problem {
    match of {
        Throttled::Codes => problem::too_many_wrong_codes(standing.seconds),
        Throttled::Links => problem::too_many_links(standing.seconds),
    }
}

async fn ask(env: &Env, name: &str, tried: &Tried) -> Result<Standing, Failure> {
    let stub = env.durable_object(OBJECTS)?.get_by_name(name)?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(JsValue::from_str(&serde_json::to_string(tried)?)));
    let mut response = stub.fetch_with_request(Request::new_with_init("https://throttle/", &init)?).await?;
    Ok(response.json().await?)
}

/// A code as an object knows it: in the spelling that codes are compared in, hashed.
pub(crate) fn hash(code: &str) -> String {
    seal::hash(&CouponCode::normalise(code))
}

/// Whoever has one IPv6 address has 2^64 of them: they are counted as one.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use pricing::model::Instant;

    use super::{Tried, WINDOW_MILLIS, Window, network};

    fn texts(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    fn tried(right: &[&str], wrong: &[&str]) -> Tried {
        Tried { right: texts(right), wrong: texts(wrong) }
    }

    fn at(millis: i64) -> Instant {
        Instant::from_millis(millis)
    }

    fn exhausted() -> Window {
        let mut window = Window::default();
        assert!(window.take_in(&tried(&["told"], &[]), at(0)).allowed);
        for guess in 0..10 {
            let standing = window.take_in(&tried(&[], &[&guess.to_string()]), at(guess));
            assert_eq!(
                (standing.allowed, standing.remaining),
                (true, usize::try_from(9_i64.saturating_sub(guess)).unwrap())
            );
        }
        window
    }

    #[test]
    fn the_eleventh_wrong_code_is_refused_and_so_is_a_right_one() {
        let mut window = exhausted();
        let refused = window.take_in(&tried(&[], &["10"]), at(60_000));
        assert_eq!((refused.allowed, refused.remaining, refused.seconds), (false, 0, 540));
        assert!(!window.take_in(&tried(&["right"], &[]), at(60_000)).allowed);
    }

    #[test]
    fn what_was_told_is_told_again() {
        let mut window = exhausted();
        assert!(window.take_in(&tried(&["told"], &["3", "4"]), at(1_000)).allowed);
        assert!(!window.take_in(&tried(&["told", "new"], &[]), at(1_000)).allowed);
    }

    #[test]
    fn many_guesses_at_once_are_as_many_guesses() {
        let mut window = Window::default();
        assert!(window.take_in(&tried(&[], &["a", "b", "c"]), at(0)).allowed);
        let more = ["d", "e", "f", "g", "h", "i", "j", "k"];
        assert!(!window.take_in(&tried(&[], &more), at(0)).allowed);
        assert!(!window.take_in(&tried(&[], &["l"]), at(0)).allowed);
    }

    #[test]
    fn the_window_ends() {
        let mut window = exhausted();
        assert!(!window.take_in(&tried(&[], &["x"]), at(WINDOW_MILLIS - 1)).allowed);
        assert!(window.take_in(&tried(&[], &["x"]), at(WINDOW_MILLIS)).allowed);
    }

    #[test]
    fn a_right_code_opens_no_window() {
        let mut window = Window::default();
        for moment in 0..100 {
            let standing = window.take_in(&tried(&["a"], &[]), at(moment));
            assert_eq!((standing.allowed, standing.remaining), (true, 10));
        }
    }

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1:3::1"), network("2001:db8:1:2::1"));
        assert_eq!(network("192.0.2.1"), "192.0.2.1");
        assert_eq!(network(""), "unknown");
    }
}
