//! Compiling the client crate with cargo.

use std::env;
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::failure::{Explain, Failure};

const TARGET: &str = "wasm32-unknown-unknown";

/// One line of what cargo reports; only reports of finished crates carry these fields.
#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    target: Crate,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

#[derive(Default, Deserialize)]
struct Crate {
    name: String,
}

/// Compiles the package `client` of the workspace at `root` and says where its WebAssembly lies.
///
/// Cargo's own progress and messages go straight to the terminal; its settings
/// (`CARGO_TARGET_DIR`, `.cargo/config.toml`) hold as in any other run of cargo.
///
/// # Errors
/// When cargo cannot be started or the crate does not compile; when the reason is that the
/// WebAssembly target is not installed, the failure says how to install it.
pub(crate) fn compile_client(root: &Path) -> Result<PathBuf, Failure> {
    let mut cargo = Command::new(program("CARGO", "cargo"))
        .args([
            "build",
            "--package",
            "client",
            "--target",
            TARGET,
            "--profile",
            "browser",
        ])
        .arg("--message-format=json-render-diagnostics")
        .arg("--manifest-path")
        .arg(root.join("Cargo.toml"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .explain(|| "cannot start cargo".to_owned())?;

    let mut wasm = None;
    for line in cargo
        .stdout
        .take()
        .into_iter()
        .flat_map(|out| BufReader::new(out).lines())
    {
        let line = line.explain(|| "cannot read what cargo reports".to_owned())?;
        wasm = artifact(&line).or(wasm);
    }
    let status = cargo
        .wait()
        .explain(|| "cannot wait for cargo".to_owned())?;

    if status.success() {
        wasm.ok_or_else(|| {
            Failure::new(
                "cargo compiled the client but made no .wasm file: its Cargo.toml must say crate-type = [\"cdylib\"]",
            )
        })
    } else if target_is_missing() {
        Err(Failure::new(format!(
            "the Rust target {TARGET} is not installed: run `rustup target add {TARGET}`, then try again"
        )))
    } else {
        Err(Failure::new(
            "the browser half does not compile: cargo says why above",
        ))
    }
}

/// The `.wasm` file that a line of cargo's report speaks of, if it is the client's.
fn artifact(line: &str) -> Option<PathBuf> {
    let report: Report = serde_json::from_str(line).ok()?;
    let wasm = |file: &PathBuf| {
        file.extension()
            .is_some_and(|extension| extension == "wasm")
    };
    report
        .filenames
        .into_iter()
        .find(|file| report.target.name == "client" && wasm(file))
}

/// Whether the compiler itself says that it has no standard library for the target.
fn target_is_missing() -> bool {
    let asked = Command::new(program("RUSTC", "rustc"))
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    asked.is_ok_and(|answer| {
        let folder = String::from_utf8_lossy(&answer.stdout);
        answer.status.success() && !Path::new(folder.trim()).is_dir()
    })
}

/// The program that an environment variable names, as cargo does for what it runs.
fn program(variable: &str, otherwise: &str) -> OsString {
    env::var_os(variable).unwrap_or_else(|| otherwise.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_wasm_of_the_client_and_of_nothing_else() {
        let report = |name: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","target":{{"name":"{name}","kind":["cdylib"]}},"filenames":["/t/x.d","/t/x.wasm"]}}"#
            )
        };
        assert_eq!(artifact(&report("client")), Some("/t/x.wasm".into()));
        assert_eq!(artifact(&report("other")), None);
        assert_eq!(
            artifact(r#"{"reason":"build-finished","success":true}"#),
            None
        );
        assert_eq!(artifact("not json"), None);
    }
}
