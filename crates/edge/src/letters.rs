//! Letters that the ledger's outbox sends: composed when they are about to go, so that what waits holds no token.

use ledger::{CONFIRMATION, Command, Delivery, GrantState, Outcome};
use mail::{Confirmation, Letter, Mailbox, Offer, Receipt, ReceiptLine, Sum};
use pricing::model::Customer;
use serde::Deserialize;
use worker::{D1Database, Env};

use crate::{
    clock,
    compiled::Compiled,
    mail::{self as post, Refusal},
    mail_settings::{self, MailSettings},
    offer_tokens,
    offers::{self, Standing, Telling},
    shown_money::shown,
    signing, snapshots,
    store::{self, history::Bought},
    store_id::StoreId,
};

/// The name of the delivery that sends a receipt: its body is the order.
pub(crate) const RECEIPT: &str = "mail/receipt";

/// Whether a delivery goes by mail.
pub(crate) fn is_letter(delivery: &Delivery) -> bool {
    delivery.endpoint.starts_with("mail/")
}

/// What letters of one store are written by.
struct Desk<'a> {
    env: &'a Env,
    store: &'a StoreId,
    database: D1Database,
    settings: MailSettings,
}

/// Sends a letter; `ask` asks the ledger. Where there is nothing to send, because the store does not write, nobody knows the
/// address, or the letter comes too late to be of use, that is done too.
///
/// # Errors
/// It could not be sent.
pub(crate) async fn deliver(
    env: &Env,
    store: &StoreId,
    delivery: &Delivery,
    ask: impl Fn(Command) -> Result<Outcome, String>,
) -> Result<(), Refusal> {
    let database = store::open(env).map_err(|error| error.to_string())?;
    let settings = mail_settings::find(&database, store).await.map_err(|error| error.to_string())?;
    let Some(settings) = settings else { return Ok(()) };
    let desk = Desk { env, store, database, settings };
    let letter = match delivery.endpoint.as_str() {
        RECEIPT => desk.receipt(delivery, ask).await?,
        CONFIRMATION => desk.confirmation(delivery, ask).await?,
        _ => None,
    };
    match letter {
        Some(letter) => post::send(env, &letter).await,
        None => Ok(()),
    }
}

/// An order as it is kept: `order_json::order`.
#[derive(Debug, Deserialize)]
struct Order {
    reference: String,
    currency: String,
    total: String,
    customer: Option<Buyer>,
    quote: Option<Quote>,
}

#[derive(Debug, Default, Deserialize)]
struct Buyer {
    id: Option<String>,
    email: Option<String>,
    name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Quote {
    lines: Vec<Line>,
    subtotal: String,
    saving: String,
    applied: Vec<Applied>,
    shipping: Option<Shipping>,
}

#[derive(Debug, Deserialize)]
struct Line {
    sku: String,
    quantity: u64,
    subtotal: String,
    total: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Applied {
    title: String,
    product_amount: String,
    shipping_amount: String,
}

#[derive(Debug, Deserialize)]
struct Shipping {
    service: String,
    rate: String,
}

/// What is asked to be confirmed: what the ledger wrote down.
#[derive(Debug, Deserialize)]
struct Asked {
    id: String,
    email: String,
}

impl Desk<'_> {
    async fn confirmation(
        &self,
        delivery: &Delivery,
        ask: impl Fn(Command) -> Result<Outcome, String>,
    ) -> Result<Option<Letter>, String> {
        let Asked { id, email } = serde_json::from_str(&delivery.body).map_err(|error| error.to_string())?;
        // It may have waited for longer than its link lives, or be a repeat of one that was clicked.
        if !matches!(ask(Command::Look { id: id.clone() })?, Outcome::Confirmed(_)) {
            worker::console_log!("{} is not sent any more: its link opens nothing", delivery.message);
            return Ok(None);
        }
        let is_buyer = store::history::is_buyer(&self.database, self.store, &email).await;
        let (true, Ok(to)) = (is_buyer.map_err(|error| error.to_string())?, Mailbox::new(None, &email))
        else {
            return Ok(None);
        };
        let keyring = signing::keyring(self.env).map_err(|_| "the signing keys are not set up".to_owned())?;
        let token = offer_tokens::Confirmation { store: self.store.to_string(), id }.seal(&keyring);
        let url = format!("{}/o/{token}", public_url(self.env)?);
        let name = self.name().await?;
        let shop = self.settings.shop(name.as_deref());
        Ok(Some(Letter::new(delivery.message.clone(), &shop, to, Confirmation { url }.content(&shop))))
    }

    async fn receipt(
        &self,
        delivery: &Delivery,
        ask: impl Fn(Command) -> Result<Outcome, String>,
    ) -> Result<Option<Letter>, String> {
        let order: Order = serde_json::from_str(&delivery.body).map_err(|error| error.to_string())?;
        let buyer = order.customer.unwrap_or_default();
        let to = Mailbox::new(None, buyer.email.as_deref().unwrap_or_default());
        let (Ok(to), Some(quote)) = (to, &order.quote) else { return Ok(None) };
        let compiled = snapshots::current(&self.database, self.store).await;
        let compiled = compiled.map_err(|_| "the store's rules can't be read".to_owned())?;
        let keyring = signing::keyring(self.env).map_err(|_| "the signing keys are not set up".to_owned())?;
        let link = mail_settings::link(&keyring, self.store, &order.reference);
        let bought = [Bought {
            reference: order.reference.clone(),
            skus: quote.lines.iter().map(|line| line.sku.clone()).collect(),
        }];
        let earned = offers::earned(&compiled, &bought);
        let states = states_of(&earned, ask)?;
        let customer = Customer::default();
        let telling =
            Telling { compiled: &compiled, keyring: &keyring, customer: &customer, now: clock::now() };
        let open = telling
            .told(self.store, &earned, states)
            .into_iter()
            .filter(|offer| offer.status == Standing::Open);
        let money = |amount: &str| shown(amount, &order.currency);
        let receipt = Receipt {
            reference: order.reference.clone(),
            name: self.called(buyer).await?,
            lines: quote.lines.iter().map(|line| line_of(line, &compiled, money)).collect(),
            subtotal: money(&quote.subtotal),
            discounts: quote.applied.iter().flat_map(|applied| sums_of(applied, money)).collect(),
            shipping: quote.shipping.as_ref().map(|shipping| shipping_of(shipping, &compiled, money)),
            total: money(&order.total),
            saving: is_any(&quote.saving).then(|| money(&quote.saving)),
            order_url: self.settings.order_url(&link),
            offers: open.map(|offer| offer_of(offer, money)).collect(),
            offers_url: self.settings.offers_url(&link),
        };
        let shop = self.settings.shop(compiled.name.as_deref());
        Ok(Some(Letter::new(delivery.message.clone(), &shop, to, receipt.content(&shop))))
    }

    /// What a buyer is called: by the order, or else by the store's records.
    async fn called(&self, Buyer { id, email, name }: Buyer) -> Result<Option<String>, String> {
        if name.is_some() {
            return Ok(name);
        }
        let kept = store::customers::name(&self.database, self.store, id.as_deref(), email.as_deref()).await;
        kept.map_err(|error| error.to_string())
    }

    async fn name(&self) -> Result<Option<String>, String> {
        let current = store::snapshots::current(&self.database, self.store).await;
        Ok(current.map_err(|error| error.to_string())?.and_then(|current| current.name))
    }
}

/// The address that links in mails begin with: the deployment's own, never one that a request brings.
pub(crate) fn public_url(env: &Env) -> Result<String, String> {
    let url = env.var("PUBLIC_URL").map_err(|_| "set the variable `PUBLIC_URL`".to_owned())?.to_string();
    Ok(url.trim_end_matches('/').to_owned())
}

/// How the offers stand that an order has earned.
fn states_of(
    earned: &[offers::Earned<'_>],
    ask: impl Fn(Command) -> Result<Outcome, String>,
) -> Result<Vec<GrantState>, String> {
    let grants = earned.iter().map(offers::Earned::granted).collect();
    match ask(Command::Grants { grants })? {
        Outcome::Grants(states) => Ok(states),
        _ => Err("the ledger did not tell of offers".to_owned()),
    }
}

fn line_of(line: &Line, compiled: &Compiled, money: impl Fn(&str) -> String) -> ReceiptLine {
    let product = compiled.engine.product(&line.sku);
    ReceiptLine {
        title: product.map_or_else(|| line.sku.clone(), |product| product.title.to_string()),
        quantity: line.quantity,
        total: money(&line.total),
        before: (line.subtotal != line.total).then(|| money(&line.subtotal)),
    }
}

/// What a discount took off products, and off shipping.
fn sums_of(applied: &Applied, money: impl Fn(&str) -> String) -> Vec<Sum> {
    let amounts =
        [&applied.product_amount, &applied.shipping_amount].into_iter().filter(|amount| is_any(amount));
    amounts.map(|amount| Sum { title: applied.title.clone(), amount: money(amount) }).collect()
}

fn shipping_of(shipping: &Shipping, compiled: &Compiled, money: impl Fn(&str) -> String) -> Sum {
    let known =
        compiled.engine.shipping_services().iter().find(|service| service.id.as_str() == shipping.service);
    let title = known.map_or_else(|| shipping.service.clone(), |service| service.title.to_string());
    Sum { title, amount: money(&shipping.rate) }
}

fn offer_of(offer: offers::Offer, money: impl Fn(&str) -> String) -> Offer {
    Offer {
        title: offer.title,
        message: offer.message,
        price: money(&offer.price),
        offer_price: money(&offer.offer_price),
    }
}

/// Whether an amount is more than nothing.
fn is_any(amount: &str) -> bool {
    amount.bytes().any(|digit| (b'1'..=b'9').contains(&digit))
}
