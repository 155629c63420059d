//! What a deployment would upload, without an account and without uploading it.

use anyhow::Result;

use crate::command;
use crate::counts::Counts;
use crate::project::Project;
use crate::worker;

/// # Errors
///
/// When wrangler refuses the Worker or its configuration.
pub(crate) fn dry_run(project: &Project) -> Result<Counts> {
    let mut wrangler = command::npm_program(project, "wrangler", &["deploy", "--dry-run", "--outdir"])?;
    wrangler.arg(project.scratch().join("deploy"));
    worker::quiet(&mut wrangler);
    command::succeed(&mut wrangler)?;
    Ok(Counts::ONE_PASSED)
}
