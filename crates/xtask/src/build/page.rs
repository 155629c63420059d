//! What the page's script loads besides the widget: its looks, its words, and the plain widget for pages without an engine.

use anyhow::{Context as _, Result};

use super::glue;
use crate::files;
use crate::project::Project;

/// In the order in which they are applied.
const SHEETS: [&str; 5] = ["base", "product", "cart", "line", "sums"];
const LANGUAGES: [&str; 6] = ["en", "es", "fr", "de", "ja", "ar"];
/// Where the plain widget learns the names of the words, which are known by their lines.
const NAMES: &str = "__WORD_NAMES__";

/// Files by their names.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// Makes them.
///
/// # Errors
///
/// When one is missing, or esbuild refuses it.
pub(crate) fn files(project: &Project) -> Result<Files> {
    let mut all = vec![("widget.css".to_owned(), styles(project)?), ("plain.js".to_owned(), plain(project)?)];
    all.push(("offers.js".to_owned(), offers(project)?));
    for language in LANGUAGES {
        let (_, words) = words(project, language)?;
        all.push((format!("{language}.txt"), words.into_bytes()));
    }
    Ok(all)
}

fn styles(project: &Project) -> Result<Vec<u8>> {
    let folder = project.scratch().join("glue/page");
    let (from, to) = (folder.join("widget.css"), folder.join("widget.min.css"));
    let sheets =
        SHEETS.map(|sheet| files::read_text(&project.at(format!("crates/widget/style/{sheet}.css"))));
    files::write(&from, sheets.into_iter().collect::<Result<String>>()?)?;
    glue::minify(project, &from, &to, &[])?;
    files::read(&to)
}

fn plain(project: &Project) -> Result<Vec<u8>> {
    let to = project.scratch().join("glue/page/plain.min.js");
    glue::minify(project, &project.at("www/plain/plain.js"), &to, &["--bundle", "--format=esm"])?;
    let (names, _) = words(project, "en")?;
    Ok(files::read_text(&to)?.replace(NAMES, &names).into_bytes())
}

/// The module of upgrade offers, with its looks in it.
fn offers(project: &Project) -> Result<Vec<u8>> {
    let folder = project.scratch().join("glue/page");
    let (sheet, script) = (folder.join("offers.min.css"), folder.join("offers.min.js"));
    glue::minify(project, &project.at("www/offers/offers.css"), &sheet, &[])?;
    glue::minify(project, &project.at("www/offers/offers.js"), &script, &["--bundle", "--format=esm"])?;
    let looks = serde_json::to_string(files::read_text(&sheet)?.trim())?;
    let script = files::read_text(&script)?;
    // Whichever quotes the minifier has chosen.
    let places = ["\"__OFFERS_CSS__\"", "'__OFFERS_CSS__'", "`__OFFERS_CSS__`"];
    Ok(places.iter().fold(script, |script, place| script.replace(place, &looks)).into_bytes())
}

/// The names of a language's words, a space between them, and the words, a line each.
fn words(project: &Project, language: &str) -> Result<(String, String)> {
    let text = files::read_text(&project.at(format!("crates/widget/text/{language}.txt")))?;
    let lines =
        text.lines().map(|line| line.split_once(" = ").with_context(|| format!("`{line}` is no word")));
    let (names, words): (Vec<_>, Vec<_>) = lines.collect::<Result<Vec<_>>>()?.into_iter().unzip();
    Ok((names.join(" "), words.join("\n")))
}
