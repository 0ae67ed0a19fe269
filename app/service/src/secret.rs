//! Signed addresses and hashed tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::TicketCode;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The server's secret key.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// The fewest characters a key may have.
    pub const MIN: usize = 32;

    /// A key from the settings.
    ///
    /// # Errors
    /// A sentence when it is shorter than [`Secret::MIN`] characters.
    pub fn new(key: &str) -> Result<Self, String> {
        if key.len() < Self::MIN {
            return Err(format!(
                "SECRET_KEY must have at least {} characters",
                Self::MIN
            ));
        }
        Ok(Self(key.as_bytes().to_vec()))
    }

    /// A signature of 128 bits over a purpose and its data, as 22 characters
    /// that are safe in an address. Purposes keep signatures apart.
    #[must_use]
    pub fn sign(&self, purpose: &str, data: &str) -> String {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            unreachable!("HMAC takes keys of any length");
        };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(data.as_bytes());
        URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..16])
    }

    /// A code with its signature, as the last part of an address.
    #[must_use]
    pub(crate) fn token(&self, purpose: &str, code: &str) -> String {
        format!("{code}-{}", self.sign(purpose, code))
    }

    /// The code in a token, if its signature is right.
    #[must_use]
    pub(crate) fn code_of<'a>(&self, purpose: &str, token: &'a str) -> Option<&'a str> {
        let (code, signature) = token.split_once('-')?;
        let good = TicketCode::parse(code).is_some() && self.verify(purpose, code, signature);
        good.then_some(code)
    }

    /// Whether a signature is right, in constant time.
    #[must_use]
    pub fn verify(&self, purpose: &str, data: &str, signature: &str) -> bool {
        self.sign(purpose, data)
            .as_bytes()
            .ct_eq(signature.as_bytes())
            .into()
    }
}

/// Random bytes from the system.
#[must_use]
pub(crate) fn random<const N: usize>() -> [u8; N] {
    rand::random()
}

/// A random token of 256 bits, safe in an address or a header.
#[must_use]
pub fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// The hash under which a token or a key is stored: a random token needs no
/// slow hash.
#[must_use]
pub fn hash_token(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_purpose_and_data_only() {
        let secret = Secret::new(&"k".repeat(32)).unwrap();
        let signature = secret.sign("registration", "ABCD2345");
        assert_eq!(signature.len(), 22);
        assert!(secret.verify("registration", "ABCD2345", &signature));
        assert!(!secret.verify("materials", "ABCD2345", &signature));
        assert!(!secret.verify("registration", "ABCD2346", &signature));
        assert!(!Secret::new(&"j".repeat(32)).unwrap().verify(
            "registration",
            "ABCD2345",
            &signature
        ));
        assert!(Secret::new("short").is_err());
    }
}
