//! How many bytes a shopper's browser loads, as files and as the network carries them.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::build::{self, Part};
use crate::files;
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

/// Builds the browser's part and prints its sizes.
///
/// # Errors
///
/// When it does not build.
pub(crate) fn run(project: &Project) -> Result<()> {
    build::run(project, Part::Browser)?;
    let version = build::widget_version(project)?;
    let www = project.www();
    let widget = www.join(version);
    println!("\n  {:<18} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip", "brotli-11");
    let embed = ("embed.js", www.join("v1/embed.js"));
    let styles = ("widget.css", widget.join("widget.css"));
    let scripts =
        [("widget.js", widget.join("widget.js")), ("widget_bg.wasm", widget.join("widget_bg.wasm"))];
    table(&[[embed.clone(), styles.clone()], scripts].concat())?;
    println!("\n  a page without a cart, before its first message");
    table(&[embed, styles, ("plain.js", widget.join("plain.js")), ("en.txt", widget.join("en.txt"))])?;
    println!("\n  offers, on top of either");
    table(&[("offers.js", widget.join("offers.js"))])?;
    println!("\n  the engine alone");
    table(&[
        ("engine.js", www.join("engine/engine.js")),
        ("engine_bg.wasm", www.join("engine/engine_bg.wasm")),
    ])
}

fn table(rows: &[(&str, PathBuf)]) -> Result<()> {
    let mut total = Bytes::default();
    for (name, path) in rows {
        let bytes = Bytes::of(&files::read(path)?)?;
        bytes.print(name);
        total.raw += bytes.raw;
        total.gzip += bytes.gzip;
        total.brotli += bytes.brotli;
    }
    total.print("total");
    Ok(())
}

impl Bytes {
    fn of(contents: &[u8]) -> Result<Self> {
        Ok(Self { raw: contents.len(), gzip: gzip(contents)?, brotli: brotli(contents)? })
    }

    fn print(self, name: &str) {
        println!("  {name:<18} {:>9} {:>9} {:>9}", self.raw, self.gzip, self.brotli);
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
