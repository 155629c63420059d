//! `farthing quote`, answered by the oracle: byte for byte what the engine that ships has to say.

use std::{
    io::{self, BufRead as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser};
use unicode_normalization::UnicodeNormalization as _;
use wire::{Problem, Quote};

/// The command line of `farthing` as far as prices go.
#[derive(Parser)]
enum Arguments {
    /// Price a cart.
    Quote(Input),
}

#[derive(Args)]
struct Input {
    /// A pricing input as JSON; `-` reads standard input.
    #[arg(required_unless_present = "jsonl")]
    file: Option<PathBuf>,
    /// Read one pricing input a line from standard input; print one quote or problem a line, in order.
    #[arg(long, conflicts_with = "file")]
    jsonl: bool,
}

fn main() -> io::Result<ExitCode> {
    let Arguments::Quote(Input { file, .. }) = Arguments::parse();
    let Some(file) = file else {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for line in io::stdin().lock().lines() {
            match price(&line?) {
                Ok(quote) => writeln!(out, "{}", serde_json::to_string(&quote)?)?,
                Err(problem) => writeln!(out, "{}", serde_json::to_string(&problem)?)?,
            }
        }
        return out.flush().map(|()| ExitCode::SUCCESS);
    };
    match read(&file).and_then(|text| price(&text)) {
        Ok(quote) => println!("{}", serde_json::to_string_pretty(&quote)?),
        Err(problem) => {
            eprintln!("{}", serde_json::to_string_pretty(&problem)?);
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> Result<String, Problem> {
    let text =
        if file == Path::new("-") { io::read_to_string(io::stdin()) } else { std::fs::read_to_string(file) };
    text.map_err(|error| {
        let detail = format!("{}: {error}", file.display());
        Problem::new(400, "unreadableFile", "The file can't be read", detail)
    })
}

fn price(text: &str) -> Result<Quote, Problem> {
    let document = wire::document(text)?;
    let input =
        wire::read::pricing_input(&document, |text| text.nfkc().collect()).map_err(Problem::invalid)?;
    oracle::quote(&input.snapshot, &input.cart, input.as_of, &input.usage)
        .map(|quote| Quote::from(&quote))
        .map_err(|errors| Problem::cart(&errors, "/cart"))
}
