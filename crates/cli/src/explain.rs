//! `farthing explain`.

mod cart;
mod outcome;
mod reasons;
mod terms;
mod when;

use std::{io, path::Path, process::ExitCode};

use farthing_cli::nfkc;
use pricing::{
    engine::{Engine, Quote, Request, Viewpoint},
    model::{Discount, Id, Snapshot},
};
use wire::{Problem, read::PricingInput};

use crate::{
    input::{REFUSED, print, print_text, read},
    page::Page,
};
use when::Days;

/// Prints why a cart costs what it costs, or the problem on standard error.
pub(crate) fn file(path: &Path) -> ExitCode {
    match read(path).and_then(|text| explain(&text)) {
        Ok(text) => {
            print_text(&mut io::stdout(), &text);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            print(&mut io::stderr(), &problem);
            ExitCode::from(REFUSED)
        }
    }
}

/// A pricing input, its quote, and what the quote's ids stand for.
struct Explained<'a> {
    input: &'a PricingInput,
    quote: &'a Quote,
    days: Days,
    /// Discounts, then the offers of upgrades as discounts.
    rules: Vec<Discount>,
}

fn explain(text: &str) -> Result<String, Problem> {
    let document = wire::document(text)?;
    let input = wire::read::pricing_input(&document, nfkc).map_err(Problem::invalid)?;
    let request = Request {
        cart: &input.cart,
        as_of: input.as_of,
        usage: &input.usage,
        viewpoint: Viewpoint::Merchant,
    };
    let quote = Engine::new(input.snapshot.clone())
        .quote(request)
        .map_err(|errors| Problem::cart(&errors, "/cart"))?;
    let days = Days::of(&input.snapshot.store.time_zone);
    let explained = Explained { rules: rules(&input.snapshot), input: &input, quote: &quote, days };
    let mut page = Page::default();
    explained.cart(&mut page);
    explained.applied(&mut page);
    explained.codes(&mut page);
    explained.not_applied(&mut page);
    explained.what_to_add(&mut page);
    Ok(page.text())
}

fn rules(snapshot: &Snapshot) -> Vec<Discount> {
    let offers = snapshot
        .upgrades
        .iter()
        .flat_map(|upgrade| upgrade.offers.iter().filter_map(|offer| upgrade.discount(offer).ok()));
    snapshot.discounts.iter().cloned().chain(offers).collect()
}

impl Explained<'_> {
    fn rule(&self, id: &Id) -> Option<&Discount> {
        self.rules.iter().find(|rule| rule.id == *id)
    }

    /// A discount's title, and in brackets how to find it in the files.
    fn name(&self, id: &Id) -> String {
        let Some(rule) = self.rule(id) else { return id.to_string() };
        match rule.code() {
            Some(code) => format!("{} ({id}, code {})", rule.title, code.as_str()),
            None => format!("{} ({id})", rule.title),
        }
    }

    fn title(&self, id: &Id) -> String {
        self.rule(id).map_or_else(|| id.to_string(), |rule| rule.title.to_string())
    }

    /// A product's title, or its SKU where the store does not have it.
    fn product(&self, sku: &Id) -> String {
        let known = self.input.snapshot.products.iter().find(|product| product.sku == *sku);
        known.map_or_else(|| sku.to_string(), |product| format!("{} ({sku})", product.title))
    }
}
