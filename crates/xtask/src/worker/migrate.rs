//! The D1 tables of a Worker on this machine.

use std::path::Path;

use anyhow::Result;

use super::quiet;
use crate::command;
use crate::files;
use crate::hash::Digest;
use crate::progress::{Outcome, step};
use crate::project::Project;

/// Applies the migrations that this state has not seen.
///
/// # Errors
///
/// When one fails.
pub(crate) fn apply(project: &Project, state: &Path) -> Result<()> {
    step("database", || {
        let migrations = files::below(&project.at("crates/edge/migrations"))?;
        let mut digest = Digest::default();
        for file in &migrations {
            digest.part(&file.to_string_lossy(), &files::read(file)?);
        }
        let (seen, now) = (state.join("migrations.seen"), digest.hex());
        if files::read_text(&seen).is_ok_and(|seen| seen == now) {
            return Ok(Outcome::UpToDate);
        }
        let arguments = ["d1", "migrations", "apply", "DB", "--local", "--persist-to"];
        let mut wrangler = command::npm_program(project, "wrangler", &arguments)?;
        quiet(wrangler.arg(state));
        command::succeed(&mut wrangler)?;
        files::write(&seen, &now)?;
        Ok(Outcome::done(format!("{} migrations", migrations.len())))
    })
}
