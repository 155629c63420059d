//! Hashes, in the spellings the web wants.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256, Sha384};

/// A digest being taken over named parts, so that moving bytes from one part to the next changes it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Digest(Sha256);

impl Digest {
    pub(crate) fn part(&mut self, name: &str, bytes: &[u8]) {
        for field in [name.as_bytes(), bytes] {
            self.0.update((field.len() as u64).to_be_bytes());
            self.0.update(field);
        }
    }

    pub(crate) fn hex(self) -> String {
        hex(&self.0.finalize())
    }
}

/// What `integrity` attributes carry: `sha256-` and base64.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// The same of SHA-384, as merchants' tags carry it.
pub(crate) fn integrity384(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// Two lower-case digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_is_base64() {
        assert_eq!(integrity(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        let empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity384(b""), empty);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let digest = |parts: [&str; 2]| {
            let mut digest = Digest::default();
            parts.into_iter().for_each(|part| digest.part("part", part.as_bytes()));
            digest.hex()
        };
        assert_ne!(digest(["ab", "c"]), digest(["a", "bc"]));
    }
}
