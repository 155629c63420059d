//! Leaving for the checkout: the edge prices the cart again, and a difference is told before anyone pays.

use client::ClientError;
use pricing::model::Id;
use wire::Json;

use super::{APP, App, change, note, peek, sync::refresh, tell};
use crate::{
    difference::{Cause, Change, Figures, What, cause, changes},
    failure::Failure,
    page::now,
    table::Table,
};

/// How far the checkout is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Checkout {
    /// Not begun.
    #[default]
    Idle,
    /// The edge is pricing.
    Checking,
    /// The edge did not answer.
    Failed,
    /// The edge's price is another one.
    Changed(Difference),
}

/// The edge's price is another one than was shown. Amounts as contract v1 writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Why.
    pub cause: Cause,
    /// The total shown.
    pub before: String,
    /// The total to pay.
    pub after: String,
    /// What came, went or changed; products by title.
    pub changes: Vec<Change>,
}

/// Has the edge price the cart. The answer is `{ quote, changed }`, `changed` being nothing or
/// `{ reason, before, after }`.
async fn checkout() -> Result<Json, Failure> {
    note(|app| app.checkout = Checkout::Checking);
    let outcome = reprice().await;
    note(|app| {
        app.checkout = match &outcome {
            Ok((_, Some(difference))) => Checkout::Changed(difference.clone()),
            Ok((_, None)) => Checkout::Idle,
            Err(_) => Checkout::Failed,
        }
    });
    let (quote, difference) = outcome?;
    let changed = difference.map(|difference| {
        Json::object(&mut [
            ("reason", difference.cause.name().into()),
            ("before", difference.before.into()),
            ("after", difference.after.into()),
        ])
    });
    Ok(Json::object(&mut [("changed", changed.into()), ("quote", quote)]))
}

/// Prices at the edge, and leaves for `url` if the price is the one shown and no listener objects.
pub async fn begin_checkout(leave: bool, url: Option<String>) -> Result<Json, Failure> {
    let answer = checkout().await?;
    let agreed = answer.get("changed").is_some_and(|changed| *changed == Json::Null);
    let quote = answer.get("quote").cloned().unwrap_or_default();
    let goes = leave && agreed && tell("before-checkout", &quote, true);
    if let (true, Some(url), Some(window)) = (goes, url, web_sys::window()) {
        let _ = window.location().assign(&url);
    }
    Ok(answer)
}

async fn reprice() -> Result<(Json, Option<Difference>), Failure> {
    let (shown, titles) = peek(|app| (app.figures(), app.shown.titles())).ok_or_else(Failure::not_ready)?;
    let mut answer = ask().await;
    let mut found = None;
    if is_refused(&answer) {
        // Something in the cart is sold no longer: take it out, and ask for the rest.
        refresh().await?;
        answer = ask().await;
    }
    if is_refused(&answer) {
        // A cart that was kept for long may hold what the edge has forgotten how to read.
        change(|app| {
            app.cart.give_up_all();
            Ok(())
        })?;
        found = Some(Cause::Withdrawn);
        answer = ask().await;
    }
    let quote = answer?;
    let unreadable = || Failure::from(ClientError::Unreadable);
    let edge = Figures::read(&quote).ok_or_else(unreadable)?;
    if peek(|app| app.is_behind(&edge)) == Some(true) {
        refresh().await?;
    }
    let found = give_up(&quote)?.or(found);
    let named = APP.with_borrow_mut(|app| app.as_mut().map(|app| app.name_difference(&shown, &edge, found)));
    let Some(cause) = named.flatten() else { return Ok((quote, None)) };
    change(|_| Ok(()))?;
    if cause == Cause::Mismatch {
        note(|app| app.show_instead(&edge));
    }
    Ok((quote, Some(Difference::new(cause, &shown, &edge, &titles))))
}

fn is_refused(answer: &Result<Json, ClientError>) -> bool {
    matches!(answer, Err(ClientError::Problem { status: 422, .. }))
}

/// Takes offers out of the cart that the edge says can't be redeemed any more; why the first of them can't.
fn give_up(quote: &Json) -> Result<Option<Cause>, Failure> {
    let is_gone = |told: &&Json| told.str_of("status") != Some("open");
    let gone: Vec<_> = quote.items_of("grants").iter().filter(is_gone).collect();
    let Some(first) = gone.first() else { return Ok(None) };
    let is_redeemed = first.str_of("status") == Some("redeemed");
    change(|app| {
        gone.iter().for_each(|offer| app.cart.give_up(offer));
        Ok(())
    })?;
    Ok(Some(if is_redeemed { Cause::Redeemed } else { Cause::Withdrawn }))
}

async fn ask() -> Result<Json, ClientError> {
    match peek(|app| app.client.quote(app.cart.to_json())) {
        Some(asked) => asked.await,
        None => Err(ClientError::Unreachable),
    }
}

impl App {
    fn figures(&self) -> Figures {
        Figures::of_text(&self.quote()).unwrap_or_default()
    }

    /// Whether the edge speaks of rules that are not known here: changed ones, or one that has just begun.
    fn is_behind(&self, edge: &Figures) -> bool {
        self.shop.engine().version() != edge.snapshot_version
            || edge.verdicts.iter().any(|id| !self.shop.engine().has_discount(id))
    }

    /// Learns what the edge knows better (the time, what is used up), and names the difference that is left.
    /// `found` is why an offer was given up on the way.
    fn name_difference(
        &mut self,
        shown: &Figures,
        edge: &Figures,
        mut found: Option<Cause>,
    ) -> Option<Cause> {
        let as_of = wire::parse_instant(&edge.as_of)?;
        self.clock_ahead = as_of.millis().saturating_sub(now().millis());
        let mut recomputed = self.figures_at(as_of);
        if recomputed.digest != edge.digest {
            let withheld = recomputed.withheld_by(edge).into_iter();
            let before = self.shop.use_up(withheld.filter_map(|id| Id::new(id).ok()));
            recomputed = self.figures_at(as_of);
            if recomputed.digest == edge.digest {
                found = found.or(Some(Cause::LimitReached));
            } else {
                self.shop.used_up_are(before);
            }
        }
        cause(shown, edge, &recomputed, found)
    }

    fn figures_at(&self, as_of: pricing::model::Instant) -> Figures {
        Figures::of_text(&self.quote_at(as_of)).unwrap_or_default()
    }

    fn show_instead(&mut self, edge: &Figures) {
        self.correction = Some(edge.clone());
        self.price();
    }
}

impl Difference {
    fn new(cause: Cause, shown: &Figures, edge: &Figures, titles: &Table<String>) -> Self {
        let mut changes = changes(shown, edge);
        for change in &mut changes {
            if let What::Product(sku) = &mut change.what
                && let Some(title) = titles.get(sku)
            {
                sku.clone_from(title);
            }
        }
        Self { cause, before: shown.total.clone(), after: edge.total.clone(), changes }
    }
}
