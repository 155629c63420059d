//! A token as it comes back, and the payload of one: only what was sealed is opened, it is what was sealed, and who is
//! shopping is the same to whoever reads it again (P15).

#![expect(clippy::expect_used, reason = "a target that fails has found something")]

use pricing::model::Cart;
use seal::{Kind, TokenError};
use serde_json::Value;
use wire::read;

use super::kept;

const KINDS: [Kind; 2] = [Kind::Quote, Kind::Customer];
const KEY: &str = "k1";
const SECRET: [u8; 32] = [7; 32];

/// Bytes as a token, and as a change of one with its payload behind it.
pub(super) fn sealed(bytes: &[u8]) {
    if let Ok(text) = str::from_utf8(bytes) {
        KINDS.into_iter().for_each(|kind| came_back(kind, text));
    }
    let Some(([high, low, other], payload)) = bytes.split_first_chunk() else { return };
    for kind in KINDS {
        let token = seal::seal(kind, KEY, &SECRET, payload);
        assert_eq!(open(kind, &token), Ok((KEY, payload.to_vec())));
        let mut changed = token.clone().into_bytes();
        let place = usize::from(u16::from_be_bytes([*high, *low])) % changed.len();
        changed[place] = *other;
        if let Ok(changed) = str::from_utf8(&changed)
            && changed != token
        {
            KINDS.into_iter().for_each(|kind| assert!(open(kind, changed).is_err(), "{changed} of {token}"));
        }
        KINDS.into_iter().filter(|other| *other != kind).for_each(|other| {
            assert!(open(other, &token).is_err(), "{token} is taken for another kind");
        });
    }
    shopper(payload);
}

/// There is one way to write a token.
fn came_back(kind: Kind, text: &str) {
    let Ok((key, payload)) = open(kind, text) else { return };
    assert_eq!(seal::seal(kind, key, &SECRET, &payload), text);
}

fn open(kind: Kind, token: &str) -> Result<(&str, Vec<u8>), TokenError> {
    seal::open(kind, token, |_| vec![SECRET])
}

/// Who is shopping, as a shop signs it, is part of the cart that a quote signs.
fn shopper(payload: &[u8]) {
    let Ok(document) = serde_json::from_slice::<Value>(payload) else { return };
    match read::read(&document, read::customer) {
        Ok(customer) => {
            let cart = Cart { customer, ..Cart::of_lines(Vec::new()) };
            assert_eq!(kept(&cart).expect("what was read can be read again"), cart);
        }
        Err(faults) => assert!(!faults.is_empty(), "what is refused has a fault"),
    }
}
