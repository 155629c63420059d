//! Joins the style sheets, and leaves out of them and of the English words what only people read: they travel inside the
//! wasm, where every byte counts.

use std::{env, fs, io, path::Path};

const SHEETS: [&str; 5] = ["base", "product", "cart", "line", "sums"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=style");
    println!("cargo::rerun-if-changed=text");
    let mut joined = String::new();
    for sheet in SHEETS {
        joined.push_str(&short(&fs::read_to_string(Path::new("style").join(sheet).with_extension("css"))?));
    }
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let out = Path::new(&out);
    fs::write(out.join("en.txt"), unnamed(&fs::read_to_string("text/en.txt")?))?;
    fs::write(out.join("widget.css"), joined)
}

/// Words without their names: they are known by their lines.
fn unnamed(words: &str) -> String {
    let words: Vec<_> = words.lines().filter_map(|line| Some(line.split_once(" = ")?.1)).collect();
    words.join("\n")
}

/// Without comments and without white space that means nothing. Our sheets hold no strings with either in them.
fn short(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once("*/").map_or("", |(_, after)| after));
    }
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (long, brief) in [
        ("; ", ";"),
        (" { ", "{"),
        ("{ ", "{"),
        (" {", "{"),
        (" }", "}"),
        ("} ", "}"),
        (";}", "}"),
        (": ", ":"),
        (", ", ","),
    ] {
        text = text.replace(long, brief);
    }
    text
}
