//! What a shopper is told and what only a merchant is (decision 3): the same quote, but for discounts that are off, not
//! begun, over, for others or used up. Case files are priced as a merchant sees them; this holds the other view to them.

#![expect(clippy::expect_used, reason = "what a test relies on may fail it")]

use std::{fs, path::Path};

use farthing_tests::{files, pricing_input};
use pricing::{
    engine::{CodeOutcome, CodeStatus, Engine, Quote, Reason, Request, Verdict, Viewpoint},
    model::CouponCode,
};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use wire::read::{self, PricingInput};

const SEED: u64 = 11;
const COUNT: u64 = 500;

#[test]
fn every_golden_case_as_a_shopper_sees_it() {
    let mut hidden = Hidden::default();
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")) {
        let case: Value = serde_json::from_slice(&fs::read(&file).expect("a file")).expect("a case");
        hidden.look_at(&file.display().to_string(), &case["input"]);
    }
    let Hidden { verdicts, codes } = hidden;
    assert!(verdicts > 30 && codes > 3, "only {verdicts} verdicts and {codes} codes are hidden");
}

#[test]
fn random_carts_as_a_shopper_sees_them() {
    let mut hidden = Hidden::default();
    for number in 0..COUNT {
        hidden.look_at(&number.to_string(), &pricing_input(SEED, number));
    }
    let Hidden { verdicts, codes } = hidden;
    assert!(verdicts > 100 && codes > 10, "only {verdicts} verdicts and {codes} codes are hidden");
}

/// How much was found that a shopper is not told.
#[derive(Default)]
struct Hidden {
    verdicts: usize,
    codes: usize,
}

impl Hidden {
    /// Compares both views of `document`, unless it can't be priced at all.
    #[track_caller]
    fn look_at(&mut self, name: &str, document: &Value) {
        let Ok(input) = read::pricing_input(document, |text| text.nfkc().collect()) else { return };
        let engine = Engine::new(input.snapshot.clone());
        let Some(merchant) = quote(&engine, &input, Viewpoint::Merchant) else { return };
        let shopper =
            quote(&engine, &input, Viewpoint::Shopper).expect("a quote for one is one for the other");
        let expected = as_a_shopper_sees_it(&merchant);
        assert_eq!(shopper, expected, "{name}");
        self.verdicts += merchant.verdicts.len() - expected.verdicts.len();
        let told = merchant.codes.iter().zip(&expected.codes);
        self.codes += told.filter(|(known, told)| known != told).count();
        Self::reasons_are_hidden(name, &engine, &input, &expected);
    }

    /// A code that is unknown has no reason either.
    #[track_caller]
    fn reasons_are_hidden(name: &str, engine: &Engine, input: &PricingInput, expected: &Quote) {
        let assessment = engine.assess(request(input, Viewpoint::Shopper)).expect("a sound cart");
        for outcome in expected.codes.iter().filter(|outcome| outcome.status == CodeStatus::Unknown) {
            assert_eq!(assessment.reason_of(&CouponCode::normalise(&outcome.code)), None, "{name}");
        }
    }
}

/// The merchant's quote without what a shopper may not learn.
fn as_a_shopper_sees_it(merchant: &Quote) -> Quote {
    let is_hidden = |verdict: &&Verdict| verdict.reasons.iter().any(hides);
    let hidden: Vec<&Verdict> = merchant.verdicts.iter().filter(is_hidden).collect();
    let code = |outcome: &CodeOutcome| {
        let is_known = hidden.iter().all(|verdict| outcome.discount.as_ref() != Some(&verdict.discount));
        let unknown =
            || CodeOutcome { code: outcome.code.clone(), status: CodeStatus::Unknown, discount: None };
        if is_known { outcome.clone() } else { unknown() }
    };
    Quote {
        verdicts: merchant.verdicts.iter().filter(|verdict| !is_hidden(verdict)).cloned().collect(),
        codes: merchant.codes.iter().map(code).collect(),
        ..merchant.clone()
    }
}

const fn hides(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Disabled | Reason::NotStarted | Reason::Ended | Reason::WrongAudience | Reason::LimitReached
    )
}

fn quote(engine: &Engine, input: &PricingInput, viewpoint: Viewpoint) -> Option<Quote> {
    engine.quote(request(input, viewpoint)).ok()
}

const fn request(input: &PricingInput, viewpoint: Viewpoint) -> Request<'_> {
    Request { cart: &input.cart, as_of: input.as_of, usage: &input.usage, viewpoint }
}
