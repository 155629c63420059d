//! `farthing lint` against the stores in `tests/lint`: for each code one store with discounts or sets, called `x-…`, that
//! it must find and others that it must not, and one store in which nothing at all must be found.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};

const CODES: [&str; 11] = [
    "emptyScope",
    "ended",
    "freeItem",
    "loneMember",
    "neverWins",
    "nothingToBuy",
    "renameChangesPrice",
    "sameTitle",
    "setIsFree",
    "unknownTimeZone",
    "unreachableRequirement",
];

/// The moment for the only check that asks for one.
const AS_OF: &str = "2026-11-01T00:00:00Z";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/lint")
}

fn lint(file: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farthing"));
    command.arg("lint").arg(file).args(arguments).output().expect("farthing runs")
}

fn findings(code: &str, file: &str) -> (Option<i32>, Vec<Value>) {
    let moment: &[&str] = if code == "ended" { &["--json", "--as-of", AS_OF] } else { &["--json"] };
    let output = lint(&folder().join(code).join(file), moment);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["cutShort"], json!([]));
    (output.status.code(), report["findings"].as_array().expect("a list").clone())
}

fn store(code: &str, file: &str) -> Value {
    let text = fs::read_to_string(folder().join(code).join(file)).expect("a store");
    serde_json::from_str(&text).expect("JSON")
}

/// The ids of discounts and sets that a store calls `x-…`.
fn marked(store: &Value) -> BTreeSet<String> {
    let named = |list: &str| store[list].as_array().expect("a list").clone();
    let all = [named("discounts"), named("promotionSets")].concat();
    let ids = all.iter().filter_map(|one| one["id"].as_str());
    ids.filter(|id| id.starts_with("x-")).map(str::to_owned).collect()
}

#[test]
fn every_code_has_its_stores() {
    let folders = fs::read_dir(folder())
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    assert_eq!(folders.collect::<BTreeSet<_>>(), CODES.map(str::to_owned).into());
}

#[test]
fn what_is_wrong_is_found_and_nothing_else() {
    for code in CODES {
        let store = store(code, "caught.json");
        let (status, findings) = findings(code, "caught.json");
        let of_code: Vec<&Value> = findings.iter().filter(|finding| finding["code"] == code).collect();
        let found: BTreeSet<String> =
            of_code.iter().filter_map(|finding| Some(finding["subjects"][0].as_str()?.to_owned())).collect();
        assert_eq!(found, marked(&store), "{code}");
        assert!(!of_code.is_empty(), "{code}");
        let is_bad = findings.iter().any(|finding| finding["severity"] != "note");
        assert_eq!(status, Some(i32::from(is_bad)), "{code}");
        for finding in of_code {
            let pointer = finding["pointer"].as_str().expect("a pointer");
            // A missing bound or end can't be at fault, so the place is there; but a default may stand for it.
            assert!(store.pointer(pointer).is_some(), "{code}: {pointer}");
            let message = finding["message"].as_str().expect("a message");
            assert!(message.ends_with('.') && message.len() < 300, "{message}");
        }
    }
}

#[test]
fn what_is_right_is_left_alone() {
    for code in CODES {
        let (status, findings) = findings(code, "clean.json");
        assert_eq!((status, findings), (Some(0), Vec::new()), "{code}");
    }
}

/// Prices a witness's cart on the whole store, as `farthing quote` does.
fn quote(store: &Value, witness: &Value) -> Value {
    let input = json!({ "snapshot": store, "asOf": witness["asOf"], "cart": witness["cart"] });
    let input = wire::read::pricing_input(&input, str::to_owned).expect("a pricing input");
    serde_json::to_value(input.quote().expect("a quote")).expect("JSON")
}

#[test]
fn every_witness_costs_what_is_said() {
    let mut priced = 0;
    for code in CODES {
        let store = store(code, "caught.json");
        for finding in findings(code, "caught.json").1 {
            let witness = &finding["witness"];
            let subjects = &finding["subjects"];
            if witness.is_null() {
                assert!(["unknownTimeZone", "loneMember"].contains(&code), "{code} {subjects}");
                continue;
            }
            let quote_now = quote(&store, witness);
            for field in ["subtotal", "productDiscount", "total", "currency"] {
                assert_eq!(quote_now[field], witness[field], "{code} {subjects} {field}");
            }
            assert_eq!(quote_now["shipping"]["total"], witness["shipping"], "{code} {subjects}");
            if finding["code"] == "renameChangesPrice" {
                let (one, other) = (&subjects[1], &subjects[2]);
                let then = quote(&renamed(&store, one, other), witness);
                assert_eq!(then["total"], witness["changedTotal"], "{code} {subjects}");
                assert_ne!(then["total"], quote_now["total"], "{code} {subjects}");
            }
            priced += 1;
        }
    }
    assert!(priced > 30, "only {priced} witnesses");
}

/// The store with the titles of two discounts swapped.
fn renamed(store: &Value, one: &Value, other: &Value) -> Value {
    let mut store = store.clone();
    let discounts = store["discounts"].as_array_mut().expect("a list");
    let at = |id: &Value| discounts.iter().position(|discount| discount["id"] == *id).expect("a discount");
    let (one, other) = (at(one), at(other));
    let title = discounts[one]["title"].clone();
    discounts[one]["title"] = discounts[other]["title"].clone();
    discounts[other]["title"] = title;
    store
}

#[test]
fn the_demo_shop_has_nothing_wrong() {
    let demo = folder().join("../../www/demo/store.json");
    let output = lint(&demo, &["--as-of", "2026-07-15T12:00:00Z"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Nothing found.\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn findings_are_readable() {
    let output = lint(&folder().join("renameChangesPrice/caught.json"), &[]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.lines().all(|line| line.chars().count() <= 100));
    assert!(text.contains("Cart: 2 × BOOK + 1 × MAP: 67.00 − 45.46 = 21.54, and then 17.00\n"), "{text}");
    assert!(text.ends_with("\n0 errors, 0 warnings, 3 notes\n"), "{text}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn what_cannot_be_read_is_a_problem() {
    let refused = |file: &Path, arguments: &[&str], code: &str| {
        let output = lint(file, arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        let problem: Value = serde_json::from_slice(&output.stderr).expect("a problem as JSON");
        assert_eq!(problem["code"], code);
    };
    refused(Path::new("no-such-file.json"), &[], "unreadableFile");
    refused(&folder().join("../explain/a-set-applies.txt"), &[], "malformedJson");
    refused(&folder().join("emptyScope/clean.json"), &["--as-of", "today"], "invalidInstant");
}

#[test]
fn a_pricing_input_brings_its_own_moment() {
    let output = lint(&folder().join("../explain/days-of-the-store.json"), &["--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let ended: Vec<&Value> =
        report["findings"].as_array().expect("a list").iter().filter(|one| one["code"] == "ended").collect();
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0]["pointer"], "/snapshot/discounts/2/endsAt");
}
