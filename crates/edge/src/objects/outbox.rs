//! Sending what the ledger has to tell: every order to the merchant's database, every event to the webhooks.

use std::rc::Rc;
use std::time::Duration;

use futures_util::{
    FutureExt as _,
    future::{Either, join_all, select},
};
use ledger::{Command, Delivery, Event, EventKind, Fanned, Ledger, Outcome, Sql};
use pricing::model::Instant;
use worker::{
    AbortController, D1Database, Delay, Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect,
    wasm_bindgen::JsValue,
};

use crate::{
    clock,
    compiled::Compiled,
    letters,
    mail::Refusal,
    mail_settings, offer_events, order_json,
    problem::Failure,
    publishing, snapshots,
    store::{self, webhooks::Webhook},
    store_id::StoreId,
};

/// How many events are told at once: one statement takes them all in, and costs as much by itself as dozens of them.
const EVENTS_AT_ONCE: u32 = 500;

/// How many bytes they have in all, where it is not one alone: D1 takes no more than 2 MB in one statement.
const BYTES_AT_ONCE: u32 = 1_000_000;

/// How many times in one alarm; then other things may come to their turn.
const ROUNDS: usize = 50;

/// How many deliveries are under way at once: a Worker has six connections.
const DELIVERIES_AT_ONCE: u32 = 6;

/// How long a webhook may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Tells events: the order goes to the merchant's database, and what is to be sent to webhooks is written down. An event
/// that can't be told is tried again, and stops those behind it: they are told in order.
///
/// It ends with what there was when it began. Events that come in meanwhile are left to the next alarm, which gathers them:
/// a busy store would else tell them in twos and threes, at the cost of a hundred each.
pub(super) async fn tell<S>(ledger: &Ledger<S>, env: &Env, store: &StoreId) -> worker::Result<()>
where
    S: Sql<Error = worker::Error>,
{
    let began = clock::now();
    for _ in 0..ROUNDS {
        let events = ledger.events(began, EVENTS_AT_ONCE, BYTES_AT_ONCE)?;
        if events.is_empty() {
            return Ok(());
        }
        let ids: Vec<i64> = events.iter().map(|event| event.id).collect();
        match told(ledger, env, store, &events).await {
            Ok(deliveries) => ledger.fan_out(&ids, &deliveries, clock::now())?,
            Err(error) => {
                worker::console_error!("{} events could not be told: {error}", ids.len());
                return ledger.postpone(&ids, clock::now());
            }
        }
    }
    Ok(())
}

/// Writes the orders of events, and gives what is to be sent of them.
async fn told<S>(
    ledger: &Ledger<S>,
    env: &Env,
    store: &StoreId,
    events: &[Event],
) -> worker::Result<Vec<Fanned>>
where
    S: Sql<Error = worker::Error>,
{
    let database = store::open(env)?;
    store::orders::put(&database, store, events).await?;
    let mut fanned = receipts(&database, store, events).await?;
    let webhooks = store::webhooks::list(&database, store).await?;
    if !webhooks.is_empty() {
        announce(ledger, &database, store, &webhooks).await;
        let compiled = rules(&database, store).await?;
        fanned.extend(events.iter().flat_map(|event| of_event(event, &webhooks, compiled.as_deref())));
    }
    Ok(fanned)
}

/// Sees to what nobody has told of snapshots. Orders do not wait for it.
async fn announce<S>(ledger: &Ledger<S>, database: &D1Database, store: &StoreId, webhooks: &[Webhook])
where
    S: Sql<Error = worker::Error>,
{
    let ask = async |command| asked(ledger, command).map_err(Failure::Internal);
    if let Err(failure) = publishing::announce(database, store, webhooks, ask).await {
        worker::console_error!("snapshots could not be told of: {failure:?}");
    }
}

/// The receipts of orders that were paid here, where the store sends any.
async fn receipts(database: &D1Database, store: &StoreId, events: &[Event]) -> worker::Result<Vec<Fanned>> {
    let is_due = |event: &&Event| {
        event.kind == EventKind::Committed
            && event.order.customer.email.is_some()
            && !order_json::is_elsewhere(&event.order)
    };
    let mut due = events.iter().filter(is_due).peekable();
    if due.peek().is_none()
        || !mail_settings::find(database, store).await?.is_some_and(|settings| settings.receipts)
    {
        return Ok(Vec::new());
    }
    let receipt = |event: &Event| Fanned {
        event: event.id,
        endpoint: letters::RECEIPT.to_owned(),
        body: order_json::order(&event.order),
        kind: None,
    };
    Ok(due.map(receipt).collect())
}

/// The rules by which orders earn offers; none before the first import.
async fn rules(database: &D1Database, store: &StoreId) -> worker::Result<Option<Rc<Compiled>>> {
    let compiled = snapshots::current_if_any(database, store).await;
    compiled.map_err(|failure| worker::Error::RustError(format!("no rules: {failure:?}")))
}

/// What of an event is sent to whom: the event itself, and what of upgrade offers it brought about.
fn of_event(event: &Event, webhooks: &[Webhook], compiled: Option<&Compiled>) -> Vec<Fanned> {
    let itself = (event.kind.name(), None, order_json::event(event));
    let offers = compiled.map(|compiled| offer_events::of(event, compiled)).unwrap_or_default();
    let all = core::iter::once(itself).chain(offers.into_iter().map(|(kind, body)| (kind, Some(kind), body)));
    let to_each = |(name, kind, body): (&'static str, Option<&'static str>, String)| {
        let wanting: Vec<_> = webhooks.iter().filter(|webhook| webhook.wants(name)).collect();
        let one = move |webhook: &Webhook| Fanned {
            event: event.id,
            endpoint: webhook.id.clone(),
            body: body.clone(),
            kind,
        };
        wanting.into_iter().map(one).collect::<Vec<_>>()
    };
    all.flat_map(to_each).collect()
}

/// Makes the deliveries that are due, and remembers what became of each.
pub(super) async fn deliver<S>(ledger: &Ledger<S>, env: &Env, store: &StoreId) -> worker::Result<()>
where
    S: Sql<Error = worker::Error>,
{
    let mut webhooks = None;
    for _ in 0..ROUNDS {
        let deliveries = ledger.deliveries(clock::now(), DELIVERIES_AT_ONCE)?;
        if deliveries.is_empty() {
            return Ok(());
        }
        if webhooks.is_none() {
            webhooks = Some(known(&store::open(env)?, store).await?);
        }
        let known = webhooks.as_deref().unwrap_or_default();
        let ask = |command| asked(ledger, command);
        let sending = deliveries.iter().map(async |delivery| {
            if letters::is_letter(delivery) {
                letters::deliver(env, store, delivery, ask).await
            } else {
                attempt(delivery, known).await.map_err(Refusal::ForNow)
            }
        });
        let outcomes = join_all(sending).await;
        for (delivery, outcome) in deliveries.iter().zip(outcomes) {
            settle(ledger, delivery, outcome)?;
        }
    }
    Ok(())
}

/// Remembers what became of a delivery.
fn settle<S>(ledger: &Ledger<S>, delivery: &Delivery, outcome: Result<(), Refusal>) -> worker::Result<()>
where
    S: Sql<Error = worker::Error>,
{
    let Err(refusal) = outcome else { return ledger.delivered(delivery.id) };
    worker::console_warn!("{} to {} could not be sent: {refusal}", delivery.message, delivery.endpoint);
    match &refusal {
        Refusal::ForNow(reason) => ledger.failed(delivery.id, clock::now(), reason),
        Refusal::ForGood(reason) => ledger.refused(delivery.id, clock::now(), reason),
    }
}

/// What the ledger answers whose outbox this is.
fn asked<S>(ledger: &Ledger<S>, command: Command) -> Result<Outcome, String>
where
    S: Sql<Error = worker::Error>,
{
    let outcomes = ledger.carry_out(&[command], clock::now()).map_err(|error| error.to_string())?;
    outcomes.into_iter().next().ok_or_else(|| "the ledger did not answer".to_owned())
}

async fn known(database: &D1Database, store: &StoreId) -> worker::Result<Vec<Webhook>> {
    store::webhooks::list(database, store).await
}

/// Sends one delivery. To a webhook that is gone or off there is nothing to send.
async fn attempt(delivery: &Delivery, webhooks: &[Webhook]) -> Result<(), String> {
    let found = webhooks.iter().find(|webhook| webhook.id == delivery.endpoint && webhook.enabled);
    let Some(webhook) = found else { return Ok(()) };
    let request = request(delivery, webhook, clock::now()).map_err(|error| error.to_string())?;
    let controller = AbortController::default();
    let signal = controller.signal();
    let fetch = Fetch::Request(request);
    let sending = fetch.send_with_signal(&signal).boxed_local();
    match select(sending, Delay::from(PATIENCE)).await {
        Either::Left((Ok(response), _)) if (200..300).contains(&response.status_code()) => Ok(()),
        Either::Left((Ok(response), _)) => Err(format!("it answered {}", response.status_code())),
        Either::Left((Err(error), _)) => Err(format!("it could not be reached: {error}")),
        Either::Right(((), _)) => {
            controller.abort();
            Err(format!("it did not answer within {} s", PATIENCE.as_secs()))
        }
    }
}

fn request(delivery: &Delivery, webhook: &Webhook, now: Instant) -> worker::Result<Request> {
    let headers = Headers::new();
    headers.set("Content-Type", "application/json")?;
    headers.set("User-Agent", concat!("Farthing/", env!("CARGO_PKG_VERSION")))?;
    for (name, value) in webhook.signature(&delivery.message, &delivery.body, now) {
        headers.set(name, &value)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_headers(headers)
        .with_redirect(RequestRedirect::Manual)
        .with_body(Some(JsValue::from_str(&delivery.body)));
    Request::new_with_init(&webhook.url, &init)
}
