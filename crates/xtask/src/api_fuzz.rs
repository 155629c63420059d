//! `cargo xtask api-fuzz`: made-up requests from `/openapi.json`, good ones and bad ones, against a fresh Worker. Whatever is
//! sent, no answer may be a server error, and each must be one that the document tells of.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::build::{self, Part, SITE_KEY};
use crate::command;
use crate::files;
use crate::progress::{Outcome, begins, step};
use crate::project::Project;
use crate::worker::{self, Builds, Client, Place, Worker};

/// From PyPI, with whatever it needs, into an environment of its own.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// What is asked of each answer. That every good request is taken is not: the document can't say that a SKU must be one of
/// the store's.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";

/// The addresses that take keys away.
const KEYS: &str = "^/admin/api/(site|server)-keys/";

/// The addresses of one order.
const ORDER: &str = "^/v1/orders";

/// What the command line says about a run.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How many requests are made up for each operation, besides those that go to every limit
    #[arg(long, default_value_t = 50)]
    requests: u32,
    /// What the random choices begin with
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Anything else for `schemathesis run`, after `--`
    #[arg(last = true)]
    more: Vec<String>,
}

/// Builds everything, starts a Worker and feeds it; true when nothing was found.
///
/// # Errors
///
/// When Python is missing, a build fails or the Worker does not start.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    build::run(project, Part::All)?;
    let scratch = project.scratch().join("api-fuzz");
    let program = installed(project, &scratch.join("python"))?;
    let place = Place {
        state: scratch.join(format!("state-{}", std::process::id())),
        port: worker::free_port()?,
        builds: Builds::Frozen(project.www()),
    };
    files::remove(&place.state)?;
    let worker = Worker::start(project, &place)?;
    let is_good = feed(project, options, &program, &scratch, worker.client())?;
    if !is_good {
        worker.warnings().for_each(|line| println!("  the Worker said: {line}"));
    }
    drop(worker);
    files::remove(&place.state)?;
    Ok(is_good)
}

/// The program, installed if this version is not there yet.
fn installed(project: &Project, environment: &Path) -> Result<PathBuf> {
    let program = environment.join("bin/schemathesis");
    step("schemathesis", || {
        let installed = environment.join("installed");
        if program.exists() && files::read_text(&installed).is_ok_and(|found| found == SCHEMATHESIS) {
            return Ok(Outcome::UpToDate);
        }
        begins("installing schemathesis (about half a minute)");
        let mut python = command::command(project, "python3")?;
        command::succeed(python.args(["-m", "venv", "--clear"]).arg(environment))
            .context("making a Python environment; Python 3.10 or newer must be there, with its `venv`")?;
        let mut pip = command::command(project, environment.join("bin/pip"))?;
        command::succeed(pip.args(["install", "--quiet", "--disable-pip-version-check", SCHEMATHESIS]))?;
        files::write(&installed, SCHEMATHESIS)?;
        Ok(Outcome::done("installed"))
    })?;
    Ok(program)
}

fn feed(
    project: &Project,
    options: &Options,
    program: &Path,
    scratch: &Path,
    client: &Client,
) -> Result<bool> {
    let made = client.post("/admin/api/server-keys", &json!({ "title": "Made-up requests" }))?;
    let key =
        made.get("secret").and_then(|secret| secret.as_str()).context("a server key without its secret")?;
    let mut is_good = true;
    for pass in PASSES {
        is_good &= pass.run(project, options, (program, scratch), client, key)?;
    }
    Ok(is_good)
}

/// One run over some of the operations.
#[derive(Debug)]
struct Pass {
    name: &'static str,
    /// Which of them: the option and the addresses.
    chosen: [&'static str; 2],
    /// What more is configured.
    parameters: &'static str,
}

const PASSES: [Pass; 3] = [
    Pass { name: "most", chosen: ["--exclude-path-regex", KEYS], parameters: "" },
    // A made-up reference is no order's: the one that the examples reserve is.
    Pass {
        name: "order",
        chosen: ["--include-path-regex", ORDER],
        parameters: "[parameters]\n\"path.reference\" = \"1001\"\n",
    },
    // Last what may take away the keys that the rest is called with: what answers name is asked for again.
    Pass { name: "keys", chosen: ["--include-path-regex", KEYS], parameters: "" },
];

impl Pass {
    fn run(
        &self,
        project: &Project,
        options: &Options,
        (program, scratch): (&Path, &Path),
        client: &Client,
        key: &str,
    ) -> Result<bool> {
        let configuration = scratch.join(format!("{}.toml", self.name));
        files::write(&configuration, format!("{}{CONFIGURATION}", self.parameters))?;
        let mut schemathesis = command::command(project, program)?;
        // It writes down what it found where it runs.
        schemathesis.current_dir(scratch).arg("--config-file").arg(configuration).arg("run");
        schemathesis.arg(format!("{}/openapi.json", client.address()));
        schemathesis.args(["--checks", CHECKS, "--continue-on-failure"]);
        schemathesis.args(["--phases", "examples,coverage,fuzzing", "--seed", &options.seed.to_string()]);
        schemathesis.args(["--max-examples", &options.requests.to_string()]);
        schemathesis.args(self.chosen).args(&options.more);
        // Not on the command line, where every process of this machine can read it.
        schemathesis.env("FARTHING_SITE_KEY", SITE_KEY).env("FARTHING_SERVER_KEY", key);
        schemathesis.env("FARTHING_ADMIN_TOKEN", client.token());
        // A proxy is for the outside; this never leaves the machine.
        schemathesis.env("NO_PROXY", "localhost,127.0.0.1").env("no_proxy", "localhost,127.0.0.1");
        command::show(&mut schemathesis)
    }
}

/// Which key goes with which of the document's security schemes.
const CONFIGURATION: &str = r#"[auth.openapi.siteKey]
api_key = "${FARTHING_SITE_KEY}"

[auth.openapi.serverKey]
bearer = "${FARTHING_SERVER_KEY}"

[auth.openapi.adminToken]
bearer = "${FARTHING_ADMIN_TOKEN}"
"#;
