//! `cargo xtask crash`: limited discounts sold, and mails sent, by a Worker that is killed again and again.

use anyhow::Result;

use crate::build::{self, Part};
use crate::command;
use crate::counts::Counts;
use crate::project::Project;

/// How often the Worker is killed while mails are sent: they take a while each.
const MOST_KILLS: u32 = 20;

/// What the command line says about a run.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How often the Worker is killed in each scenario
    #[arg(long, default_value_t = 100)]
    kills: u32,
    /// How many orders each scenario sells
    #[arg(long, default_value_t = 1_500)]
    orders: u32,
    /// How many uses there are; divisible by 5
    #[arg(long, default_value_t = 500)]
    limit: u32,
    /// How many clients order at the same time
    #[arg(long, default_value_t = 8)]
    clients: u32,
    /// What the random choices begin with
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// How many orders are paid whose receipts are waited for
    #[arg(long, default_value_t = 200)]
    receipts: u32,
    /// How many past buyers get a mail
    #[arg(long, default_value_t = 10_000)]
    buyers: u32,
    /// Sell on a Worker that reads and then writes; good when it is found out
    #[arg(long)]
    naive: bool,
}

impl Options {
    /// Small enough to be a part of every test run.
    pub(crate) const SMALL: Self = Self {
        kills: 5,
        orders: 150,
        limit: 50,
        clients: 8,
        seed: 1,
        receipts: 30,
        buyers: 60,
        naive: false,
    };

    /// The same on the planted bug.
    pub(crate) const SMALL_NAIVE: Self = Self { naive: true, ..Self::SMALL };
}

/// Builds the Worker, sells and judges; true when all is as it should be.
///
/// # Errors
///
/// When the Worker can't be built.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    build::run(project, Part::Edge)?;
    let has_sold = is_judge_fit(project)? && sell(project, options)?;
    Ok(has_sold && (options.naive || (mail(project, options)? && steps(project)?)))
}

/// The small runs, as tests; the Worker must be built.
///
/// # Errors
///
/// When Node can't be started.
pub(crate) fn small(project: &Project) -> Result<Counts> {
    let mut total = Counts::NONE;
    let outcomes = [
        is_judge_fit(project)?,
        sell(project, &Options::SMALL)?,
        sell(project, &Options::SMALL_NAIVE)?,
        mail(project, &Options::SMALL)?,
        steps(project)?,
    ];
    for is_good in outcomes {
        total += if is_good { Counts::ONE_PASSED } else { Counts::ONE_FAILED };
    }
    Ok(total)
}

/// What judges is judged first, by runs of which it is known what is wrong with them.
fn is_judge_fit(project: &Project) -> Result<bool> {
    let mut node = command::npm_program(project, "node", &["--test", "--test-reporter=dot"])?;
    let tests = ["checks", "counter", "search"].map(|name| format!("tests/crash/{name}.test.mjs"));
    command::show(node.args(tests))
}

fn sell(project: &Project, options: &Options) -> Result<bool> {
    let mut node = command::npm_program(project, "node", &["tests/crash/crash.mjs"])?;
    let numbers = [
        ("--kills", options.kills),
        ("--orders", options.orders),
        ("--limit", options.limit),
        ("--clients", options.clients),
        ("--seed", options.seed),
    ];
    for (name, number) in numbers {
        node.args([name, &number.to_string()]);
    }
    if options.naive {
        node.arg("--naive");
    }
    command::show(node.arg("--folder").arg(project.scratch().join("crash")))
}

/// Mails of a Worker that is killed: receipts, and news to past buyers.
fn mail(project: &Project, options: &Options) -> Result<bool> {
    let mut node = command::npm_program(project, "node", &["tests/crash/mail.mjs"])?;
    let numbers = [
        ("--receipts", options.receipts),
        ("--buyers", options.buyers),
        ("--kills", options.kills.min(MOST_KILLS)),
        ("--seed", options.seed),
    ];
    for (name, number) in numbers {
        node.args([name, &number.to_string()]);
    }
    command::show(node.arg("--folder").arg(project.scratch().join("crash")))
}

/// A Worker that is killed at each step of handing something over: a receipt, an event.
fn steps(project: &Project) -> Result<bool> {
    let mut is_good = true;
    for script in ["tests/crash/steps.mjs", "tests/crash/hooks.mjs"] {
        let mut node = command::npm_program(project, "node", &[script])?;
        is_good &= command::show(node.arg("--folder").arg(project.scratch().join("crash")))?;
    }
    Ok(is_good)
}
