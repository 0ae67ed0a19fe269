//! The list of a workshop on a device at the door: each person is sealed under
//! the code of the ticket, so that a lost phone gives away nobody whose ticket
//! was not shown to it.
//!
//! A code has 38 bits. Argon2id makes each guess cost four mebibytes of memory
//! and about as long as a device at the door may take; a workshop's own salt
//! keeps guesses from serving two lists. That is enough against whoever finds
//! the phone, not against a data centre with weeks to spare.

use crate::{CheckedBy, DelegateRole, RegistrationState, TicketCode};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Kibibytes of memory, and passes over it.
const COST: (u32, u32) = (4096, 2);

/// What is sealed is filled up to a multiple of this, so that its length does
/// not tell how long a name is.
const STEP: usize = 512;

/// Random bytes that make two boxes of one person differ.
pub type SealNonce = [u8; 12];

/// What a device learns of somebody from the ticket's code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPerson {
    /// Name.
    pub full_name: String,
    /// Establishment.
    pub establishment: String,
    /// Role.
    pub role: DelegateRole,
    /// State of the registration.
    pub state: RegistrationState,
    /// Until when a seat that was offered is held.
    #[serde(default)]
    pub held_until: Option<DateTime<Utc>>,
    /// Registered by somebody else and never asked: the door asks.
    pub consent_pending: bool,
    /// To which sessions the person came.
    pub came: Vec<Came>,
}

/// That somebody came to a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// The key of the session.
    pub session: i64,
    /// Since when.
    pub at: DateTime<Utc>,
    /// By whom, if that is known.
    pub by: Option<CheckedBy>,
}

/// Somebody on the list as it is stored and sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedPerson {
    /// Where the code leads.
    pub id: String,
    /// The box.
    pub sealed: String,
}

/// What a code opens: the place on the list, and the box there.
#[derive(Clone)]
pub struct SealKey {
    id: String,
    key: [u8; 32],
}

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealKey(…)")
    }
}

impl SealKey {
    /// The key of a code on the list with this salt, which has at least eight
    /// bytes. Takes some milliseconds, on purpose. None when the salt is
    /// none.
    #[must_use]
    pub fn derive(code: &TicketCode, salt: &str) -> Option<Self> {
        let mut out = [0; 48];
        let (memory, passes) = COST;
        let params = Params::new(memory, passes, 1, Some(out.len())).ok()?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(code.as_str().as_bytes(), salt.as_bytes(), &mut out)
            .ok()?;
        let (id, key) = out.split_first_chunk::<16>()?;
        Some(Self {
            id: STANDARD_NO_PAD.encode(id),
            key: *key.first_chunk()?,
        })
    }

    /// The place on the list.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Seals somebody. None when it cannot be done, which no person of the
    /// database makes happen.
    #[must_use]
    pub fn seal(&self, nonce: SealNonce, person: &ListedPerson) -> Option<SealedPerson> {
        let mut plain = serde_json::to_vec(person).ok()?;
        plain.resize(plain.len().next_multiple_of(STEP), b' ');
        let payload = Payload {
            msg: &plain,
            aad: self.id.as_bytes(),
        };
        let cipher = ChaCha20Poly1305::new(&self.key.into());
        let sealed = cipher.encrypt(&nonce.into(), payload).ok()?;
        Some(SealedPerson {
            id: self.id.clone(),
            sealed: STANDARD_NO_PAD.encode([&nonce[..], &sealed].concat()),
        })
    }

    /// Who is in a box; nobody unless it was sealed with this very key.
    #[must_use]
    pub fn open(&self, sealed: &str) -> Option<ListedPerson> {
        let bytes = STANDARD_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<12>()?;
        let payload = Payload {
            msg: sealed,
            aad: self.id.as_bytes(),
        };
        let cipher = ChaCha20Poly1305::new(&self.key.into());
        let plain = cipher.decrypt(&(*nonce).into(), payload).ok()?;
        serde_json::from_slice(&plain).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SALT: &str = "a salt of a workshop";

    fn person(name: &str) -> ListedPerson {
        ListedPerson {
            full_name: name.to_owned(),
            establishment: "Công ty Thủy sản Sơn Trà".to_owned(),
            role: DelegateRole::Manager,
            state: RegistrationState::Booked,
            held_until: None,
            consent_pending: true,
            came: vec![Came {
                session: 7,
                at: DateTime::from_timestamp_micros(1_700_000_000_000_001).unwrap(),
                by: Some(CheckedBy::Device("3".to_owned())),
            }],
        }
    }

    fn key(code: &str, salt: &str) -> SealKey {
        SealKey::derive(&TicketCode::parse(code).unwrap(), salt).unwrap()
    }

    #[test]
    fn the_code_opens_and_no_other() {
        let an = person("Nguyễn Thị Ân");
        let own = key("K7M2QXWD", SALT);
        let sealed = own.seal([7; 12], &an).unwrap();
        assert_eq!(key("k7m2 qxwd", SALT).open(&sealed.sealed), Some(an));
        assert_eq!(key("K7M2QXWD", SALT).id(), sealed.id);
        for other in [key("K7M2QXWE", SALT), key("K7M2QXWD", "another salt")] {
            assert_ne!(other.id(), sealed.id);
            assert_eq!(other.open(&sealed.sealed), None);
        }
    }

    #[test]
    fn a_box_does_not_open_at_another_place() {
        let own = key("K7M2QXWD", SALT);
        let sealed = own.seal([7; 12], &person("An")).unwrap();
        let moved = SealKey {
            id: "elsewhere".to_owned(),
            ..own
        };
        assert_eq!(moved.open(&sealed.sealed), None);
    }

    #[test]
    fn the_stored_form_tells_neither_names_nor_how_long_they_are() {
        let own = key("K7M2QXWD", SALT);
        let boxes = ["An", "Nguyễn Ân"].map(|name| {
            let mut person = person(name);
            person.establishment = "SEAFOOD LTD".to_owned();
            let sealed = own.seal([7; 12], &person).unwrap();
            let bytes = STANDARD_NO_PAD.decode(&sealed.sealed).unwrap();
            let stored = [sealed.sealed.as_bytes(), &bytes, sealed.id.as_bytes()].concat();
            for told in [name, "SEAFOOD", "K7M2QXWD", "booked"] {
                let found = stored.windows(told.len()).any(|at| at == told.as_bytes());
                assert!(!found, "{told}");
            }
            sealed.sealed
        });
        assert_eq!(boxes[0].len(), boxes[1].len());
    }

    #[test]
    fn a_key_needs_a_salt() {
        let code = TicketCode::parse("K7M2QXWD").unwrap();
        assert!(SealKey::derive(&code, "short").is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn nothing_that_is_stored_panics(stored in "[A-Za-z0-9+/=]{0,80}|.{0,20}") {
            let key = SealKey { id: String::new(), key: [0; 32] };
            prop_assert_eq!(key.open(&stored), None);
        }
    }
}
