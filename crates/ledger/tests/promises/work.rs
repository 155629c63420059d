//! Pieces of work that must happen whole or not at all, each with what was before.

use ledger::{Command, Reserve};

use crate::shop::{
    HOUR, Shop, asked, cancel, commit, guest, keyed, order, per_customer, per_store, refund, replace,
    reserve, unlimited,
};

/// One turn of the ledger.
pub(crate) struct Work {
    pub(crate) name: &'static str,
    before: fn(&Shop),
    commands: fn() -> Vec<Command>,
    at: i64,
}

impl Work {
    pub(crate) fn prepare(&self, shop: &Shop) {
        (self.before)(shop);
    }

    pub(crate) fn commands(&self) -> Vec<Command> {
        (self.commands)()
    }

    pub(crate) const fn at(&self) -> i64 {
        self.at
    }
}

/// Two limited discounts and one that is not: P3 wants all of them or none.
fn of_three(reference: &str) -> Reserve {
    Reserve {
        customer: guest("p"),
        quote: Some(format!("quote of {reference}")),
        ..asked(reference, &[per_store("a", 5), per_customer("b", 5), unlimited("c")])
    }
}

fn reserved(shop: &Shop) {
    shop.order(order(of_three("1")), 0);
}

fn paid(shop: &Shop) {
    reserved(shop);
    shop.order(commit("1"), 1);
}

pub(crate) const WORK: [Work; 8] = [
    Work { name: "reserve", before: |_| {}, commands: || vec![keyed(order(of_three("1")), "k")], at: 2 },
    Work { name: "commit", before: reserved, commands: || vec![keyed(commit("1"), "k")], at: 2 },
    // What is over is given back first, and taken again.
    Work { name: "late commit", before: reserved, commands: || vec![keyed(commit("1"), "k")], at: HOUR },
    Work {
        name: "replace",
        before: reserved,
        commands: || vec![keyed(replace("1", &[per_store("a", 5), per_store("d", 5)]), "k")],
        at: 2,
    },
    Work { name: "cancel", before: paid, commands: || vec![keyed(cancel("1"), "k")], at: 2 },
    Work { name: "refund", before: paid, commands: || vec![keyed(refund("1", "r", None), "k")], at: 2 },
    Work {
        name: "several",
        before: reserved,
        commands: || {
            let more = order(of_three("2"));
            vec![keyed(more, "k"), commit("2"), cancel("2"), reserve("3", &[per_store("a", 5)])]
        },
        at: 2,
    },
    Work {
        name: "expire two",
        before: |shop| {
            reserved(shop);
            shop.order(order(of_three("2")), 1);
        },
        commands: || vec![keyed(order(of_three("3")), "k")],
        at: HOUR,
    },
];
