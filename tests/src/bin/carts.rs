//! Prints random pricing inputs, one a line: what `farthing quote --jsonl` reads.

use std::io::{self, Write as _};

use clap::Parser;

/// Print random pricing inputs, one a line.
#[derive(Parser)]
struct Arguments {
    /// The same seed prints the same lines.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many lines.
    #[arg(long, default_value_t = 2_000)]
    count: u64,
}

fn main() -> io::Result<()> {
    let Arguments { seed, count } = Arguments::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for number in 0..count {
        writeln!(out, "{}", farthing_tests::pricing_input(seed, number))?;
    }
    out.flush()
}
