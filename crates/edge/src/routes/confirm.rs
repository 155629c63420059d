//! `/o/{token}`: the confirmation link of a mail. Opening it shows a page with one button; only the click spends it, once,
//! and leads to the shop's page of the visitor's offers.

use ledger::{Command, Conflict, Idempotency, Outcome};

use crate::{
    answer::Answer,
    call::Call,
    clock, ledgers, mail_settings,
    offer_tokens::{Confirmation, OfStore as _, Visit},
    page::Page,
    problem::Failure,
    random, signing, store,
    store_id::StoreId,
    throttle::{self, Standing, Throttled},
};

/// A link that was made here.
struct Opened {
    store: StoreId,
    id: String,
    /// The store's name, where it has one.
    shop: Option<String>,
}

/// The fields of the page's two buttons.
const CONFIRM: &str = "page";
const AGAIN: &str = "again";

const TOO_OLD: &str = "This link is too old";

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    let Some(opened) = opened(&call).await? else { return unknown() };
    match ledgers::ask(&call.env, &opened.store, &Command::Look { id: opened.id.clone() }).await? {
        Outcome::Confirmed(_) => {
            let nonce = random::hex::<16>()?;
            let page = Page {
                shop: opened.shop.as_deref(),
                title: "Show your offers",
                text: "One click shows that this e-mail address is yours, and takes you to your offers.",
                button: Some((CONFIRM, &nonce, "Show my offers")),
                note: Some("The link works once."),
                ..Page::default()
            };
            page.answer(200, origin(&call, &opened.store).await?.as_deref())
        }
        Outcome::Conflict(conflict) => dead(&call, &opened, conflict).await,
        other => Err(ledgers::unexpected(&other)),
    }
}

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    let Some(opened) = opened(&call).await? else { return unknown() };
    let body = call.request.text().await.unwrap_or_default();
    let field = |name: &str| body.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    if field(AGAIN).is_some() {
        return again(&call, &opened).await;
    }
    // A double click sends the same page twice, and is one click.
    let idempotency = field(CONFIRM).map(|page| Idempotency {
        key: format!("confirm/{}/{}", opened.id, page.chars().take(64).collect::<String>()),
        request: opened.id.clone(),
    });
    let command = Command::Confirm { id: opened.id.clone(), idempotency };
    match ledgers::ask(&call.env, &opened.store, &command).await? {
        Outcome::Confirmed(email) => confirmed(&call, &opened, email).await,
        Outcome::Conflict(conflict) => dead(&call, &opened, conflict).await,
        other => Err(ledgers::unexpected(&other)),
    }
}

/// Leads to the shop's page of offers, which the visit opens.
async fn confirmed(call: &Call, opened: &Opened, email: String) -> Result<Answer, Failure> {
    let Some(settings) = mail_settings::find(&call.database()?, &opened.store).await? else {
        return unknown();
    };
    let visit = Visit::new(email, clock::now()).seal(&*signing::keyring(&call.env)?, &opened.store);
    let page = Page { title: "Your offers", text: "One moment …", ..Page::default() };
    Ok(page.answer(303, None)?.with("Location", settings.visit_url(&visit)))
}

async fn again(call: &Call, opened: &Opened) -> Result<Answer, Failure> {
    let anew = random::hex::<16>()?;
    match throttle::links(&call.env, &opened.store, call.request.headers(), anew.clone()).await {
        Err(Failure::Throttled(of, standing)) => return too_often(opened, of, standing),
        admitted => admitted?,
    };
    let command = Command::AskAgain { id: opened.id.clone(), anew };
    match ledgers::ask(&call.env, &opened.store, &command).await? {
        Outcome::Done => Page {
            shop: opened.shop.as_deref(),
            title: "A new link is on its way",
            text: "Look into your mailbox in a minute or two. It goes to the same address as the old one.",
            ..Page::default()
        }
        .answer(202, None),
        other => Err(ledgers::unexpected(&other)),
    }
}

/// Whoever asks for links in a row: the button stays, and what stands above it says when it helps again.
fn too_often(opened: &Opened, of: Throttled, standing: Standing) -> Result<Answer, Failure> {
    let minutes = standing.seconds.max(1).unsigned_abs().div_ceil(60);
    let wait = if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") };
    let text = format!("Mails can take a while, and some are taken for junk. You can ask again in {wait}.");
    let button = Some((AGAIN, "1", "Send a new link"));
    let title = "That was a lot of links";
    let page = Page { shop: opened.shop.as_deref(), title, text: &text, button, ..Page::default() };
    Ok(throttle::tell(page.answer(429, None)?, of, standing))
}

async fn opened(call: &Call) -> Result<Option<Opened>, Failure> {
    let keyring = signing::keyring(&call.env)?;
    let Some((store, id)) = Confirmation::open(&keyring, &call.item) else { return Ok(None) };
    let shop = store::snapshots::current(&call.database()?, &store).await?.and_then(|current| current.name);
    Ok(Some(Opened { store, id, shop }))
}

/// The origin of the shop's page of offers.
async fn origin(call: &Call, store: &StoreId) -> Result<Option<String>, Failure> {
    let settings = mail_settings::find(&call.database()?, store).await?;
    Ok(settings.map(|settings| settings.offers_page.origin().ascii_serialization()))
}

async fn dead(call: &Call, opened: &Opened, conflict: Conflict) -> Result<Answer, Failure> {
    let (title, text) = match conflict {
        Conflict::LinkSpent => {
            ("This link was used before", "Each link works once. A new one goes to the same address.")
        }
        Conflict::LinkExpired => (TOO_OLD, "A link works for 24 hours. A new one goes to the same address."),
        _ => return forgotten(call, opened).await,
    };
    let button = Some((AGAIN, "1", "Send a new link"));
    Page { shop: opened.shop.as_deref(), title, text, button, ..Page::default() }.answer(410, None)
}

/// So old that nobody remembers where it was sent: the shop's page of offers asks for the address.
async fn forgotten(call: &Call, opened: &Opened) -> Result<Answer, Failure> {
    let Some(settings) = mail_settings::find(&call.database()?, &opened.store).await? else {
        return unknown();
    };
    Page {
        shop: opened.shop.as_deref(),
        title: TOO_OLD,
        text: "A link works for 24 hours. The shop sends you a new one: tell it the e-mail address of your purchase.",
        way: Some((settings.offers_page.as_str(), "Ask for a new link")),
        ..Page::default()
    }
    .answer(410, None)
}

fn unknown() -> Result<Answer, Failure> {
    Page {
        title: "This link leads nowhere",
        text: "It may have been cut off on its way. Open the whole link from your mail, or ask the shop for a new one.",
        ..Page::default()
    }
    .answer(404, None)
}
