//! Everything that can go wrong, each with its stable code. What a caller did is told to the caller; what we did is
//! logged, and the caller learns only that it was not them.

use seal::KeyringError;
use wire::{Fault, Problem};

use crate::{
    answer::{self, Answer},
    credential::Role,
    throttle::{self, Standing, Throttled},
};

/// The most faults of one answer. A file may have one in every item; who mends a thousand asks again, and no small body
/// makes a large answer.
const MAXIMUM_FAULTS: usize = 1_000;

/// Why a request gets no answer of its own.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The caller is told.
    Told(Box<Problem>),
    /// The caller has tried too much, and is told when to come back.
    Throttled(Throttled, Standing),
    /// Ours: logged, and told only as `internal`.
    Internal(String),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Told(Box::new(problem))
    }
}

impl From<Vec<Fault>> for Failure {
    fn from(faults: Vec<Fault>) -> Self {
        let count = faults.len();
        let mut problem = Problem::invalid(faults);
        if count > MAXIMUM_FAULTS {
            problem.errors.truncate(MAXIMUM_FAULTS);
            problem.detail = format!("{count} faults, the first {MAXIMUM_FAULTS} listed with their places");
        }
        problem.into()
    }
}

impl From<worker::Error> for Failure {
    fn from(error: worker::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl Failure {
    /// The answer that tells of it.
    ///
    /// # Errors
    /// It can't be written.
    pub(crate) fn answer(self) -> serde_json::Result<Answer> {
        match self {
            Self::Told(problem) => answer::problem(&problem),
            Self::Throttled(of, standing) => {
                Ok(throttle::tell(answer::problem(&throttle::problem(of, standing))?, of, standing))
            }
            Self::Internal(cause) => {
                worker::console_error!("{cause}");
                answer::problem(&internal())
            }
        }
    }
}

/// One fault of the input as a whole answer. `pointer` leads into the body, or into the query read as an object.
pub(crate) fn fault(pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Problem {
    Problem::invalid(vec![Fault { pointer: pointer.into(), code, detail: detail.into() }])
}

pub(crate) fn internal() -> Problem {
    Problem::new(500, "internal", "Something went wrong on our side", "Nothing was changed; try again")
}

pub(crate) fn no_route() -> Problem {
    Problem::new(404, "notFound", "There is nothing here", "No route has this path")
}

pub(crate) fn not_found() -> Problem {
    let detail = "The store has nothing of this id, or has it no more";
    Problem::new(404, "notFound", "There is nothing here", detail)
}

pub(crate) fn method_not_allowed(allowed: &str) -> Problem {
    let detail = format!("This path answers {allowed}");
    Problem::new(405, "methodNotAllowed", "The path has no such method", detail)
}

pub(crate) fn malformed_url() -> Problem {
    Problem::new(
        400,
        "malformedUrl",
        "The address can't be read",
        "Percent-encode what is not a plain character, `%` too, as UTF-8",
    )
}

pub(crate) fn unknown_site_key() -> Problem {
    let detail = "Add `?key=` with a site key of the store, `pk_…`";
    Problem::new(401, "unknownSiteKey", "The site key is missing or unknown", detail)
}

pub(crate) fn origin_not_allowed() -> Problem {
    let detail = "Add the page's origin, exactly as the browser sends it, to the site key";
    Problem::new(403, "originNotAllowed", "The site key does not allow this origin", detail)
}

pub(crate) fn unauthorized() -> Problem {
    let detail = "Send the admin token as `Authorization: Bearer …`";
    Problem::new(401, "unauthorized", "The admin token is missing or wrong", detail)
}

pub(crate) fn unknown_server_key() -> Problem {
    let detail = "Send a server key of the store as `Authorization: Bearer sk_…`";
    Problem::new(401, "unknownServerKey", "The server key is missing or unknown", detail)
}

pub(crate) fn forbidden(needed: Role) -> Problem {
    let detail = format!("This takes the role `{}`; ask an owner of the store", needed.name());
    Problem::new(403, "forbidden", "Your role does not allow this", detail)
}

pub(crate) fn site_key_taken() -> Problem {
    Problem::new(409, "siteKeyTaken", "Another store has this site key", "Choose another name after `pk_`")
}

pub(crate) fn too_many(what: &str, maximum: usize) -> Problem {
    let detail = format!("A store has at most {maximum} {what}; take away what is not used");
    Problem::new(409, "tooMany", "The store has no room for another", detail)
}

pub(crate) fn already_made(id: &str) -> Problem {
    let detail =
        format!("`{id}` was made by the first call, and its secret is shown once: rotate it to get another");
    Problem::new(409, "alreadyMade", "This call was answered before", detail)
}

pub(crate) fn invalid_idempotency_key(maximum: usize) -> Problem {
    let detail = format!("Send 1 to {maximum} visible ASCII characters without spaces");
    Problem::new(400, "invalidIdempotencyKey", "The Idempotency-Key can't be one", detail)
}

pub(crate) fn signing_not_configured(error: &KeyringError) -> Problem {
    let detail = format!("The secret `SIGNING_KEYS` can't sign: {error}");
    Problem::new(503, "notConfigured", "The signing keys are not set up", detail)
}

pub(crate) fn invalid_quote() -> Problem {
    let detail = "Send the `token` of POST /v1/quotes as it came, or the `cart` to have it priced now";
    Problem::new(422, "invalidQuote", "The quote was not signed here, or was changed since", detail)
}

pub(crate) fn invalid_grant(at: usize) -> Problem {
    let detail = "Send the `grant` of POST /v1/offers/session as it came";
    fault(format!("/grants/{at}"), "invalidGrant", detail)
}

pub(crate) fn invalid_link() -> Problem {
    let detail =
        "Open the link in the receipt or the mail again, or ask for a new one with POST /v1/offers/links";
    Problem::new(422, "invalidLink", "The link was not made here, or was changed since", detail)
}

pub(crate) fn visit_expired() -> Problem {
    let detail = "Ask for a new link with POST /v1/offers/links";
    Problem::new(410, "visitExpired", "It is too long ago that the address was confirmed", detail)
}

pub(crate) fn mail_not_set() -> Problem {
    let detail = "Say whose mails they are and where their links lead with PUT /admin/api/mail";
    Problem::new(404, "mailNotSet", "The store has not said how it writes", detail)
}

pub(crate) fn update_sent() -> Problem {
    let detail = "Its words stay as they are: write another";
    Problem::new(409, "updateSent", "The mail was sent", detail)
}

pub(crate) fn mail_failed(error: &str) -> Problem {
    Problem::new(502, "mailFailed", "The mail was not taken", error.to_owned())
}

pub(crate) fn too_many_links(seconds: i64) -> Problem {
    let detail = format!("Too many links were asked for from here; try again in {seconds} seconds");
    Problem::new(429, "tooManyLinks", "No more links for now", detail)
}

pub(crate) fn upgrade_in_set() -> Problem {
    let detail = "A promotion set names it: take it out of the set first";
    Problem::new(409, "upgradeInSet", "The upgrade is a member of a promotion set", detail)
}

pub(crate) fn quote_expired() -> Problem {
    let detail = "A quoted price is honoured for 15 minutes: quote the cart again";
    Problem::new(410, "quoteExpired", "The quote is good no longer", detail)
}

pub(crate) fn quote_mismatch(detail: &str) -> Problem {
    Problem::new(409, "quoteMismatch", "The quote was made for another cart or customer", detail)
}

pub(crate) fn invalid_customer_token() -> Problem {
    let detail =
        "Get one with POST /v1/customers/token, or sign it with the `customerSecret` of a server key";
    Problem::new(401, "invalidCustomerToken", "The customer's token was not signed by the shop", detail)
}

/// A token that the shop has signed, with a payload that is none.
pub(crate) fn unreadable_customer(why: &str) -> Problem {
    let detail = format!("It is signed, but its payload is no customer: {why}");
    Problem::new(401, "invalidCustomerToken", "The customer's token can't be read", detail)
}

pub(crate) fn customer_token_expired() -> Problem {
    let detail = "Ask the shop's server for a new one";
    Problem::new(401, "customerTokenExpired", "The customer's token is good no longer", detail)
}

pub(crate) fn customer_required(place: &str, discount: &str) -> Problem {
    let detail = format!("`{discount}` is counted by customer: send the customer's `id` or `email`");
    fault(place, "customerRequired", detail)
}

pub(crate) fn too_many_wrong_codes(seconds: i64) -> Problem {
    let detail = format!("Too many codes were wrong; try again in {seconds} seconds");
    Problem::new(429, "tooManyWrongCodes", "No more codes for now", detail)
}

pub(crate) fn not_configured() -> Problem {
    let detail = "Set the secret `ADMIN_TOKEN` to a random text of at least 16 characters";
    Problem::new(503, "notConfigured", "The admin token is not set up", detail)
}

pub(crate) fn changed_since() -> Problem {
    let detail = "Read it again and make the change to what is there now";
    Problem::new(412, "changedSince", "It is not what `If-Match` names", detail)
}

pub(crate) fn no_snapshot() -> Problem {
    let detail = "Import a store with POST /admin/api/import";
    Problem::new(409, "noSnapshot", "The store has nothing to price with yet", detail)
}

pub(crate) fn ledger_unavailable() -> Problem {
    let detail = "Try again in a moment; with the same Idempotency-Key or reference nothing happens twice";
    Problem::new(503, "ledgerUnavailable", "The ledger does not answer", detail)
}

pub(crate) fn database_unavailable() -> Problem {
    Problem::new(503, "databaseUnavailable", "The database does not answer", "Try again in a moment")
}

pub(crate) fn body_too_large(limit: usize) -> Problem {
    let detail = format!("Send at most {limit} bytes");
    Problem::new(413, "bodyTooLarge", "The body is too large", detail)
}

pub(crate) fn unsupported_media_type() -> Problem {
    let detail = "Send JSON in UTF-8, uncompressed, as `Content-Type: application/json`";
    Problem::new(415, "unsupportedMediaType", "The body is not said to be JSON", detail)
}

/// The one refusal of a code, whatever the reason, so that nothing about other codes can be learnt from it.
pub(crate) fn unknown_code() -> Problem {
    let detail = "Check the spelling, or whether it has started or ended";
    Problem::new(404, "unknownCode", "This code can't be used", detail)
}
