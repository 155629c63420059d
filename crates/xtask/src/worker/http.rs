//! Plain HTTP to a Worker on this machine.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value as Json;
use ureq::Agent;

/// Speaks to one Worker, as its administrator where that is needed.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    agent: Agent,
    port: u16,
    token: String,
}

impl Client {
    pub(crate) fn new(port: u16, token: String) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(30)))
            .http_status_as_error(false)
            .max_redirects(0)
            // A proxy is for the outside; this never leaves the machine.
            .proxy(None)
            .build();
        Self { agent: config.into(), port, token }
    }

    /// Without a slash at the end.
    pub(crate) fn address(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Both names of this machine, each an origin of its own to a browser.
    pub(crate) fn origins(&self) -> [String; 2] {
        [self.address(), format!("http://127.0.0.1:{}", self.port)]
    }

    pub(crate) fn is_healthy(&self) -> bool {
        let answer = self.agent.get(self.url("/health")).call();
        answer.is_ok_and(|answer| answer.status() == 200)
    }

    /// # Errors
    ///
    /// When the Worker can't be reached or refuses; the message then carries its problem.
    pub(crate) fn post(&self, path: &str, body: &Json) -> Result<Json> {
        let request = self.agent.post(self.url(path)).header("Authorization", self.bearer());
        let answer = request.content_type("application/json").send(body.to_string());
        accepted("POST", path, answer)
    }

    /// # Errors
    ///
    /// When the Worker can't be reached or refuses; the message then carries its problem.
    pub(crate) fn put(&self, path: &str, body: &Json) -> Result<Json> {
        let request = self.agent.put(self.url(path)).header("Authorization", self.bearer());
        let answer = request.content_type("application/json").send(body.to_string());
        accepted("PUT", path, answer)
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

type Answer = Result<ureq::http::Response<ureq::Body>, ureq::Error>;

fn accepted(method: &str, path: &str, answer: Answer) -> Result<Json> {
    let mut answer = answer.with_context(|| format!("{method} {path}"))?;
    if !answer.status().is_success() {
        let problem = answer.body_mut().read_to_string().unwrap_or_default();
        bail!("{method} {path} answered {}:\n{problem}", answer.status());
    }
    let text = answer.body_mut().read_to_string().with_context(|| format!("{method} {path}"))?;
    serde_json::from_str(&text).with_context(|| format!("{method} {path} answered no JSON"))
}
