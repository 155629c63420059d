//! The letters of an update: written when each is about to go, so that what waits holds no link.

use std::collections::BTreeMap;
use std::rc::Rc;

use mail::{Letter, Mailbox, Shop, Update};
use seal::Keyring;
use worker::{D1Database, Env};

use crate::{
    campaign::course::Recipient,
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
    /// What buyers are called, by the reference of their order.
    names: BTreeMap<String, String>,
}

impl Desk {
    /// The desk for letters to `recipients`.
    ///
    /// # Errors
    /// The store or the deployment is not set up for mail, or the database fails: in words for staff.
    pub(crate) async fn open(
        env: &Env,
        database: &D1Database,
        store: &StoreId,
        row: updates::Row,
        recipients: &[Recipient],
    ) -> Result<Self, String> {
        let settings = mail_settings::find(database, store).await.map_err(|error| error.to_string())?;
        let settings = settings.ok_or("the store has not said how it writes")?;
        let current = store::snapshots::current(database, store).await.map_err(|error| error.to_string())?;
        let shop = settings.shop(current.and_then(|current| current.name).as_deref());
        let keyring = signing::keyring(env).map_err(|_| "the signing keys are not set up")?;
        let update = Update { subject: row.subject, body: row.body };
        let references: Vec<_> = recipients.iter().map(|recipient| recipient.reference.as_str()).collect();
        let names = updates::names(database, store, &references).await.map_err(|error| error.to_string())?;
        let (store, url) = (store.clone(), public_url(env)?);
        Ok(Self { store, id: row.id, update, shop, settings, keyring, url, names })
    }

    /// The letter to someone who has bought; nothing where their address can't be one.
    pub(crate) fn letter(&self, recipient: &Recipient) -> Option<Letter> {
        let (email, reference) = (recipient.email.as_str(), recipient.reference.as_str());
        let to = Mailbox::new(None, email).ok()?;
        let link = self.settings.order_url(&mail_settings::link(&self.keyring, &self.store, reference));
        let said = Unsubscribe { store: self.store.to_string(), order: reference.to_owned() };
        let leave = format!("{}/u/{}", self.url, said.seal(&self.keyring));
        let name = self.names.get(reference).map(String::as_str);
        let content = self.update.content(&self.shop, name, &link, &leave);
        let letter = Letter::new(self.message(email), &self.shop, to, content);
        Some(Letter { unsubscribe: Some(leave), ..letter })
    }

    /// The same for the same buyer, whenever it is sent.
    fn message(&self, email: &str) -> String {
        let hash = seal::hash(&format!("{}/{}/{email}", self.store, self.id));
        format!("upd_{}", hash.get(..32).unwrap_or_default())
    }
}
