//! The few pages that the edge shows itself, to whoever opens a link out of a mail. Each says one thing and has one button
//! or one way on at most; a link is only ever acted on by a click, since scanners open every link there is.

use askama::Template;
use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use sha2::{Digest as _, Sha256};

use crate::{
    answer::{Answer, NO_STORE},
    problem::Failure,
};

const STYLE: &str = include_str!("../templates/page.css");

/// What a page shows.
#[derive(Debug, Default, Template)]
#[template(path = "page.html")]
pub(crate) struct Page<'a> {
    /// Whose it is, where that is known.
    pub(crate) shop: Option<&'a str>,
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
    /// The button's field, its value, and what stands on it.
    pub(crate) button: Option<(&'a str, &'a str, &'a str)>,
    /// Where else there is to go, and what stands there.
    pub(crate) way: Option<(&'a str, &'a str)>,
    pub(crate) note: Option<&'a str>,
    pub(crate) style: Style,
}

/// The style sheet of all pages.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style;

impl core::fmt::Display for Style {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(STYLE)
    }
}

impl Page<'_> {
    /// The page as an answer. `leads_to` is the origin that its button leads to in the end: a browser asks for that too.
    pub(crate) fn answer(&self, status: u16, leads_to: Option<&str>) -> Result<Answer, Failure> {
        let html = self.render().map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Answer::typed(status, "text/html; charset=utf-8", NO_STORE, html)
            .with("X-Robots-Tag", "noindex")
            // The address is a secret.
            .with("Referrer-Policy", "no-referrer")
            .with("Content-Security-Policy", policy(leads_to)))
    }
}

fn policy(leads_to: Option<&str>) -> String {
    let style = BASE64.encode(Sha256::digest(STYLE));
    let target = leads_to.map(|origin| format!(" {origin}")).unwrap_or_default();
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; form-action 'self'{target}; frame-ancestors 'none'; base-uri 'none'"
    )
}
