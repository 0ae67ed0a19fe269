//! Names that change exactly when their content does.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The first ten hex digits of SHA-256 over `parts`.
///
/// Each part is preceded by its length, so moving a byte from one part to the next gives
/// another hash.
pub(crate) fn hash<B: AsRef<[u8]>>(parts: impl IntoIterator<Item = B>) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        let part = part.as_ref();
        sha.update((part.len() as u64).to_le_bytes());
        sha.update(part);
    }
    hex(&sha.finalize())
}

/// `path` without its folders and with a hash of `content` before its extension:
/// `fonts/Inter.woff2` becomes `Inter.0123456789.woff2`.
///
/// Holds only letters, digits, `.`, `_` and `-`, so it needs no quoting in a URL. The hash is
/// plain SHA-256 of the content, the same that `sha256sum` prints.
pub(crate) fn hashed(path: &str, content: &[u8]) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let file: String = file
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '-'
            }
        })
        .collect();
    let hash = hex(&Sha256::digest(content));
    match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{file}.{hash}"),
    }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().take(5).fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_is_the_same_on_every_machine_and_day() {
        // printf abc | sha256sum
        assert_eq!(
            hashed("fonts/Inter.woff2", b"abc"),
            "Inter.ba7816bf8f.woff2"
        );
        assert_eq!(hashed("LICENSE", b"abc"), "LICENSE.ba7816bf8f");
        assert_eq!(
            hashed("static/my logo.min.svg", b"abc"),
            "my-logo.min.ba7816bf8f.svg"
        );
    }

    #[test]
    fn a_hash_sees_content_order_and_boundaries() {
        assert_eq!(hash(["a", "b"]), hash(["a", "b"]));
        assert_ne!(hash(["a", "b"]), hash(["b", "a"]));
        assert_ne!(hash(["ab", ""]), hash(["a", "b"]));
        assert_eq!(hash(["a"]).len(), 10);
    }
}
