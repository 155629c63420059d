//! Starting, and keeping in step with the edge and with other tabs.

use client::{Client, ClientError, Freshness};
use js_sys::{Array, Uint8Array};
use wire::Json;

use super::{
    APP, App, Checkout, change,
    keep::{keep, keep_at_the_end, keep_soon},
    peek,
    products::{ask, learn},
};
use crate::{
    Setting,
    cart::CartState,
    failure::Failure,
    page::{Page, now},
    shop::Shop,
    shown::Shown,
    storage::Kept,
    table::Table,
};

/// Starts the widget: everything it needs is asked for at once, and the first totals are there when this ends.
pub async fn start(setting: Setting) -> Result<(), Failure> {
    let key = setting.key();
    let client = Client::new(&setting.origin(), &key);
    let storage_key = ["farthing:", &key].concat();
    let kept = Kept::load(&storage_key);
    let cart = CartState::from_json(&kept.cart);
    let (beside, mut wanted) = (setting.beside(), Table::new());
    for sku in beside.iter().chain(&setting.others()).map(String::as_str).chain(cart.skus()) {
        wanted.insert(sku, ());
    }
    let wanted: Vec<_> = wanted.skus().map(str::to_owned).collect();
    let in_cart: Vec<_> = cart.skus().map(str::to_owned).collect();
    let (shop, is_estimate) = load(&client, setting.first(), &in_cart, &wanted).await?;
    let mut app = App {
        page: Page::new(setting.tell(), storage_key, shop.engine().store().currency),
        client,
        cart,
        shop,
        beside,
        priced_at: now(),
        prices: Table::new(),
        clock_ahead: 0,
        correction: None,
        shown: Shown::default(),
        coupon_error: None,
        is_checking_code: false,
        checkout: Checkout::Idle,
        is_estimate,
        confirmation: None,
        confirmations: 0,
    };
    attach_kept(&mut app, kept.coupons).await;
    app.drop_unsold();
    APP.replace(Some(app));
    keep_at_the_end();
    change(|_| Ok(()))
}

/// Forgets everything.
pub fn stop() {
    keep();
    APP.take();
}

/// Takes over the cart of another tab.
pub async fn receive(text: &str) -> Result<(), Failure> {
    let kept = Kept::parse(text);
    let cart = CartState::from_json(&kept.cart);
    if peek(|app| app.cart == cart) != Some(false) {
        return Ok(());
    }
    let skus: Vec<_> = cart.skus().map(str::to_owned).collect();
    learn(&skus).await?;
    let version = peek(|app| app.shop.engine().version().to_owned());
    change(|app| {
        for answer in kept.coupons.iter().filter(|answer| version_of(answer) == version.as_deref()) {
            let _ = app.shop.attach(answer);
        }
        app.cart = cart;
        app.drop_unsold();
        Ok(())
    })
}

/// Shows the shop as the customer of a token has it, from now on; as a guest has it, without one.
pub async fn shop_as(token: Option<String>) -> Result<(), Failure> {
    refresh_by(peek(|app| app.client.clone().of(token))).await
}

/// Fetches the rules anew, and everything learnt beside them.
pub async fn refresh() -> Result<(), Failure> {
    refresh_by(peek(|app| app.client.clone())).await
}

/// The client is changed with the rules: while its answers are waited for, and where it gets none, both stay as they were.
async fn refresh_by(client: Option<Client>) -> Result<(), Failure> {
    let client = client.ok_or_else(Failure::not_ready)?;
    let learnt = peek(|app| {
        let skus: Vec<_> = app.shop.skus().map(str::to_owned).collect();
        let codes: Vec<_> = app.cart.codes().map(str::to_owned).collect();
        (skus, codes)
    });
    let (skus, codes) = learnt.unwrap_or_default();
    let coupons: Vec<_> = codes.iter().map(|code| client.check_coupon(code)).collect();
    let (mut shop, _) = fetch(&client, &skus, Freshness::Checked).await?;
    for answer in coupons {
        // A code that is not valid any more stays in the cart and is told so there.
        if let Ok(answer) = answer.await {
            let _ = shop.attach(&answer);
        }
    }
    change(|app| {
        shop.catch_up(&app.shop, &skus, &codes);
        app.client = client;
        app.shop = shop;
        app.is_estimate = false;
        app.drop_unsold();
        app.reprice_products();
        keep_soon();
        Ok(())
    })
}

/// Attaches the coupons of a cart that was kept. The kept answers serve while the rules are the same.
async fn attach_kept(app: &mut App, answers: Vec<Json>) {
    let version = app.shop.engine().version().to_owned();
    for answer in answers.iter().filter(|answer| version_of(answer) == Some(&version)) {
        let _ = app.shop.attach(answer);
    }
    let codes: Vec<_> = app.cart.codes().map(str::to_owned).collect();
    let asked = codes.into_iter().filter(|code| !app.shop.has_code(code)).collect::<Vec<_>>();
    let asked: Vec<_> = asked.into_iter().map(|code| (app.client.check_coupon(&code), code)).collect();
    for (answer, code) in asked {
        match answer.await {
            Ok(answer) => {
                let _ = app.shop.attach(&answer);
            }
            Err(ClientError::Problem { status: 404, .. }) => {
                app.cart.detach(&code);
            }
            Err(_) => {}
        }
    }
}

/// The shop with these products, and whether it may be an old one. `first` was asked for already. The browser may have
/// kept rules and products of different days: then anew. Where the edge does not answer, what the browser has kept is
/// better than nothing.
async fn load(
    client: &Client,
    first: Array,
    in_cart: &[String],
    skus: &[String],
) -> Result<(Shop, bool), Failure> {
    let loaded = match read(first) {
        Some(known) => complete(client, known, skus, Freshness::Kept).await,
        None => fetch(client, skus, Freshness::Kept).await,
    };
    match loaded {
        Ok((shop, true)) => Ok((shop, false)),
        Ok((_, false)) => Ok((fetch(client, skus, Freshness::Checked).await?.0, false)),
        Err(failure) => match kept(client, in_cart, skus).await {
            Ok((shop, true)) => Ok((shop, true)),
            _ => Err(failure),
        },
    }
}

/// What the browser has kept. It keeps an answer by its question: each is asked as it was on the visit before, that about
/// the cart's products ahead of the others.
async fn kept(client: &Client, in_cart: &[String], skus: &[String]) -> Result<(Shop, bool), Failure> {
    let known = fetch(client, in_cart, Freshness::Old).await?;
    complete(client, known, skus, Freshness::Old).await
}

/// The shop of what was asked for already, and whether all of it is of one snapshot.
fn read(first: Array) -> Option<(Shop, bool)> {
    let text = |at| String::from_utf8(Uint8Array::new(&first.get(at)).to_vec()).ok();
    let mut shop = Shop::read(text(0)?)?;
    let version = text(1).and_then(|products| shop.learn(&products));
    let is_of_one = version.is_none_or(|version| version == shop.engine().version());
    Some((shop, is_of_one))
}

/// The shop with these products, and whether all of it is of one snapshot. All questions are sent at once.
async fn fetch(client: &Client, skus: &[String], freshness: Freshness) -> Result<(Shop, bool), Failure> {
    let (snapshot, products) = (client.snapshot(freshness), ask(client, skus, freshness));
    let shop = Shop::read(snapshot.await?).ok_or(ClientError::Unreadable)?;
    learn_all(shop, products, true).await
}

/// Adds what is missing of these products.
async fn complete(
    client: &Client,
    (shop, is_of_one): (Shop, bool),
    skus: &[String],
    freshness: Freshness,
) -> Result<(Shop, bool), Failure> {
    let missing: Vec<_> = skus.iter().filter(|sku| !shop.knows(sku)).cloned().collect();
    learn_all(shop, ask(client, &missing, freshness), is_of_one).await
}

async fn learn_all(
    mut shop: Shop,
    products: Vec<impl Future<Output = Result<String, ClientError>>>,
    mut is_of_one: bool,
) -> Result<(Shop, bool), Failure> {
    for answer in products {
        let version = shop.learn(&answer.await?).ok_or(ClientError::Unreadable)?;
        is_of_one &= version == shop.engine().version();
    }
    Ok((shop, is_of_one))
}

fn version_of(answer: &Json) -> Option<&str> {
    answer.str_of("snapshotVersion")
}

impl App {
    /// Takes out what is sold no longer, and a shipping service that is gone.
    fn drop_unsold(&mut self) {
        let shop = &self.shop;
        self.cart.retain(|sku| shop.knows(sku));
        let services = shop.engine().shipping_services();
        let chosen = self.cart.shipping_service().map(str::to_owned);
        if chosen.is_some_and(|id| !services.iter().any(|service| service.id.as_str() == id)) {
            self.cart.ship_by(None);
        }
    }
}
