use super::*;

/// A folder of its own for each test; gone first.
fn dist(test: &str) -> PathBuf {
    let dist = std::env::temp_dir().join(format!("farthing-builds-{test}-{}", std::process::id()));
    files::remove(&dist).unwrap();
    dist
}

/// Builds, of two files each, whose scripts are their names; the last is the current one.
fn built(dist: &Path, names: &[&str]) {
    for name in names {
        let folder = dist.join("www").join(name);
        files::write(&folder.join("embed.js"), name).unwrap();
        files::write(&folder.join("widget.css"), "p {}").unwrap();
        files::write(&dist.join("www/v1/embed.js"), name).unwrap();
    }
}

fn served(dist: &Path) -> Vec<String> {
    let list = Builds::served(&dist.join("www")).unwrap();
    list.builds.into_iter().map(|build| build.name).collect()
}

const NEW: &str = "00000000000000aa";
const OLD: &str = "ffffffffffffffff";
const STRAY: &str = "cccccccccccccccc";

#[test]
fn the_current_build_leads_and_only_kept_ones_stay() {
    let dist = dist("stay");
    let www = dist.join("www");
    built(&dist, &[OLD, STRAY, NEW]);
    Builds { builds: vec![Build::read(&www, OLD).unwrap()] }.keep(&dist).unwrap();
    publish(&dist).unwrap();
    assert_eq!(served(&dist), [NEW, OLD]);
    assert!(!www.join(STRAY).exists());
    assert_eq!(current(&www).unwrap(), NEW);
    // An earlier source is built once more: its build leads, and is there once.
    built(&dist, &[OLD]);
    publish(&dist).unwrap();
    assert_eq!(served(&dist), [OLD]);
    files::remove(&dist).unwrap();
}

#[test]
fn a_kept_build_that_is_not_whole_is_named() {
    let dist = dist("whole");
    let www = dist.join("www");
    built(&dist, &[OLD, NEW]);
    Builds { builds: vec![Build::read(&www, OLD).unwrap()] }.keep(&dist).unwrap();
    files::write(&www.join(OLD).join("widget.css"), "p { color: red }").unwrap();
    let error = format!("{:#}", publish(&dist).unwrap_err());
    assert!(error.contains("`ffffffffffffffff/widget.css` is not the file"), "{error}");
    files::remove(&www.join(OLD)).unwrap();
    assert!(publish(&dist).is_err());
    files::remove(&dist).unwrap();
}

#[test]
fn nothing_is_current_before_there_is_a_widget() {
    let dist = dist("none");
    built(&dist, &[NEW]);
    fs_remove(&dist.join("www/v1/embed.js"));
    assert!(current(&dist.join("www")).is_err());
    assert_eq!(served(&dist), [] as [&str; 0]);
    files::remove(&dist).unwrap();
}

fn fs_remove(path: &Path) {
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_list_tells_each_file_and_its_hash() {
    let dist = dist("list");
    built(&dist, &[NEW]);
    publish(&dist).unwrap();
    let text = files::read_text(&dist.join("www").join(LIST)).unwrap();
    let list: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(list["builds"][0]["name"], NEW);
    assert_eq!(list["builds"][0]["files"]["widget.css"], integrity384(b"p {}"));
    assert_eq!(list["builds"][0]["files"].as_object().unwrap().len(), 2);
    files::remove(&dist).unwrap();
}

#[test]
fn names_that_could_lead_elsewhere_are_refused() {
    let list = |name: &str, file: &str| {
        let text = serde_json::json!({ "builds": [{ "name": name, "files": { file: "sha384-" } }] });
        Builds::parse(text.to_string().as_bytes())
    };
    assert!(list(NEW, "widget_bg.wasm").is_ok());
    for name in
        ["", "v1", "..", "00000000000000AA", "00000000000000aa0", "../0000000000000", "demo/00000000000"]
    {
        assert!(list(name, "embed.js").is_err(), "{name}");
    }
    let long = "a".repeat(LETTERS + 1);
    for file in
        ["", ".", "..", ".hidden", "../embed.js", "a/b", "a\\b", "A.js", "a b", "ä.js", "_headers", &long]
    {
        assert!(list(NEW, file).is_err(), "{file}");
    }
}

#[test]
fn what_is_no_list_is_refused() {
    let twice = format!(r#"{{"builds":[{{"name":"{NEW}","files":{{}}}},{{"name":"{NEW}","files":{{}}}}]}}"#);
    for text in ["", "<!doctype html>", "[]", "{}", r#"{"builds":{}}"#, &twice] {
        assert!(Builds::parse(text.as_bytes()).is_err(), "{text}");
    }
    assert_eq!(Builds::parse(br#"{"builds":[]}"#).unwrap(), Builds::default());
}
