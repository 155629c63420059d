//! SHA-256 in as few steps of code as it takes, for browsers: `sha2`, which servers use, is fast because it writes every
//! round out.

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
#[rustfmt::skip]
const ROUNDS: [u32; 64] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
];

/// The first 32 bits of the fractional parts of the square roots of the first 8 primes.
const START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The hash of a text as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(text: &str) -> String {
    let mut message = text.as_bytes().to_vec();
    let bits = (message.len() as u64).wrapping_mul(8);
    message.push(0x80);
    while message.len() & 63 != 56 {
        message.push(0);
    }
    message.extend_from_slice(&bits.to_be_bytes());
    let (blocks, _) = message.as_chunks::<64>();
    let state = blocks.iter().fold(START, compress);
    let nibbles = state.iter().flat_map(|word| (0..8).rev().map(move |place| (word >> (place << 2)) & 15));
    nibbles.filter_map(|nibble| char::from_digit(nibble, 16)).collect()
}

fn compress(state: [u32; 8], block: &[u8; 64]) -> [u32; 8] {
    let (words, _) = block.as_chunks::<4>();
    let mut words: Vec<u32> = words.iter().map(|word| u32::from_be_bytes(*word)).collect();
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
    for (place, round) in ROUNDS.iter().enumerate() {
        if let Some([w0, w1, .., w9, _, _, _, _, w14, _]) =
            place.checked_sub(16).and_then(|first| words.get(first..place))
        {
            let s0 = w1.rotate_right(7) ^ w1.rotate_right(18) ^ (w1 >> 3);
            let s1 = w14.rotate_right(17) ^ w14.rotate_right(19) ^ (w14 >> 10);
            let next = w0.wrapping_add(s0).wrapping_add(*w9).wrapping_add(s1);
            words.push(next);
        }
        let word = words.get(place).copied().unwrap_or_default();
        let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = (e & f) ^ (!e & g);
        let first = h.wrapping_add(s1).wrapping_add(choice).wrapping_add(*round).wrapping_add(word);
        let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        (h, g, f, e, d, c, b) = (g, f, e, d.wrapping_add(first), c, b, a);
        a = first.wrapping_add(s0).wrapping_add(majority);
    }
    let worked = [a, b, c, d, e, f, g, h];
    core::array::from_fn(|at| {
        let of = |words: &[u32; 8]| words.get(at).copied().unwrap_or_default();
        of(&state).wrapping_add(of(&worked))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::hexadecimal;
    use crate::canonical::digest_of_text;

    proptest! {
        #[test]
        fn agrees_with_the_library(text in ".{0,300}") {
            prop_assert_eq!(["sha256-", &hexadecimal(&text)].concat(), digest_of_text(&text));
        }
    }
}
