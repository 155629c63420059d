//! The letters of an update: written when each is about to go, so that what waits holds no link.

use std::rc::Rc;

use mail::{Letter, Mailbox, Shop, Update};
use seal::Keyring;
use worker::{D1Database, Env};

use crate::{
    letters::public_url,
    mail_settings::{self, MailSettings},
    offer_tokens::Unsubscribe,
    signing,
    store::{self, updates},
    store_id::StoreId,
};

/// What the letters of one update are written by.
pub(crate) struct Desk {
    store: StoreId,
    id: String,
    update: Update,
    shop: Shop,
    settings: MailSettings,
    keyring: Rc<Keyring>,
    /// What links begin with that end such mails.
    url: String,
}

impl Desk {
    /// # Errors
    /// The store or the deployment is not set up for mail, or the database fails: in words for staff.
    pub(crate) async fn open(
        env: &Env,
        database: &D1Database,
        store: &StoreId,
        row: updates::Row,
    ) -> Result<Self, String> {
        let settings = mail_settings::find(database, store).await.map_err(|error| error.to_string())?;
        let settings = settings.ok_or("the store has not said how it writes")?;
        let current = store::snapshots::current(database, store).await.map_err(|error| error.to_string())?;
        let shop = settings.shop(current.and_then(|current| current.name).as_deref());
        let keyring = signing::keyring(env).map_err(|_| "the signing keys are not set up")?;
        let update = Update { subject: row.subject, body: row.body };
        let (store, url) = (store.clone(), public_url(env)?);
        Ok(Self { store, id: row.id, update, shop, settings, keyring, url })
    }

    /// The letter to someone who has bought by this order; nothing where their address can't be one.
    pub(crate) fn letter(&self, email: &str, reference: &str) -> Option<Letter> {
        let to = Mailbox::new(None, email).ok()?;
        let link = self.settings.order_url(&mail_settings::link(&self.keyring, &self.store, reference));
        let said = Unsubscribe { store: self.store.to_string(), order: reference.to_owned() };
        let leave = format!("{}/u/{}", self.url, said.seal(&self.keyring));
        // Orders hold no names of people.
        let content = self.update.content(&self.shop, None, &link, &leave);
        let letter = Letter::new(self.message(email), &self.shop, to, content);
        Some(Letter { unsubscribe: Some(leave), ..letter })
    }

    /// The same for the same buyer, whenever it is sent.
    fn message(&self, email: &str) -> String {
        let hash = seal::hash(&format!("{}/{}/{email}", self.store, self.id));
        format!("upd_{}", hash.get(..32).unwrap_or_default())
    }
}
