//! `farthing`: the pricing engine at the command line.

mod case;
mod compare;
mod explain;
mod input;
mod lint;
mod page;
mod quote;
mod test;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

/// Exact promotions, coupons and upgrade offers.
#[derive(Parser)]
#[command(name = "farthing", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Price a cart.
    Quote(QuoteArguments),
    /// Tell why a cart costs what it costs: what applied, and why everything else did not.
    Explain {
        /// A pricing input as JSON; `-` reads standard input.
        file: PathBuf,
    },
    /// Check a store's rules, each finding with a cart that shows it. Exits 1 on any error or warning.
    Lint(LintArguments),
    /// Run case files and print each difference.
    Test {
        /// Case files, or folders to search for them.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
}

#[derive(Args)]
struct QuoteArguments {
    /// A pricing input as JSON; `-` reads standard input.
    #[arg(required_unless_present = "jsonl")]
    file: Option<PathBuf>,
    /// Read one pricing input a line from standard input; print one quote or problem a line, in order.
    #[arg(long, conflicts_with = "file")]
    jsonl: bool,
}

#[derive(Args)]
struct LintArguments {
    /// A store file, a snapshot or a pricing input as JSON; `-` reads standard input.
    file: PathBuf,
    /// The moment to look from, as 2026-01-15T12:00:00Z: discounts that are over by then are told and otherwise left
    /// alone. A pricing input brings its own.
    #[arg(long)]
    as_of: Option<String>,
    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    match CommandLine::parse().command {
        Command::Quote(QuoteArguments { file: Some(file), .. }) => quote::file(&file),
        Command::Quote(QuoteArguments { file: None, .. }) => quote::lines(),
        Command::Explain { file } => explain::file(&file),
        Command::Lint(LintArguments { file, as_of, json }) => lint::file(&file, as_of.as_deref(), json),
        Command::Test { paths } => test::run(&paths),
    }
}
