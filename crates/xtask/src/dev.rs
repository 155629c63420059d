//! `cargo xtask dev`: the whole product on this machine, from nothing to a shop in a browser.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::build::{self, Part, SITE_KEY};
use crate::files;
use crate::progress::seconds;
use crate::project::Project;
use crate::worker::{self, Builds, Place, Worker};

/// What the command line says about a development run.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Options {
    /// Where the Worker listens
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Forget everything the last run stored, and load the demo shop afresh
    #[arg(long)]
    reset: bool,
}

/// Runs until the Worker ends, which only Ctrl-C makes it do.
///
/// # Errors
///
/// When the port is taken, something does not build, or the Worker does not start.
pub(crate) fn run(project: &Project, options: Options) -> Result<()> {
    let started = Instant::now();
    if !worker::is_free(options.port) {
        bail!(
            "port {} is taken: stop what listens there, or choose another with `cargo xtask dev --port {}`",
            options.port,
            options.port.saturating_add(1)
        );
    }
    let place = Place { state: worker::kept_state(project), port: options.port, builds: Builds::Follow };
    if options.reset {
        files::remove(&place.state)?;
    }
    build::run(project, Part::All)?;
    let worker = Worker::start(project, &place)?;
    println!("{}", welcome(&worker, &seconds(started.elapsed())));
    worker.lines().for_each(|line| println!("{line}"));
    bail!("the Worker ended")
}

fn welcome(worker: &Worker, elapsed: &str) -> String {
    let (address, mailbox) = (worker.client().address(), worker.mailbox());
    format!(
        "
  Farthing is ready after {elapsed}

    Demo shop     {address}/demo/
    Products      {address}/demo/wine/
    Examples      {address}/examples/
    Mailbox       {mailbox}/   every mail that the shop sends
    Health        {address}/health
    A price       curl '{address}/v1/quotes?key={SITE_KEY}' -H 'Content-Type: application/json' \\
                    -d '{{\"lines\":[{{\"id\":\"1\",\"sku\":\"CAB19\",\"quantity\":12}}]}}'
    Admin token   in .dev.vars, for /admin/api

  Ctrl-C stops everything.
"
    )
}
