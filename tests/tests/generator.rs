//! Random carts are worth comparing engines on only if everything a quote can say is said often.

use farthing_tests::{Statistics, pricing_input};

#[test]
fn random_carts_reach_everything() {
    let statistics = Statistics::of(1, 2_000);
    let at_least = [
        ("a nudge", 333),
        ("nudge by quantity", 100),
        ("nudge by amount", 100),
        ("a grant applied", 100),
        ("several applied, so a set", 200),
        ("shipping applied", 100),
        ("a coupon applied", 50),
        ("units differ by one minor unit", 200),
        ("error unknownSku", 2),
        ("error unknownService", 2),
        ("error unknownGrant", 2),
    ];
    for (name, per_mille) in at_least {
        assert!(statistics.per_mille(name) >= per_mille, "`{name}` is rare:\n{statistics}");
    }
    let codes = ["applied", "beaten", "ineligible", "unknown"].map(|status| format!("code {status}"));
    let states =
        ["applied", "beaten", "available", "requirementUnmet"].map(|state| format!("message {state}"));
    let reasons = [
        "disabled",
        "notStarted",
        "ended",
        "wrongAudience",
        "nothingInScope",
        "noShippingService",
        "serviceNotCovered",
        "belowMinimum",
        "aboveMaximum",
        "missingProduct",
        "limitReached",
        "savesNothing",
        "betterDealApplied",
    ];
    let reasons = reasons.map(|reason| format!("reason {reason}"));
    for name in codes.iter().chain(&states).chain(&reasons) {
        assert!(statistics.per_mille(name) >= 5, "`{name}` is rare:\n{statistics}");
    }
}

#[test]
fn random_carts_are_small() {
    let statistics = Statistics::of(1, 1_000);
    assert!(statistics.average_bytes() < 8 * 1024, "{statistics}");
    // The limit of a request (pricing-rules §9).
    assert!(statistics.largest_bytes() < 256 * 1024, "{statistics}");
}

#[test]
fn a_seed_gives_the_same_carts_again() {
    assert_eq!(pricing_input(3, 14), pricing_input(3, 14));
    assert_ne!(pricing_input(3, 14), pricing_input(3, 15));
    assert_ne!(pricing_input(3, 14), pricing_input(4, 14));
}
