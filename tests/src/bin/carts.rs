//! Prints random pricing inputs, one a line: what `farthing quote --jsonl` reads.

use std::io::{self, Write as _};

use clap::Parser;
use farthing_tests::{Statistics, pricing_input};

/// Print random pricing inputs, one a line.
#[derive(Parser)]
struct Arguments {
    /// The same seed prints the same lines.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many lines.
    #[arg(long, default_value_t = 2_000)]
    count: u64,
    /// Print instead how often their quotes say what.
    #[arg(long)]
    stats: bool,
}

fn main() -> io::Result<()> {
    let Arguments { seed, count, stats } = Arguments::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
    if stats {
        write!(out, "{}", Statistics::of(seed, count))?;
        return out.flush();
    }
    for number in 0..count {
        writeln!(out, "{}", pricing_input(seed, number))?;
    }
    out.flush()
}
