//! How Cloudflare serves the files: who may load them, for how long they may be kept, and where else some are found.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value as Json;

use crate::builds::Builds;
use crate::files;

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
pub(crate) fn write(www: &Path) -> Result<()> {
    files::write(&www.join("_headers"), headers(&Builds::served(www)?))?;
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

/// A rule for each build, not one for whatever has such a name: a browser that asks for a build too early, while a deployment
/// spreads, would keep for a year that it is not there. Rules are for failures too.
fn headers(served: &Builds) -> String {
    let mut text = "/*\n  X-Content-Type-Options: nosniff\n".to_owned() + TYPINGS;
    for path in ["/v1/embed.js", "/engine/*"] {
        text += &for_any_page(path, EVERGREEN);
    }
    for build in &served.builds {
        text += &for_any_page(&format!("/{}/*", build.name), FOREVER);
    }
    text
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
    use crate::builds::MOST;

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
        let headers = headers(&builds(2));
        assert!(headers.contains("/0000000000000000/*\n  Access-Control-Allow-Origin: *"));
        assert!(headers.contains("/0000000000000001/*\n  Access-Control-Allow-Origin: *"));
        assert_eq!(headers.matches(FOREVER).count(), 2);
        assert_eq!(headers.matches(EVERGREEN).count(), 2);
    }

    #[test]
    fn cloudflare_reads_every_rule() {
        let headers = headers(&builds(1 + MOST));
        assert!(headers.lines().filter(|line| line.starts_with('/')).count() <= 100);
    }

    fn builds(count: usize) -> Builds {
        let builds = (0..count).map(|at| serde_json::json!({ "name": format!("{at:016x}"), "files": {} }));
        let list = serde_json::json!({ "builds": builds.collect::<Vec<_>>() });
        Builds::parse(list.to_string().as_bytes()).unwrap()
    }
}
