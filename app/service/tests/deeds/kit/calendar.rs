//! What two calendar programs make of a file.

use serde_json::Value;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Reads each file with two independent parsers, which must agree on all of
/// it, and returns what both understood.
pub(crate) fn read_alike(folder: &Path, calendars: &[String]) -> Vec<Value> {
    let paths: Vec<PathBuf> = (0..calendars.len())
        .map(|n| folder.join(format!("{n}.ics")))
        .collect();
    for (path, calendar) in paths.iter().zip(calendars) {
        std::fs::write(path, calendar).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/calendar/read.py");
    let output = Command::new(python()).arg(script).args(&paths).output();
    let output = output.expect("Python with icalendar and vobject: run .ci/tools first");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "run .ci/tools first? {said}");
    let read: Vec<[Value; 2]> = serde_json::from_slice(&output.stdout).unwrap();
    read.into_iter()
        .map(|[one, other]| {
            assert_eq!(one, other, "two readers of one file");
            one
        })
        .collect()
}

/// `TAPHUAN_PYTHON`, or the one that `.ci/tools` set up.
fn python() -> PathBuf {
    if let Some(told) = env::var_os("TAPHUAN_PYTHON") {
        return told.into();
    }
    let cache = env::var_os("XDG_CACHE_HOME").map_or_else(
        || PathBuf::from(env::var_os("HOME").unwrap()).join(".cache"),
        PathBuf::from,
    );
    cache.join("taphuan/venv/bin/python3")
}
