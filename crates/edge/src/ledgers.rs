//! Asking a store's ledger, and what an isolate holds of its counts.

use std::collections::BTreeMap;
use std::rc::Rc;

use ledger::{Command, Count, Outcome, Party};
use pricing::model::{Customer, Id, Usage, Uses};
use wasm_bindgen::prelude::*;
use worker::Env;

use crate::{
    held::{self, Shelf},
    problem::{self, Failure},
    store_id::StoreId,
};

/// The binding's name in `wrangler.toml`.
const OBJECTS: &str = "LEDGER";

thread_local! {
    static COUNTED: Shelf<Counted> = const { Shelf::new(BTreeMap::new()) };
}

#[wasm_bindgen]
extern "C" {
    /// A store's ledger from afar: `entry.js`.
    type Object;
    #[wasm_bindgen(method, catch, js_name = carryOut)]
    async fn carry_out(this: &Object, store: &str, command: &str) -> Result<JsValue, JsValue>;
}

/// How often a store's discounts were used, and which are stopped.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    counts: BTreeMap<String, Count>,
    /// The same as pricing wants it, stopped discounts closed.
    pub(crate) usage: Usage,
}

impl Counted {
    fn new(counts: Vec<Count>) -> Self {
        let id = |count: &Count| Id::new(count.discount.clone()).ok();
        let uses = |count: &Count| Uses { store: count.held.saturating_add(count.spent), customer: 0 };
        let mut usage: Usage = counts.iter().filter_map(|count| Some((id(count)?, uses(count)))).collect();
        for stopped in counts.iter().filter(|count| count.stopped).filter_map(id) {
            usage.close(stopped);
        }
        Self { counts: counts.into_iter().map(|count| (count.discount.clone(), count)).collect(), usage }
    }

    /// How often a discount was used by orders that are reserved, and by those that are paid.
    pub(crate) fn of(&self, discount: &str) -> (u64, u64) {
        self.counts.get(discount).map_or((0, 0), |count| (count.held, count.spent))
    }

    pub(crate) fn is_stopped(&self, discount: &str) -> bool {
        self.counts.get(discount).is_some_and(|count| count.stopped)
    }
}

/// Asks the ledger of a store.
///
/// # Errors
/// It does not answer: `ledgerUnavailable`.
pub(crate) async fn ask(env: &Env, store: &StoreId, command: &Command) -> Result<Outcome, Failure> {
    let text = serde_json::to_string(command)?;
    let answer = send(env, store, &text).await;
    let answer = answer.map_err(|error| {
        worker::console_error!("the ledger of {store} does not answer: {error}");
        problem::ledger_unavailable()
    })?;
    Ok(serde_json::from_str(&answer)?)
}

async fn send(env: &Env, store: &StoreId, command: &str) -> worker::Result<String> {
    // The object's name is data: another name would be another ledger.
    let object: Object = env.durable_object(OBJECTS)?.get_by_name(store.as_str())?.into_rpc();
    let answer = object.carry_out(store.as_str(), command).await?;
    answer.as_string().ok_or_else(|| worker::Error::RustError("no text".to_owned()))
}

/// The counts of this moment.
///
/// # Errors
/// The ledger does not answer.
pub(crate) async fn counted(env: &Env, store: &StoreId) -> Result<Counted, Failure> {
    match ask(env, store, &Command::Counts).await? {
        Outcome::Counts(counts) => Ok(Counted::new(counts)),
        other => Err(unexpected(&other)),
    }
}

/// The counts as they were in the last few seconds: good for a quote, which promises no use.
///
/// # Errors
/// The ledger does not answer, and never did.
pub(crate) async fn held(env: &Env, store: &StoreId) -> Result<Rc<Counted>, Failure> {
    held::get(&COUNTED, store.as_str(), async |_| Ok(Rc::new(counted(env, store).await?))).await
}

/// Says that the counts have changed in a way that shows.
pub(crate) fn doubt(store: &StoreId) {
    held::doubt(&COUNTED, store.as_str());
}

/// What a quote for this customer is priced by: the store's counts, and for a customer who is known, theirs.
///
/// # Errors
/// The ledger does not answer.
pub(crate) async fn usage(
    env: &Env,
    store: &StoreId,
    counted: &Counted,
    customer: &Customer,
) -> Result<Usage, Failure> {
    if !customer.is_known() {
        return Ok(counted.usage.clone());
    }
    let own = match ask(env, store, &Command::CustomerCounts { customer: party(customer) }).await? {
        Outcome::CustomerCounts(counts) => counts,
        other => return Err(unexpected(&other)),
    };
    let mut usage = counted.usage.clone();
    for (discount, orders) in own {
        if let Ok(id) = Id::new(discount) {
            usage.set_customer(id, orders);
        }
    }
    Ok(usage)
}

/// By what a customer's uses are counted.
pub(crate) fn party(customer: &Customer) -> Party {
    Party { id: customer.id.as_ref().map(ToString::to_string), email: customer.email.clone() }
}

/// Stops a discount, or resumes it: binds every order from its return on.
///
/// # Errors
/// The ledger does not answer.
pub(crate) async fn switch(env: &Env, store: &StoreId, discount: &str, stopped: bool) -> Result<(), Failure> {
    let command = Command::Switch { discount: discount.to_owned(), stopped };
    let outcome = ask(env, store, &command).await?;
    doubt(store);
    if outcome == Outcome::Done { Ok(()) } else { Err(unexpected(&outcome)) }
}

/// An answer to another question than was asked.
pub(crate) fn unexpected(outcome: &Outcome) -> Failure {
    let text = format!("{outcome:?}");
    Failure::Internal(format!("the ledger answered {}", text.split(['(', ' ']).next().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use ledger::Count;
    use pricing::model::Id;

    use super::Counted;

    #[test]
    fn counts_are_what_pricing_wants() {
        let count = |discount: &str, held, spent, stopped| Count {
            discount: discount.to_owned(),
            held,
            spent,
            stopped,
        };
        let counted = Counted::new(vec![count("a", 1, 2, false), count("b", 0, 0, true)]);
        let id = |text: &str| Id::new(text).expect("an id");
        assert_eq!((counted.of("a"), counted.of("c")), ((1, 2), (0, 0)));
        assert_eq!(counted.usage.of(&id("a")).store, 3);
        assert!(counted.usage.is_closed(&id("b")) && !counted.usage.is_closed(&id("a")));
        assert!(counted.is_stopped("b") && !counted.is_stopped("a"));
    }
}
