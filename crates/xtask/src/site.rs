//! The demo shop as static files: pages, pictures, style sheet and script.
//!
//! Two files describe the shop. `store.json` is what the importer gets, so it holds only what pricing and the
//! catalogue know; `presentation.json` holds what only a shop window needs (bottle shape, label colours, pairings).
//! They meet here, so that neither has to carry the other's fields.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context, path_loader};
use serde_json::{Map, Value as Json, json};

/// Where the shop lives on its host; every link and picture starts with it.
const BASE: &str = "/demo/";

/// Folders of the shop that are not a department or a collection, and so can't be the id of one.
const RESERVED: [&str; 7] = ["art", "cart", "checkout", "downloads", "offers", "order", "products"];

/// What is served as it is.
const FILES: &str =
    "shop.css shop.js parts.js checkout.js order.js icon.svg downloads/HOUNDS.txt downloads/SCARLET.txt";

/// How many other products a product page shows.
const NEIGHBOURS: usize = 4;

/// What a rendering wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// HTML pages.
    pub pages: usize,
    /// SVG pictures, one per product and one flat label per bottle.
    pub pictures: usize,
}

/// Renders the shop described in `www/demo` into `out/demo`; `site_key` is the public key its pages embed.
///
/// # Errors
///
/// When a file is missing or malformed, a product has no presentation, two products share a web address, a product
/// names a department or collection that does not exist, or a template fails.
pub fn render(www: &Path, out: &Path, site_key: &str) -> Result<Summary> {
    let source = www.join("demo");
    let shop = Shop::read(&source)?;
    let site = Site {
        templates: environment(&source.join("templates"))?,
        out: out.join("demo"),
        every_page: context! { site_key, base => BASE, shop => shop.window()? },
    };
    let pages = site.fixed_pages()? + site.shelf_pages(&shop)? + site.product_pages(&shop)?;
    let pictures = site.pictures(&shop)?;
    site.write("catalogue.json", &shop.catalogue().to_string())?;
    for file in FILES.split(' ') {
        site.write(file, &read(&source.join(file))?)?;
    }
    Ok(Summary { pages, pictures })
}

/// Templates escape in pictures as they do in pages: a title with `&` must not break either.
fn environment(templates: &Path) -> Result<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_loader(path_loader(templates));
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    Ok(environment)
}

struct Site {
    templates: Environment<'static>,
    out: PathBuf,
    every_page: Value,
}

impl Site {
    fn fixed_pages(&self) -> Result<usize> {
        let pages = [
            ("home.html", "index.html"),
            ("cart.html", "cart/index.html"),
            ("checkout.html", "checkout/index.html"),
            ("offers.html", "offers/index.html"),
            ("order.html", "order/index.html"),
            ("404.html", "404.html"),
        ];
        for (template, file) in pages {
            self.page(template, file, context! {})?;
        }
        Ok(pages.len())
    }

    fn shelf_pages(&self, shop: &Shop) -> Result<usize> {
        for shelf in &shop.shelves {
            let id = text(shelf, "id")?;
            let products = shop.on_shelf(id);
            let siblings = shop.siblings(&products);
            let file = format!("{id}/index.html");
            self.page(
                "shelf.html",
                &file,
                context! { shelf => Serde(shelf), products => Serde(products), siblings => Serde(siblings) },
            )?;
        }
        Ok(shop.shelves.len())
    }

    fn product_pages(&self, shop: &Shop) -> Result<usize> {
        for product in &shop.products {
            let file = format!("products/{}/index.html", text(product, "slug")?);
            let neighbours = shop.neighbours(product);
            self.page(
                "product.html",
                &file,
                context! { product => Serde(product), neighbours => Serde(neighbours) },
            )?;
        }
        Ok(shop.products.len())
    }

    /// One picture per product, named by its SKU; a bottle's label is drawn once more, flat, for its own page.
    fn pictures(&self, shop: &Shop) -> Result<usize> {
        let mut drawn = 0;
        for product in &shop.products {
            let sku = text(product, "sku")?;
            let kind = text(product, "kind")?;
            self.picture(kind, product, &format!("art/{sku}.svg"))?;
            drawn += 1;
            if kind == "bottle" {
                self.picture("label", product, &format!("art/{sku}-label.svg"))?;
                drawn += 1;
            }
        }
        Ok(drawn)
    }

    fn picture(&self, kind: &str, product: &Json, file: &str) -> Result<()> {
        let picture = self.fill(&format!("art/{kind}.svg"), context! { p => Serde(product) });
        self.write(file, &picture.with_context(|| format!("drawing `{file}`"))?)
    }

    fn page(&self, template: &str, file: &str, values: Value) -> Result<()> {
        let path = format!("{BASE}{}", file.trim_end_matches("index.html"));
        let values = context! { path, ..values };
        let page = self.fill(template, context! { ..values, ..self.every_page.clone() });
        self.write(file, &page.with_context(|| format!("rendering `{file}`"))?)
    }

    fn fill(&self, template: &str, values: Value) -> Result<String> {
        Ok(self.templates.get_template(template)?.render(values)?)
    }

    fn write(&self, file: &str, contents: &str) -> Result<()> {
        let path = self.out.join(file);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("making `{}`", folder.display()))?;
        }
        fs::write(&path, contents).with_context(|| format!("writing `{}`", path.display()))
    }
}

/// The store and its presentation, joined.
struct Shop {
    store: Json,
    presentation: Json,
    /// Departments first, then collections, in the store's order: each has a page.
    shelves: Vec<Json>,
    products: Vec<Json>,
}

impl Shop {
    fn read(folder: &Path) -> Result<Self> {
        Self::join(read_json(&folder.join("store.json"))?, read_json(&folder.join("presentation.json"))?)
    }

    fn join(store: Json, presentation: Json) -> Result<Self> {
        let shelves = shelves(&store, &presentation)?;
        let products = list(&store, "products")?
            .iter()
            .map(|product| presented(product, &presentation))
            .collect::<Result<Vec<_>>>()?;
        let shop = Self { store, presentation, shelves, products };
        shop.check()?;
        Ok(shop)
    }

    /// A dead link or a page written over another would only be seen by a shopper.
    fn check(&self) -> Result<()> {
        let mut slugs = HashSet::new();
        let known: HashSet<&str> =
            self.shelves.iter().filter_map(|shelf| at(shelf, ["id"]).as_str()).collect();
        for product in &self.products {
            let slug = text(product, "slug")?;
            ensure!(slugs.insert(slug), "two products have the web address `{slug}`");
            for shelf in shelves_of(product) {
                ensure!(known.contains(shelf), "`{slug}` stands on an unknown shelf `{shelf}`");
            }
        }
        Ok(())
    }

    fn on_shelf(&self, id: &str) -> Vec<&Json> {
        self.products.iter().filter(|product| shelves_of(product).any(|shelf| shelf == id)).collect()
    }

    /// The other ways to browse what stands on a shelf: every shelf that holds one of its products.
    fn siblings(&self, products: &[&Json]) -> Vec<&Json> {
        let ids: HashSet<&str> = products.iter().flat_map(|product| shelves_of(product)).collect();
        self.shelves
            .iter()
            .filter(|shelf| at(shelf, ["id"]).as_str().is_some_and(|id| ids.contains(id)))
            .collect()
    }

    /// The products after this one on its first collection's shelf, wrapping round, so that every page differs.
    fn neighbours(&self, product: &Json) -> Vec<&Json> {
        let first = at(product, ["collections"]).as_array().and_then(|ids| ids.first()?.as_str());
        let shelf = first.unwrap_or_default();
        let shelf = self.on_shelf(shelf);
        let place = shelf.iter().position(|other| at(other, ["sku"]) == at(product, ["sku"])).unwrap_or(0);
        shelf
            .iter()
            .cycle()
            .skip(place + 1)
            .take(NEIGHBOURS.min(shelf.len().saturating_sub(1)))
            .copied()
            .collect()
    }

    /// What every page may mention: the name, the shelves, the products by SKU and the codes to try.
    fn window(&self) -> Result<Value> {
        let departments = list(&self.store, "departments")?.len();
        let (departments, collections) = self.shelves.split_at(departments.min(self.shelves.len()));
        Ok(context! {
            name => Serde(at(&self.store, ["store", "name"])),
            departments => Serde(departments),
            collections => Serde(collections),
            products => Serde(by_key(&self.products, "sku")),
            home => Serde(at(&self.presentation, ["home"])),
            discounts => Serde(by_key(list(&self.store, "discounts")?, "id")),
            coupons => Serde(open_coupons(&self.store)),
        })
    }

    /// What the checkout page needs to name the lines of a quote, which speaks only of SKUs and ids.
    fn catalogue(&self) -> Json {
        let mut products = by_key(&self.products, "sku");
        for product in products.values_mut() {
            *product = json!({ "title": at(product, ["title"]), "url": at(product, ["url"]), "picture": at(product, ["picture"]) });
        }
        json!({ "products": products, "shippingServices": at(&self.store, ["shippingServices"]) })
    }
}

/// Departments and collections, each with its introduction and its address.
fn shelves(store: &Json, presentation: &Json) -> Result<Vec<Json>> {
    let mut shelves = Vec::new();
    for shelf in list(store, "departments")?.iter().chain(list(store, "collections")?) {
        let id = text(shelf, "id")?;
        ensure!(!RESERVED.contains(&id), "`{id}` is a page of the shop and can't name a shelf");
        let intro = at(presentation, ["pages", id, "intro"])
            .as_str()
            .with_context(|| format!("`{id}` has no introduction"))?;
        shelves.push(json!({ "id": id, "title": text(shelf, "title")?, "intro": intro, "url": format!("{BASE}{id}/") }));
    }
    Ok(shelves)
}

/// A product with everything its page and picture need; what it does not say itself comes from its producer.
fn presented(product: &Json, presentation: &Json) -> Result<Json> {
    let sku = text(product, "sku")?;
    let mut fields = object(product)?.clone();
    let look = object(at(presentation, ["products", sku]))
        .with_context(|| format!("`{sku}` has no presentation"))?;
    if let Some(producer) = at(presentation, ["producers", text(product, "vendor")?]).as_object() {
        fields.extend(producer.clone());
    }
    fields.extend(look.clone());
    let Some(slug) = look.get("slug").and_then(Json::as_str) else { bail!("`{sku}` has no web address") };
    fields.insert("url".into(), format!("{BASE}products/{slug}/").into());
    fields.insert("picture".into(), format!("{BASE}art/{sku}.svg").into());
    fields.insert("label".into(), format!("{BASE}art/{sku}-label.svg").into());
    Ok(Json::Object(fields))
}

/// The codes a visitor may try: only those that are switched on.
fn open_coupons(store: &Json) -> Vec<Json> {
    let discounts = at(store, ["discounts"]).as_array().map(Vec::as_slice).unwrap_or_default();
    let open = discounts
        .iter()
        .filter(|discount| at(discount, ["kind", "type"]) == "coupon" && at(discount, ["enabled"]) == true);
    open.map(
        |discount| json!({ "code": at(discount, ["kind", "code"]), "does": at(discount, ["actionMessage"]) }),
    )
    .collect()
}

fn by_key(items: &[Json], key: &str) -> Map<String, Json> {
    items.iter().filter_map(|item| Some((item.get(key)?.as_str()?.to_owned(), item.clone()))).collect()
}

fn shelves_of(product: &Json) -> impl Iterator<Item = &str> {
    let lists = [at(product, ["departments"]), at(product, ["collections"])];
    lists.into_iter().filter_map(Json::as_array).flatten().filter_map(Json::as_str)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading `{}`", path.display()))
}

fn read_json(path: &Path) -> Result<Json> {
    serde_json::from_str(&read(path)?).with_context(|| format!("parsing `{}`", path.display()))
}

/// What stands at a path of names, `null` when nothing does.
fn at<'a, const N: usize>(value: &'a Json, path: [&str; N]) -> &'a Json {
    path.into_iter().fold(value, |value, name| value.get(name).unwrap_or(&Json::Null))
}

fn text<'a>(value: &'a Json, field: &str) -> Result<&'a str> {
    value.get(field).and_then(Json::as_str).with_context(|| format!("`{field}` is missing or not text"))
}

fn list<'a>(value: &'a Json, field: &str) -> Result<&'a Vec<Json>> {
    value.get(field).and_then(Json::as_array).with_context(|| format!("`{field}` is missing or not a list"))
}

fn object(value: &Json) -> Result<&Map<String, Json>> {
    value.as_object().context("expected an object")
}

#[cfg(test)]
mod tests;
