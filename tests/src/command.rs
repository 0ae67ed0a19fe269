//! Where the programs are.

use std::env;
use std::path::{Path, PathBuf};

/// The server under test: `TAPHUAN_BIN`, or the one that `cargo build -p server` made.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn taphuan() -> PathBuf {
    let program = env::var_os("TAPHUAN_BIN").map_or_else(built, PathBuf::from);
    assert!(
        program.exists(),
        "{} is not there: build it first with `cargo build -p server`, or run `make test`",
        program.display()
    );
    program
}

/// A Python that has aiosmtpd: `TAPHUAN_PYTHON`, or the one that `.ci/tools` set up.
#[must_use]
pub fn python() -> PathBuf {
    if let Some(told) = env::var_os("TAPHUAN_PYTHON") {
        return told.into();
    }
    let cache = env::var_os("XDG_CACHE_HOME").map_or_else(
        || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cache"),
        PathBuf::from,
    );
    let kept = cache.join("taphuan/venv/bin/python3");
    if kept.exists() {
        kept
    } else {
        "python3".into()
    }
}

fn built() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| package.with_file_name("target"), PathBuf::from);
    target.join("debug/taphuan")
}
