//! Leaves out of the English words what only people read: they travel inside the wasm, where every byte counts.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=text/en.txt");
    let english = fs::read_to_string("text/en.txt")?;
    // Words are known by their lines, not by their names.
    let words: Vec<_> = english.lines().filter_map(|line| Some(line.split_once(" = ")?.1)).collect();
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("en.txt"), words.join("\n"))
}
