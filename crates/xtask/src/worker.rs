//! A Worker on this machine, with its own D1 and Durable Objects: started, filled with the demo shop, stopped.

mod demo_shop;
mod http;
mod local;
mod mailbox;
mod migrate;
mod secrets;
mod store;

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::command;
use crate::process_group::{self, Watched};
use crate::project::Project;

pub(crate) use http::Client;

use mailbox::Mailbox;

/// The longest time a Worker may take to answer. Its own `[build]` finds everything built.
const START: Duration = Duration::from_secs(90);

/// What wrangler prints once it listens.
const READY: &str = "Ready on ";

/// Where a Worker keeps its data and listens.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) state: PathBuf,
    pub(crate) port: u16,
    pub(crate) builds: Builds,
}

/// Whether the Worker is built again when a source changes under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Builds {
    /// For development.
    Follow,
    /// For tests: what was built is what is tested, whatever is edited meanwhile. Files are served from this folder.
    Frozen(PathBuf),
}

/// What runs beside the Worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    DemoShop,
}

/// A running Worker; stops when dropped.
#[derive(Debug)]
pub(crate) struct Worker {
    child: Child,
    lines: Receiver<String>,
    seen: Vec<String>,
    client: Client,
    mailbox: Mailbox,
    _watched: Watched,
}

impl Worker {
    /// Applies the migrations, starts the Worker and the demo shop's own server in front of it, and returns when they answer
    /// and the demo shop is loaded.
    ///
    /// # Errors
    ///
    /// When it does not start; the message then carries what it printed.
    pub(crate) fn start(project: &Project, place: &Place) -> Result<Self> {
        let token = secrets::admin_token(project)?;
        migrate::apply(project, &place.state)?;
        let client = Client::new(place.port, token);
        if !demo_shop::configuration(&place.state).exists() {
            // The key that the shop's server starts with is made by the Worker: once, it starts alone.
            let mailbox = Mailbox::start(project)?;
            let mut alone = Self::spawn(project, place, client.clone(), mailbox, Beside::Nothing)?;
            alone.until_it_answers()?;
            demo_shop::set_up(project, &place.state, &client)?;
        }
        let mailbox = Mailbox::start(project)?;
        let mut worker = Self::spawn(project, place, client, mailbox, Beside::DemoShop)?;
        worker.until_it_answers()?;
        store::load(project, &place.state, &worker.client)?;
        worker.seen.extend(worker.lines.try_iter());
        Ok(worker)
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Where its mails are read.
    pub(crate) fn mailbox(&self) -> String {
        self.mailbox.address()
    }

    /// What it prints from now on, until it ends.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.lines.iter()
    }

    /// What it has printed but for the line that it prints for every request.
    pub(crate) fn warnings(&self) -> impl Iterator<Item = String> {
        self.lines.try_iter().filter(|line| !line.starts_with("[wrangler:info]") && !line.is_empty())
    }

    fn spawn(
        project: &Project,
        place: &Place,
        client: Client,
        mailbox: Mailbox,
        beside: Beside,
    ) -> Result<Self> {
        let mut command = command::command(project, "sh")?;
        command.args(process_group::LEASH).arg(project.npm_bin("wrangler"));
        command.args(["dev", "--local", "--inspector-port", "0"]);
        command.args(["--show-interactive-dev-session=false", "--port", &place.port.to_string()]);
        command.arg("--persist-to").arg(&place.state);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        quiet(&mut command);
        if beside == Beside::DemoShop {
            // The first of several is the one that listens.
            command.arg("--config").arg(demo_shop::configuration(&place.state));
        }
        let variables = [
            ("PUBLIC_URL", client.address()),
            ("MAIL_TRANSPORT", "smtp".to_owned()),
            ("SMTP_URL", mailbox.server()),
        ];
        command.args(["--config", local::configuration(project, &place.builds, &variables)?]);
        process_group::own_group(&mut command);
        let mut child = command.spawn().context("starting wrangler")?;
        let watched = process_group::watch_group(&child);
        let lines = command::lines_of(&mut child);
        Ok(Self { child, lines, seen: Vec::new(), client, mailbox, _watched: watched })
    }

    /// Ready means that wrangler says so and that the Worker answers: an answer alone could be another Worker's, on a
    /// port that was taken in the meantime.
    fn until_it_answers(&mut self) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < START {
            if let Ok(line) = self.lines.recv_timeout(Duration::from_millis(50)) {
                self.seen.push(line);
                continue;
            }
            if self.child.try_wait().context("waiting for wrangler")?.is_some() {
                bail!("wrangler ended:\n{}", self.printed());
            }
            if self.seen.iter().any(|line| line.contains(READY)) && self.client.is_healthy() {
                return Ok(());
            }
        }
        bail!("the Worker did not answer /health within {} s:\n{}", START.as_secs(), self.printed())
    }

    fn printed(&self) -> String {
        command::tail(&self.seen.join("\n"))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        process_group::stop_group(&mut self.child);
    }
}

/// wrangler asks nobody and tells nobody: no statistics, no news, no look-up of where this machine is.
pub(crate) fn quiet(command: &mut std::process::Command) {
    command.env("WRANGLER_SEND_METRICS", "false").env("WRANGLER_HIDE_BANNER", "true");
    command.env("CLOUDFLARE_CF_FETCH_ENABLED", "false").env("NO_COLOR", "1").env("CI", "1");
}

/// True when nobody listens there, under either address that browsers take `localhost` for.
pub(crate) fn is_free(port: u16) -> bool {
    let addresses = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
    let is_taken = |address| {
        let attempt = TcpListener::bind((address, port));
        attempt.is_err_and(|error| error.kind() == ErrorKind::AddrInUse)
    };
    !addresses.into_iter().any(is_taken)
}

/// A port that nobody listened on a moment ago.
///
/// # Errors
///
/// When this machine has none left.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("looking for a free port")?;
    Ok(listener.local_addr().context("looking for a free port")?.port())
}

/// The state that `cargo xtask dev` keeps between starts.
pub(crate) fn kept_state(project: &Project) -> PathBuf {
    project.root().join(Path::new(".farthing/state"))
}
