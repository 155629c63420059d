//! How many checks passed and failed, read from what other programs print.

use std::ops::AddAssign;

use anyhow::{Context as _, Result};
use serde_json::Value as Json;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
    }
}

impl Counts {
    pub(crate) const NONE: Self = Self { passed: 0, failed: 0 };
    pub(crate) const ONE_PASSED: Self = Self { passed: 1, failed: 0 };
    pub(crate) const ONE_FAILED: Self = Self { passed: 0, failed: 1 };

    pub(crate) fn is_good(self) -> bool {
        self.failed == 0
    }

    /// A run that failed has at least one failure, even if it never came to count: code that does not compile.
    pub(crate) fn at_least_one_failed(self) -> Self {
        Self { failed: self.failed.max(1), ..self }
    }

    /// The sum of every `test result: ok. 3 passed; 0 failed; …` that cargo prints, one a test program.
    pub(crate) fn of_cargo(output: &str) -> Self {
        let mut total = Self::NONE;
        for line in output.lines().filter(|line| line.contains("test result: ")) {
            let before = |word: &str| {
                let (number, _) = line.split_once(word)?;
                number.rsplit(' ').next()?.parse().ok()
            };
            total +=
                Self { passed: before(" passed;").unwrap_or(0), failed: before(" failed;").unwrap_or(0) };
        }
        total
    }

    /// The last `12 passed, 0 failed` of some output.
    pub(crate) fn of_last_line(output: &str) -> Option<Self> {
        let line = output.lines().rev().find(|line| line.ends_with(" failed"))?;
        let (passed, failed) = line.trim().split_once(" passed, ")?;
        Some(Self { passed: passed.parse().ok()?, failed: failed.strip_suffix(" failed")?.parse().ok()? })
    }

    /// Of Playwright's JSON report. What passed only when repeated has failed.
    ///
    /// # Errors
    ///
    /// When this is not such a report.
    pub(crate) fn of_playwright(report: &Json) -> Result<Self> {
        let stat = |name: &str| {
            let found = report.pointer(&format!("/stats/{name}")).and_then(Json::as_u64);
            found.with_context(|| format!("Playwright's report has no `{name}`"))
        };
        let broken = report["errors"].as_array().map_or(0, Vec::len) as u64;
        Ok(Self { passed: stat("expected")?, failed: stat("unexpected")? + stat("flaky")? + broken })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cargo_s_results_add_up() {
        let output = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured\nrunning 3 tests\n\
                      test result: FAILED. 1 passed; 2 failed; 0 ignored\n";
        assert_eq!(Counts::of_cargo(output), Counts { passed: 13, failed: 2 });
        assert_eq!(Counts::of_cargo("error: could not compile").at_least_one_failed().failed, 1);
    }

    #[test]
    fn the_last_line_counts() {
        assert_eq!(
            Counts::of_last_line("FAIL x\n3 passed, 1 failed\n"),
            Some(Counts { passed: 3, failed: 1 })
        );
        assert_eq!(Counts::of_last_line("thread panicked"), None);
    }

    #[test]
    fn a_playwright_report_counts_flaky_tests_and_broken_files_as_failed() {
        let report =
            json!({ "stats": { "expected": 5, "unexpected": 1, "flaky": 1, "skipped": 2 }, "errors": [{}] });
        assert_eq!(Counts::of_playwright(&report).unwrap(), Counts { passed: 5, failed: 3 });
    }
}
