//! `/u/{token}`: no more news. Opening it shows a page with one button; a click, or a mail program's one click (RFC 8058), ends
//! them. It may be clicked as often as one likes.

use crate::{
    answer::Answer, call::Call, clock, offer_tokens::Unsubscribe, page::Page, problem::Failure, signing,
    store, store_id::StoreId,
};

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    let Some((shop, ..)) = opened(&call).await? else { return unknown() };
    Page {
        shop: shop.as_deref(),
        title: "No more news?",
        text: "You will get no more news about what you bought. Receipts, and links that you ask for, still come.",
        button: Some(("leave", "1", "No more news")),
        ..Page::default()
    }
    .answer(200, None)
}

pub(super) async fn post(call: Call) -> Result<Answer, Failure> {
    let Some((shop, store, order)) = opened(&call).await? else { return unknown() };
    store::updates::unsubscribe(&call.database()?, &store, &order, clock::now()).await?;
    Page {
        shop: shop.as_deref(),
        title: "No more news",
        text: "You will get no more of these mails.",
        ..Page::default()
    }
    .answer(200, None)
}

/// The store's name, where it has one, the store, and the buyer's order.
async fn opened(call: &Call) -> Result<Option<(Option<String>, StoreId, String)>, Failure> {
    let Some((store, order)) = Unsubscribe::open(&*signing::keyring(&call.env)?, &call.item) else {
        return Ok(None);
    };
    let shop = store::snapshots::current(&call.database()?, &store).await?.and_then(|current| current.name);
    Ok(Some((shop, store, order)))
}

fn unknown() -> Result<Answer, Failure> {
    let text = "It may have been cut off on its way. Open the whole link from your mail.";
    Page { title: "This link leads nowhere", text, ..Page::default() }.answer(404, None)
}
