//! How many bytes a shopper's browser loads, as files and as the network carries them.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde_json::Value as Json;

use crate::bench;
use crate::build::{self, Part};
use crate::builds;
use crate::command;
use crate::counts::Counts;
use crate::files;
use crate::progress::step;
use crate::project::Project;

/// Cloudflare compresses on the fly at a lower quality; this is what the same bytes can become.
const QUALITY: u32 = 11;
const WINDOW: u32 = 24;
const BUFFER: usize = 1 << 16;

#[derive(Debug, Clone, Copy, Default)]
struct Bytes {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// The well-known buy button with its style sheet, `@shopify/buy-button-js`: what a cart may weigh at most.
const BUY_BUTTON: usize = 54_017;
/// What a page with messages alone may load before the first of them.
const MESSAGES: usize = 20_000;
/// What the script tag loads before anything else.
const SCRIPT_TAG: usize = 2_048;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The folder of the peers' harness, to print their carts' sizes too; FARTHING_PEERS names it too
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,
}

/// The files that a browser loads, by what it loads them for.
struct Loads {
    cart: Vec<(&'static str, PathBuf)>,
    messages: Vec<(&'static str, PathBuf)>,
    script_tag: Vec<(&'static str, PathBuf)>,
    offers: Vec<(&'static str, PathBuf)>,
    engine: Vec<(&'static str, PathBuf)>,
}

/// Builds the browser's part and prints its sizes beside the peers'; true when every budget is kept.
///
/// # Errors
///
/// When it does not build, or the peers don't.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    build::run(project, Part::Browser)?;
    let loads = Loads::of(project)?;
    println!("\n  {:<40} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip", "brotli-11");
    let cart = table(&loads.cart)?;
    println!("\n  a page without a cart, before its first message");
    let messages = table(&loads.messages)?;
    println!("\n  offers, on top of either");
    table(&loads.offers)?;
    println!("\n  the engine alone");
    table(&loads.engine)?;
    println!("\n  peers; their carts know no sets, shipping, codes, verdicts or nudges");
    println!("  {:<40} {:>29}", "buy-button-js, script and css", BUY_BUTTON);
    if bench::is_named(options.peers.as_ref()) {
        print_peers(project, options.peers.as_ref())?;
    }
    println!();
    let kept = [
        is_kept("js, wasm and css of a cart", cart.brotli, BUY_BUTTON),
        is_kept("a page with only messages", messages.brotli, MESSAGES),
        is_kept("the script tag", sum(&loads.script_tag)?.brotli, SCRIPT_TAG),
    ];
    Ok(!kept.contains(&false))
}

/// Holds what is built against the budgets that it keeps, for `cargo xtask test`.
///
/// # Errors
///
/// When a file is missing.
pub(crate) fn check(project: &Project) -> Result<Counts> {
    let loads = Loads::of(project)?;
    let mut counts = Counts::NONE;
    for (what, files, budget) in [
        ("a page with only messages", &loads.messages, MESSAGES),
        ("the script tag", &loads.script_tag, SCRIPT_TAG),
    ] {
        let is_kept = is_kept(what, sum(files)?.brotli, budget);
        counts += if is_kept { Counts::ONE_PASSED } else { Counts::ONE_FAILED };
    }
    Ok(counts)
}

fn is_kept(what: &str, bytes: usize, budget: usize) -> bool {
    match bytes.checked_sub(budget) {
        None | Some(0) => println!("  ✓ {what}: {bytes} bytes, of {budget} at most"),
        Some(over) => println!("  ✗ {what}: {bytes} bytes, {over} over the budget of {budget}"),
    }
    bytes <= budget
}

/// What the harness says about its carts.
fn print_peers(project: &Project, named: Option<&PathBuf>) -> Result<()> {
    let widgets = bench::widgets(named)?;
    step("peers", || bench::install(&widgets))?;
    let mut build = command::npm_program(project, "node", &["build.mjs"])?;
    let printed = command::succeed(build.current_dir(&widgets))?;
    for line in printed.lines().filter(|line| line.starts_with('{')) {
        let peer: Json = serde_json::from_str(line).context("reading a peer's size")?;
        let size = |key| peer.get(key).and_then(Json::as_u64).unwrap_or_default();
        let item = peer.get("item").and_then(Json::as_str).unwrap_or_default();
        println!("  {item:<40} {:>9} {:>9} {:>9}", size("raw"), size("gzip9"), size("brotli11"));
    }
    Ok(())
}

impl Loads {
    fn of(project: &Project) -> Result<Self> {
        let www = project.www();
        let widget = www.join(builds::current(&www)?);
        let embed = ("embed.js", www.join("v1/embed.js"));
        let of_widget = |name: &'static str| (name, widget.join(name));
        let of_engine = |name: &'static str| (name, www.join("engine").join(name));
        Ok(Self {
            cart: vec![
                embed.clone(),
                of_widget("widget.css"),
                of_widget("widget.js"),
                of_widget("widget_bg.wasm"),
            ],
            messages: vec![
                embed.clone(),
                of_widget("widget.css"),
                of_widget("plain.js"),
                of_widget("en.txt"),
            ],
            script_tag: vec![embed],
            offers: vec![of_widget("offers.js")],
            engine: vec![of_engine("engine.js"), of_engine("engine_bg.wasm")],
        })
    }
}

fn table(rows: &[(&str, PathBuf)]) -> Result<Bytes> {
    for (name, path) in rows {
        Bytes::of(&files::read(path)?)?.print(name);
    }
    let total = sum(rows)?;
    total.print("total");
    Ok(total)
}

fn sum(rows: &[(&str, PathBuf)]) -> Result<Bytes> {
    let mut total = Bytes::default();
    for (_, path) in rows {
        let bytes = Bytes::of(&files::read(path)?)?;
        total.raw += bytes.raw;
        total.gzip += bytes.gzip;
        total.brotli += bytes.brotli;
    }
    Ok(total)
}

impl Bytes {
    fn of(contents: &[u8]) -> Result<Self> {
        Ok(Self { raw: contents.len(), gzip: gzip(contents)?, brotli: brotli(contents)? })
    }

    fn print(self, name: &str) {
        println!("  {name:<40} {:>9} {:>9} {:>9}", self.raw, self.gzip, self.brotli);
    }
}

fn gzip(contents: &[u8]) -> Result<usize> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(contents).context("compressing")?;
    Ok(encoder.finish().context("compressing")?.len())
}

fn brotli(contents: &[u8]) -> Result<usize> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    encoder.write_all(contents).context("compressing")?;
    encoder.flush().context("compressing")?;
    Ok(encoder.into_inner().len())
}
