//! Sending letters: by SMTP, by an HTTP provider, or by Cloudflare's own binding, as the deployment is set up.

mod binding;
mod refusal;
mod resend;
mod smtp;

use core::time::Duration;

use futures_util::{
    FutureExt as _,
    future::{Either, select},
};
use mail::Letter;
use worker::{Delay, Env};

pub(crate) use self::refusal::Refusal;
use crate::clock;

/// The variable that says which way letters go: `smtp`, `resend` or `binding`. Without it none are sent.
const TRANSPORT: &str = "MAIL_TRANSPORT";

/// How long a letter may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A way that letters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Smtp,
    Resend,
    Binding,
}

impl Transport {
    const ALL: [Self; 3] = [Self::Smtp, Self::Resend, Self::Binding];

    /// The way that this deployment is set up for.
    pub(crate) fn of(env: &Env) -> Option<Self> {
        let name = env.var(TRANSPORT).ok()?.to_string();
        Self::ALL.into_iter().find(|transport| transport.name() == name)
    }

    /// Its name in the variable.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Resend => "resend",
            Self::Binding => "binding",
        }
    }
}

/// A way that is open, for as many letters as there are.
pub(crate) enum Post {
    Smtp(Box<smtp::Connection>),
    Resend(resend::Account),
    Binding(binding::Sender),
}

impl Post {
    /// Opens the way that the deployment is set up for.
    ///
    /// # Errors
    /// There is none, or it can't be reached: in words for staff.
    pub(crate) async fn open(env: &Env) -> Result<Self, String> {
        let transport = Transport::of(env).ok_or_else(|| format!("set the variable `{TRANSPORT}`"))?;
        match transport {
            Transport::Smtp => within(smtp::Connection::open(env)).await.map(Box::new).map(Self::Smtp),
            Transport::Resend => resend::Account::of(env).map(Self::Resend),
            Transport::Binding => binding::Sender::of(env).map(Self::Binding),
        }
    }

    /// Sends a letter: true to its id, however often it is sent.
    ///
    /// # Errors
    /// It was not taken.
    pub(crate) async fn send(&mut self, letter: &Letter) -> Result<(), Refusal> {
        let date = clock::now().millis().div_euclid(1000);
        let sent = match self {
            Self::Smtp(connection) => within(connection.send(letter, date)).await,
            Self::Resend(account) => within(account.send(letter)).await,
            Self::Binding(sender) => within(sender.send(letter, date)).await,
        };
        sent.map_err(Refusal::plain)
    }

    /// Says goodbye, where that is the custom.
    pub(crate) async fn close(self) {
        if let Self::Smtp(connection) = self {
            let _ = within(connection.close()).await;
        }
    }
}

/// Sends one letter.
///
/// # Errors
/// As [`Post::open`], which is for now, and [`Post::send`].
pub(crate) async fn send(env: &Env, letter: &Letter) -> Result<(), Refusal> {
    let mut post = Post::open(env).await?;
    let sent = post.send(letter).await;
    post.close().await;
    sent
}

async fn within<T, E: From<String>>(work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    match select(work.boxed_local(), Delay::from(PATIENCE)).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(((), _)) => Err(format!("it did not answer within {} s", PATIENCE.as_secs()).into()),
    }
}
