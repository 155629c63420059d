//! How Cloudflare serves the files: who may load them, for how long they may be kept, and where else some are found.

use anyhow::{Context as _, Result};
use serde_json::Value as Json;

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
    // The widget can be built before there is a demo shop.
    let catalogue = files::read_text(&www.join("demo/catalogue.json")).unwrap_or_else(|_| "{}".to_owned());
    let catalogue = serde_json::from_str(&catalogue).context("the demo shop's catalogue is no JSON")?;
    files::write(&www.join("_redirects"), redirects(&catalogue))
}

/// A cart knows products by their SKUs, people by the names in their addresses.
fn redirects(catalogue: &Json) -> String {
    let products = catalogue.get("products").and_then(Json::as_object).into_iter().flatten();
    products
        .filter_map(|(sku, product)| Some((sku, product.get("url")?.as_str()?)))
        .fold("/ /demo/ 302\n".to_owned(), |text, (sku, url)| {
            text + &format!("/demo/products/{sku} {url} 302\n")
        })
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
    fn a_product_is_found_by_its_sku() {
        let catalogue = serde_json::json!({"products": {"CAB19": {"url": "/demo/products/2019-cabernet/"}}});
        assert_eq!(
            redirects(&catalogue),
            "/ /demo/ 302\n/demo/products/CAB19 /demo/products/2019-cabernet/ 302\n"
        );
        assert_eq!(redirects(&Json::Null), "/ /demo/ 302\n");
    }

    #[test]
    fn a_build_is_kept_forever_and_the_script_that_names_it_is_not() {
        let headers = headers("0123456789abcdef");
        assert!(headers.contains("/0123456789abcdef/*\n  Access-Control-Allow-Origin: *"));
        assert_eq!(headers.matches(FOREVER).count(), 1);
        assert_eq!(headers.matches(EVERGREEN).count(), 2);
    }
}
