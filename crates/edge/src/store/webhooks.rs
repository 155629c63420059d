//! Where events are sent.

use pricing::model::Instant;
use serde::Deserialize;
use serde_json::Value;
use standardwebhooks::Webhook as Signer;
use worker::{D1Database, D1PreparedStatement, Url};

use super::statement;
use crate::store_id::StoreId;

/// A webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Webhook {
    pub(crate) id: String,
    pub(crate) url: String,
    /// The types of events it wants; every type where it is empty.
    pub(crate) events: Vec<String>,
    pub(crate) enabled: bool,
    /// `whsec_` and base64.
    pub(crate) secret: String,
    /// The secret before, and until when it signs beside the new one.
    pub(crate) previous: Option<(String, Instant)>,
    pub(crate) created_at: Instant,
}

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    url: String,
    events: String,
    enabled: i64,
    secret: String,
    previous_secret: Option<String>,
    previous_until: Option<i64>,
    created_at: i64,
}

impl Webhook {
    /// The most of a store's.
    pub(crate) const MAXIMUM: usize = 20;

    /// Where it is, without the part of the address that may be a secret.
    pub(crate) fn origin(&self) -> String {
        Url::parse(&self.url).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
    }

    /// Whether events of this type are sent to it.
    pub(crate) fn wants(&self, kind: &str) -> bool {
        self.enabled && (self.events.is_empty() || self.events.iter().any(|event| event == kind))
    }

    /// The headers that prove a message to be ours (Standard Webhooks): signed by each secret that is good now.
    pub(crate) fn signature(&self, message: &str, body: &str, now: Instant) -> [(&'static str, String); 3] {
        let seconds = now.millis().div_euclid(1000);
        let previous = self.previous.as_ref().filter(|(_, until)| now < *until).map(|(secret, _)| secret);
        let sign = |secret: &String| Signer::new(secret).ok()?.sign(message, seconds, body.as_bytes()).ok();
        let signatures: Vec<String> =
            [Some(&self.secret), previous].into_iter().flatten().filter_map(sign).collect();
        [
            ("webhook-id", message.to_owned()),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", signatures.join(" ")),
        ]
    }
}

/// A store's webhooks, in the order they were made.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(database: &D1Database, store: &StoreId) -> worker::Result<Vec<Webhook>> {
    let text = "SELECT id, url, events, enabled, secret, previous_secret, previous_until, created_at FROM webhooks \
                WHERE store_id = ?1 ORDER BY created_at, id";
    let rows: Vec<Row> = statement(database, text, &[store.as_str().into()])?.all().await?.results()?;
    Ok(rows.into_iter().map(webhook).collect())
}

/// Writes a webhook in place of what it was.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn put(
    database: &D1Database,
    store: &StoreId,
    webhook: &Webhook,
) -> worker::Result<D1PreparedStatement> {
    let events = Value::from(webhook.events.as_slice()).to_string();
    let previous = webhook.previous.as_ref();
    statement(
        database,
        "INSERT INTO webhooks (store_id, id, url, events, enabled, secret, previous_secret, previous_until, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
         ON CONFLICT (store_id, id) DO UPDATE SET url = excluded.url, events = excluded.events, \
         enabled = excluded.enabled, secret = excluded.secret, previous_secret = excluded.previous_secret, \
         previous_until = excluded.previous_until",
        &[
            store.as_str().into(),
            (&webhook.id).into(),
            (&webhook.url).into(),
            (&events).into(),
            i64::from(webhook.enabled).into(),
            (&webhook.secret).into(),
            previous.map(|(secret, _)| secret).into(),
            previous.map(|(_, until)| *until).into(),
            webhook.created_at.into(),
        ],
    )
}

/// Takes a webhook away; what waits for it is not sent.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn delete(
    database: &D1Database,
    store: &StoreId,
    id: &str,
) -> worker::Result<D1PreparedStatement> {
    let text = "DELETE FROM webhooks WHERE store_id = ?1 AND id = ?2";
    statement(database, text, &[store.as_str().into(), id.into()])
}

fn webhook(row: Row) -> Webhook {
    Webhook {
        id: row.id,
        url: row.url,
        events: serde_json::from_str(&row.events).unwrap_or_default(),
        enabled: row.enabled != 0,
        secret: row.secret,
        previous: row.previous_secret.zip(row.previous_until.map(Instant::from_millis)),
        created_at: Instant::from_millis(row.created_at),
    }
}

#[cfg(test)]
mod tests {
    use pricing::model::Instant;

    use super::Webhook;

    fn webhook() -> Webhook {
        Webhook {
            id: "1".to_owned(),
            url: "https://shop.example/hook".to_owned(),
            events: vec!["order.committed".to_owned()],
            enabled: true,
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
            previous: None,
            created_at: Instant::from_millis(0),
        }
    }

    #[test]
    fn a_message_is_signed_as_the_specification_says() {
        // The example of the specification's reference libraries.
        let body = r#"{"test": 2432232314}"#;
        let headers = webhook().signature(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            body,
            Instant::from_millis(1_614_265_330_000),
        );
        assert_eq!(headers[2].1, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(headers[1].1, "1614265330");
    }

    #[test]
    fn two_secrets_sign_while_one_replaces_the_other() {
        let previous =
            Some(("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD".to_owned(), Instant::from_millis(1_000)));
        let rotated = Webhook { previous, ..webhook() };
        let count =
            |millis| rotated.signature("m", "{}", Instant::from_millis(millis))[2].1.split(' ').count();
        assert_eq!((count(999), count(1_000)), (2, 1));
    }

    #[test]
    fn it_gets_what_it_wants() {
        assert!(webhook().wants("order.committed") && !webhook().wants("order.reserved"));
        assert!(Webhook { events: Vec::new(), ..webhook() }.wants("order.reserved"));
        assert!(!Webhook { enabled: false, ..webhook() }.wants("order.committed"));
    }
}
