//! A real SMTP server on this machine that keeps every mail, to be read in a browser: what development and tests write to.

use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::free_port;
use crate::command;
use crate::process_group::{self, Watched};
use crate::project::Project;

/// The longest time it may take to listen.
const START: Duration = Duration::from_secs(30);

/// A running mailbox; stops when dropped, and its mails are gone.
#[derive(Debug)]
pub(crate) struct Mailbox {
    child: Child,
    smtp: u16,
    web: u16,
    _watched: Watched,
}

impl Mailbox {
    /// Starts one on ports of its own.
    ///
    /// # Errors
    ///
    /// When it does not listen.
    pub(crate) fn start(project: &Project) -> Result<Self> {
        let (smtp, web) = (free_port()?, free_port()?);
        let mut command = command::command(project, "sh")?;
        command.args(process_group::LEASH).arg(project.npm_bin("maildev"));
        command.args(["--ip", "127.0.0.1", "--web-ip", "127.0.0.1", "--silent"]);
        command.args(["--smtp", &smtp.to_string(), "--web", &web.to_string()]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        process_group::own_group(&mut command);
        let child = command.spawn().context("starting maildev")?;
        let watched = process_group::watch_group(&child);
        let mailbox = Self { child, smtp, web, _watched: watched };
        mailbox.until_it_listens()?;
        Ok(mailbox)
    }

    /// Where people, and tests, read what arrived.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.web)
    }

    /// Where mails are handed in.
    pub(super) fn server(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.smtp)
    }

    fn until_it_listens(&self) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < START {
            if [self.smtp, self.web].into_iter().all(listens) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("the mailbox did not listen within {} s", START.as_secs())
    }
}

fn listens(port: u16) -> bool {
    TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), Duration::from_millis(200)).is_ok()
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        process_group::stop_group(&mut self.child);
    }
}
