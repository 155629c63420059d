//! What fuzzing found worth keeping, and every golden case, through the fuzz targets (P13): the same bodies that
//! `cargo xtask fuzz` feeds with changed copies of them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use farthing_tests::{
    files,
    fuzz::{self, TARGETS},
};
use serde_json::Value;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_corpus_finds_nothing() {
    for (target, _) in TARGETS {
        let files = files(&repository().join("fuzz/corpus").join(target));
        assert!(!files.is_empty(), "`{target}` has no corpus");
        for file in files {
            // The test's output then ends with the file that a panic came from.
            println!("{}", file.display());
            fuzz::run(target, &fs::read(file).expect("a file"));
        }
    }
}

#[test]
fn the_golden_cases_find_nothing() {
    let mut stream = String::new();
    for file in files(&repository().join("tests/golden")) {
        println!("{}", file.display());
        let case: Value = serde_json::from_slice(&fs::read(file).expect("a file")).expect("a case");
        let input = case["input"].to_string();
        fuzz::run("cart", input.as_bytes());
        fuzz::run("snapshot", case["input"]["snapshot"].to_string().as_bytes());
        stream.push_str(&input);
        stream.push('\n');
    }
    fuzz::run("jsonl", stream.as_bytes());
    fuzz::run("snapshot", &fs::read(repository().join("www/demo/store.json")).expect("the demo shop"));
}
