//! How Cloudflare serves the files: who may load them, and for how long they may be kept.

use anyhow::Result;

use super::browser;
use crate::files;
use crate::project::Project;

/// Kept for five minutes, and for a day more while a newer copy is fetched: a merchant's page gets a new widget the
/// same day without an edit, and an outage of ours is not one of theirs.
const EVERGREEN: &str = "public, max-age=300, stale-while-revalidate=86400";

/// The name changes with the bytes, so a copy is never wrong.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// By its ending it would be taken for a film.
const TYPINGS: &str = "\n/farthing.d.ts\n  ! Content-Type\n  Content-Type: text/plain; charset=utf-8\n";

/// Writes `_headers` and `_redirects`, in the format of Cloudflare's static assets.
///
/// # Errors
///
/// When they can't be written.
pub(crate) fn write(project: &Project) -> Result<()> {
    let www = project.www();
    // The demo shop can be built before there is a widget.
    let version = browser::version(project).unwrap_or_else(|_| "0".repeat(16));
    files::write(&www.join("_headers"), headers(&version))?;
    files::write(&www.join("_redirects"), "/ /demo/ 302\n")
}

fn headers(version: &str) -> String {
    let everywhere = "/*\n  X-Content-Type-Options: nosniff\n".to_owned();
    [("/v1/embed.js", EVERGREEN), (&format!("/{version}/*"), FOREVER), ("/engine/*", EVERGREEN)]
        .into_iter()
        .fold(everywhere + TYPINGS, |text, (path, cache)| text + &for_any_page(path, cache))
}

/// Shops are on other origins, and some of them isolate themselves from those.
fn for_any_page(path: &str, cache: &str) -> String {
    format!(
        "\n{path}\n  Access-Control-Allow-Origin: *\n  Cross-Origin-Resource-Policy: cross-origin\n  ! Cache-Control\n  Cache-Control: {cache}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_is_kept_forever_and_the_script_that_names_it_is_not() {
        let headers = headers("0123456789abcdef");
        assert!(headers.contains("/0123456789abcdef/*\n  Access-Control-Allow-Origin: *"));
        assert_eq!(headers.matches(FOREVER).count(), 1);
        assert_eq!(headers.matches(EVERGREEN).count(), 2);
    }
}
