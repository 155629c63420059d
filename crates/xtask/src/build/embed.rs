//! The one script that a merchant's page names: written by hand, told here which widget to load.

use anyhow::{Result, ensure};

use super::glue::{self, Glue};
use super::page::Files;
use crate::builds;
use crate::files;
use crate::hash::{Digest, integrity};
use crate::project::Project;

const VERSION: &str = "__FARTHING_VERSION__";
const INTEGRITY: &str = "__WASM_INTEGRITY__";

/// The script, short, its placeholders open.
#[derive(Debug)]
pub(crate) struct Embed(String);

impl Embed {
    /// # Errors
    ///
    /// When it is missing, esbuild refuses it, or it lacks the place for the widget's version.
    pub(crate) fn read(project: &Project) -> Result<Self> {
        let to = project.scratch().join("glue/embed/embed.min.js");
        glue::minify(project, &project.at("www/embed.js"), &to, &[])?;
        let script = files::read_text(&to)?;
        ensure!(script.contains(VERSION), "`www/embed.js` has no `{VERSION}`, so it would load no widget");
        Ok(Self(script))
    }

    /// The name of this script together with this widget and all that is loaded beside it: of what is served, so that one
    /// name never stands for two.
    pub(crate) fn version(&self, glue: &Glue, page: &Files) -> String {
        let mut digest = Digest::default();
        digest.part("embed.js", self.0.as_bytes());
        digest.part("widget.js", &glue.script);
        digest.part("widget_bg.wasm", &glue.wasm);
        for (name, contents) in page {
            digest.part(name, contents);
        }
        let mut name = digest.hex();
        name.truncate(builds::NAME);
        name
    }

    /// The script as it is served.
    pub(crate) fn fill(&self, version: &str, glue: &Glue) -> String {
        self.0.replace(VERSION, version).replace(INTEGRITY, &integrity(&glue.wasm))
    }
}
