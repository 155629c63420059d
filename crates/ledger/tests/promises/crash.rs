//! P3: a process that ends between any two statements leaves the order whole or absent on the disk.
//!
//! The test starts itself once more, as a child that does one piece of work on a file and ends at a statement that the
//! environment names.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use crate::{
    shop::Shop,
    sqlite::{Fault, Sqlite},
    work::{WORK, Work},
};

const FILE: &str = "FARTHING_LEDGER_FILE";
const WORK_NAME: &str = "FARTHING_LEDGER_WORK";
const ENDS_AT: &str = "FARTHING_LEDGER_ENDS_AT";
const IS_TORN: &str = "FARTHING_LEDGER_IS_TORN";

fn database(path: &Path, is_torn: bool) -> Sqlite {
    if is_torn { Sqlite::torn_on_file(path) } else { Sqlite::on_file(path) }
}

/// Only of use as a child: by itself it does nothing.
#[test]
fn child() {
    let Ok(path) = env::var(FILE) else { return };
    let name = env::var(WORK_NAME).expect("a name");
    let work = WORK.iter().find(|work| work.name == name).expect("work");
    let shop = Shop::at(database(Path::new(&path), env::var(IS_TORN).is_ok()));
    let ends_at = env::var(ENDS_AT).expect("a number").parse().expect("a number");
    shop.sqlite.fail(Fault::Abort, ends_at);
    shop.ask_all(&work.commands(), work.at());
}

fn run_child(path: &Path, work: &Work, ends_at: usize, is_torn: bool) -> ExitStatus {
    let mut child = Command::new(env::current_exe().expect("this test"));
    child.args(["--exact", "crash::child"]).env(FILE, path).env(WORK_NAME, work.name);
    child.env(ENDS_AT, ends_at.to_string()).env_remove(IS_TORN);
    if is_torn {
        child.env(IS_TORN, "yes");
    }
    child.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("a child")
}

/// A folder of the test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name.replace(' ', "-"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Ends a child at each statement of a piece of work; how many there were.
fn whole_or_absent(work: &Work, is_torn: bool) -> Result<usize, String> {
    let folder = folder(&format!("{} {is_torn}", work.name));
    let prepared = folder.join("prepared.sqlite");
    work.prepare(&Shop::at(Sqlite::on_file(&prepared)));
    let untroubled = folder.join("untroubled.sqlite");
    fs::copy(&prepared, &untroubled).expect("a copy");
    let untroubled = Shop::at(Sqlite::on_file(&untroubled));
    let before = untroubled.sqlite.dump();
    let expected = untroubled.ask_all(&work.commands(), work.at());
    let after = untroubled.sqlite.dump();
    for number in 1.. {
        let path = folder.join(format!("{number}.sqlite"));
        fs::copy(&prepared, &path).expect("a copy");
        let status = run_child(&path, work, number, is_torn);
        let reopened = Shop::at(Sqlite::on_file(&path));
        let left = reopened.sqlite.dump();
        let name = format!("{}, ended at statement {number}", work.name);
        if left != if status.success() { &*after } else { &*before } {
            return Err(format!("{name}: the turn is neither whole nor absent"));
        }
        // Whoever got no answer asks again.
        if reopened.ask_all(&work.commands(), work.at())[0] != expected[0] {
            return Err(format!("{name}: asked again, the answer is another one"));
        }
        if status.success() {
            fs::remove_dir_all(&folder).expect("the folder");
            return Ok(number - 1);
        }
    }
    Ok(0)
}

#[test]
fn a_process_that_ends_leaves_a_turn_whole_or_absent() {
    for work in &WORK {
        let statements = whole_or_absent(work, false);
        assert!(statements.as_ref().is_ok_and(|count| *count > 5), "{}: {statements:?}", work.name);
    }
}

#[test]
fn a_ledger_without_transactions_is_seen() {
    for work in &WORK {
        assert!(whole_or_absent(work, true).is_err(), "{}", work.name);
    }
}
