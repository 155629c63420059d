//! Short names for what a module and its script call each other by.
//!
//! wasm-bindgen ends each name in sixteen digits of a hash, once in the module and once in the script: of all that is sent,
//! what compresses worst. `wasm-opt` gives the module short names and tells which.

use std::collections::HashMap;

use anyhow::{Context as _, Result};

/// What the script calls the module by.
const MODULE: &str = "wasm.";

/// What `wasm-opt` calls every module that something is imported from.
const SHORT_MODULE: &str = "a";

/// The short name of each import and export.
#[derive(Debug)]
pub(crate) struct Names {
    /// By the module's name in quotes, as it stands in the script.
    modules: HashMap<String, String>,
    imports: HashMap<String, String>,
    exports: HashMap<String, String>,
}

impl Names {
    /// Reads what `--minify-imports-and-exports-and-modules` prints.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub(crate) fn read(told: &str) -> Result<Self> {
        let mut told: HashMap<String, Vec<Vec<String>>> =
            serde_json::from_str(told).context("wasm-opt told no names")?;
        let mut names = |kind| told.remove(kind).unwrap_or_default().into_iter();
        let (mut modules, mut imports, mut exports) = (HashMap::new(), HashMap::new(), HashMap::new());
        for import in names("imports") {
            let [module, long, short] = <[String; 3]>::try_from(import).map_err(unknown)?;
            modules.insert(format!("\"{module}\""), format!("\"{SHORT_MODULE}\""));
            imports.insert(long, short);
        }
        for export in names("exports") {
            let [long, short] = <[String; 2]>::try_from(export).map_err(unknown)?;
            exports.insert(long, short);
        }
        Ok(Self { modules, imports, exports })
    }

    /// The script, calling everything by its short name. An import's name stands for nothing else; an export's does only
    /// behind the module's.
    pub(crate) fn shorten(&self, script: &str) -> String {
        let mut shortened = String::with_capacity(script.len());
        let mut rest = script;
        while let Some(start) = rest.find(is_of_name) {
            let (before, name) = rest.split_at(start);
            shortened.push_str(before);
            let (name, after) = name.split_at(name.find(|letter| !is_of_name(letter)).unwrap_or(name.len()));
            let known = if shortened.ends_with(MODULE) { &self.exports } else { &self.imports };
            shortened.push_str(known.get(name).map_or(name, String::as_str));
            rest = after;
        }
        shortened.push_str(rest);
        self.modules.iter().fold(shortened, |script, (long, short)| script.replace(long, short))
    }
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

fn unknown(row: Vec<String>) -> anyhow::Error {
    anyhow::anyhow!("wasm-opt tells names in a way that is not known here: {row:?}")
}

#[cfg(test)]
mod tests {
    use super::Names;

    const TOLD: &str = r#"{"imports": [["./it_bg.js", "__wbg_now_1f", "a"]], "exports": [["start", "b"]]}"#;

    #[test]
    fn a_name_is_short_where_it_is_the_modules() {
        let script = r#"
            export function start() { wasm.start(); wasm.starter(); }
            const imports = { __wbg_now_1f: function() { return now(); }, __wbg_now_1f2: 0 };
            return { "./it_bg.js": imports };
        "#;
        let shortened = r#"
            export function start() { wasm.b(); wasm.starter(); }
            const imports = { a: function() { return now(); }, __wbg_now_1f2: 0 };
            return { "a": imports };
        "#;
        assert_eq!(Names::read(TOLD).unwrap().shorten(script), shortened);
    }

    #[test]
    fn another_answer_is_refused() {
        assert!(Names::read("nothing").is_err());
    }
}
