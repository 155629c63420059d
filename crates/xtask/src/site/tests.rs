use super::*;

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www")
}

fn shop(products: &Json) -> Result<Shop> {
    let store = json!({
        "store": { "name": "Shop" }, "departments": [{ "id": "wine", "title": "Wine" }], "collections": [],
        "products": products, "discounts": []
    });
    let look = json!({ "slug": "same", "kind": "object" });
    Shop::join(store, json!({ "pages": { "wine": { "intro": "-" } }, "products": { "A": look, "B": look } }))
}

fn product(sku: &str, shelf: &str) -> Json {
    json!({ "sku": sku, "vendor": "V", "departments": [shelf], "collections": [] })
}

fn failure(products: &Json) -> String {
    shop(products).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn refuses_what_would_overwrite_a_page_or_lead_nowhere() {
    assert!(shop(&json!([product("A", "wine")])).is_ok());
    assert_eq!(
        failure(&json!([product("A", "wine"), product("B", "wine")])),
        "two products have the web address `same`"
    );
    assert_eq!(failure(&json!([product("A", "beer")])), "`same` stands on an unknown shelf `beer`");
    assert_eq!(failure(&json!([product("C", "wine")])), "`C` has no presentation");
}

/// Every file below a folder, with its text.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path))
        } else {
            found.push((path.clone(), read(&path).unwrap()))
        }
    }
    found
}

#[test]
fn every_link_leads_somewhere_and_nothing_is_inline() {
    let out = std::env::temp_dir().join(format!("farthing-site-{}", std::process::id()));
    render(&demo(), &out, "pk_test").unwrap();
    for (path, page) in
        files(&out).iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "html"))
    {
        assert_eq!(page.matches("data-site-key=\"pk_test\"").count(), 1, "{}", path.display());
        assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains("<script>"));
        for link in page.split(['"']).filter(|text| text.starts_with(BASE)) {
            let target = out.join(link.trim_start_matches('/'));
            let target = if link.ends_with('/') { target.join("index.html") } else { target };
            assert!(target.is_file(), "`{link}` in {} leads nowhere", path.display());
        }
    }
    fs::remove_dir_all(&out).unwrap();
}
