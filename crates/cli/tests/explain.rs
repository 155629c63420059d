//! `farthing explain` against the texts in `tests/explain`; run with `FARTHING_WRITE=1` to write them anew.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/explain")
}

fn explain(argument: &str, input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farthing"));
    let piped = command
        .args(["explain", argument])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = piped.spawn().expect("farthing runs");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("farthing reads");
    child.wait_with_output().expect("farthing ends")
}

#[test]
fn each_case_reads_as_it_should() {
    let mut cases: Vec<_> = fs::read_dir(folder())
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    cases.sort();
    assert!(cases.len() >= 4, "the cases are gone");
    for case in cases {
        let output = explain("-", &fs::read_to_string(&case).expect("a case"));
        assert!(output.status.success(), "{}: {}", case.display(), String::from_utf8_lossy(&output.stderr));
        let found = String::from_utf8(output.stdout).expect("text");
        assert!(found.lines().all(|line| line.chars().count() <= 100), "{} is too wide", case.display());
        let expected = case.with_extension("txt");
        if std::env::var_os("FARTHING_WRITE").is_some() {
            fs::write(&expected, &found).expect("written");
        }
        let expected = fs::read_to_string(expected).expect("the text expected");
        assert_eq!(found, expected, "{}", case.display());
    }
}

#[test]
fn what_cannot_be_priced_is_a_problem() {
    let refused = |argument: &str, input: &str, code: &str| {
        let output = explain(argument, input);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        let problem: serde_json::Value = serde_json::from_slice(&output.stderr).expect("a problem as JSON");
        assert_eq!(problem.get("code").and_then(|code| code.as_str()), Some(code));
    };
    refused("no-such-file.json", "", "unreadableFile");
    refused("-", "{", "malformedJson");
    refused("-", "{}", "invalidInput");
    let text = fs::read_to_string(folder().join("two-bottles-short.json")).expect("a case");
    refused(
        "-",
        &text.replacen(
            "\"sku\": \"GIFT50\",\n        \"quantity\"",
            "\"sku\": \"GONE\",\n        \"quantity\"",
            1,
        ),
        "invalidInput",
    );
}
