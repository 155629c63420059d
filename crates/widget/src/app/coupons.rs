//! Attaching and detaching coupon codes.

use client::ClientError;
use wire::Json;

use super::{App, change, note, peek, sync::refresh, tell};
use crate::{
    cart::CartStateError,
    failure::Failure,
    page::nfkc,
    text::{self, Word},
};

/// Attaches a code as typed, once the edge has handed over its rule.
pub async fn apply_coupon(typed: &str) -> Result<(), Failure> {
    let code = nfkc(typed);
    note(|app| {
        app.coupon_error = None;
        app.is_checking_code = true;
    });
    let outcome = attach(&code).await;
    note(|app| app.is_checking_code = false);
    match outcome {
        Ok(status) => {
            tell("coupon-applied", &status, false);
            Ok(())
        }
        Err((failure, words)) => {
            note(|app| app.coupon_error = Some(words));
            tell(
                "coupon-rejected",
                &Json::object(&mut [("code", failure.code.clone().into()), ("coupon", code.into())]),
                false,
            );
            Err(failure)
        }
    }
}

/// Detaches a code.
pub fn remove_coupon(code: &str) -> Result<(), Failure> {
    change(|app| {
        app.cart.detach(code);
        app.shop.detach(code);
        app.coupon_error = None;
        Ok(())
    })
}

type Refusal = (Failure, &'static str);

/// What became of the code, as the quote tells it.
async fn attach(code: &str) -> Result<Json, Refusal> {
    let client = peek(|app| app.cart.clone().attach(code).map(|()| app.client.clone()));
    let client =
        client.ok_or_else(|| (Failure::not_ready(), text::say(Word::Unreachable)))?.map_err(|error| {
            let words = match error {
                CartStateError::RepeatedCode => text::say(Word::RepeatedCode),
                CartStateError::TooManyCodes => text::say(Word::TooManyCodes),
                _ if code.trim().is_empty() => text::say(Word::NoCode),
                _ => text::say(Word::UnknownCode),
            };
            (error.into(), words)
        })?;
    let answer = client.check_coupon(code).await.map_err(refusal)?;
    let version = answer.str_of("snapshotVersion");
    if peek(|app| version != Some(app.shop.engine().version())) == Some(true) {
        // The rules have changed since this page was opened: the coupon belongs to the new ones.
        refresh().await.map_err(|failure| (failure, text::say(Word::Unreachable)))?;
    }
    let unreadable = || Failure::from(ClientError::Unreadable);
    change(|app| {
        let code = app.shop.attach(&answer).ok_or_else(unreadable)?;
        app.cart.attach(&code)?;
        Ok(())
    })
    .map_err(|failure| (failure, text::say(Word::Unreachable)))?;
    Ok(peek(|app| app.code_json(code)).unwrap_or_default())
}

fn refusal(error: ClientError) -> Refusal {
    let words = match &error {
        ClientError::Problem { status: 429, .. } => text::say(Word::Throttled),
        ClientError::Problem { status: 404 | 422, .. } => text::say(Word::UnknownCode),
        _ => text::say(Word::Unreachable),
    };
    (error.into(), words)
}

impl App {
    fn code_json(&self, typed: &str) -> Json {
        let code = pricing::model::CouponCode::normalise(typed);
        let quote = Json::parse(&self.quote()).unwrap_or_default();
        let outcomes = quote.items_of("codes").iter();
        outcomes
            .into_iter()
            .find(|outcome| outcome.str_of("code") == Some(&code))
            .cloned()
            .unwrap_or_default()
    }
}
