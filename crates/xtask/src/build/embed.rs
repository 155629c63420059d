//! The one script that a merchant's page names: written by hand, told here which widget to load.

use anyhow::{Result, ensure};

use super::glue::{self, Glue};
use super::page::Files;
use crate::files;
use crate::hash::{Digest, integrity};
use crate::project::Project;

const VERSION: &str = "__FARTHING_VERSION__";
const INTEGRITY: &str = "__WASM_INTEGRITY__";

/// The script's source, its placeholders open.
#[derive(Debug)]
pub(crate) struct Embed(String);

impl Embed {
    /// # Errors
    ///
    /// When it is missing or lacks the place for the widget's version.
    pub(crate) fn read(project: &Project) -> Result<Self> {
        let source = files::read_text(&project.at("www/embed.js"))?;
        ensure!(source.contains(VERSION), "`www/embed.js` has no `{VERSION}`, so it would load no widget");
        Ok(Self(source))
    }

    /// The name of this script together with this widget and all that is loaded beside it.
    pub(crate) fn version(&self, glue: &Glue, page: &Files) -> String {
        let mut digest = Digest::default();
        digest.part("embed.js", self.0.as_bytes());
        digest.part("widget.js", &glue.script);
        digest.part("widget_bg.wasm", &glue.wasm);
        for (name, contents) in page {
            digest.part(name, contents);
        }
        digest.hex()
    }

    /// The script as it is served.
    ///
    /// # Errors
    ///
    /// When esbuild refuses it.
    pub(crate) fn fill(&self, project: &Project, version: &str, glue: &Glue) -> Result<Vec<u8>> {
        let filled = self.0.replace(VERSION, version).replace(INTEGRITY, &integrity(&glue.wasm));
        let folder = project.scratch().join("glue/embed");
        let (from, to) = (folder.join("embed.js"), folder.join("embed.min.js"));
        files::write(&from, filled)?;
        glue::minify(project, &from, &to, &[])?;
        files::read(&to)
    }
}
