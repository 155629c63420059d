//! What a deployment would upload, without an account and without uploading it.

use anyhow::Result;

use crate::command;
use crate::counts::Counts;
use crate::project::Project;
use crate::worker;

/// The product and the demo shop's own server, each with where its upload is laid out.
const CONFIGURATIONS: [(&str, &str); 2] =
    [("wrangler.toml", "deploy"), ("crates/demo-shop/wrangler.toml", "deploy-demo-shop")];

/// # Errors
///
/// When wrangler refuses a Worker or its configuration.
pub(crate) fn dry_run(project: &Project) -> Result<Counts> {
    for (configuration, folder) in CONFIGURATIONS {
        let arguments = ["deploy", "--dry-run", "--config", configuration, "--outdir"];
        let mut wrangler = command::npm_program(project, "wrangler", &arguments)?;
        wrangler.arg(project.scratch().join(folder));
        worker::quiet(&mut wrangler);
        command::succeed(&mut wrangler)?;
    }
    Ok(Counts::ONE_PASSED)
}
