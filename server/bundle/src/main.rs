//! Builds the browser half of Tập Huấn into `target/site`, where the server finds it.
//!
//! In order: the stylesheets, fonts and pictures of `style/`; the client crate as WebAssembly
//! with its JavaScript; the manifest that names them all. Every name carries a hash of what it
//! holds, so a browser may keep each file for ever. What has not changed is not built again.

mod assets;
mod cargo;
mod css;
mod disk;
mod failure;
mod manifest;
mod name;
mod stamp;
mod style;
mod wasm;

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use assets::Assets;
use failure::{Explain, Failure};
use manifest::Manifest;
use stamp::{Built, Stamp};
use style::Style;

fn main() -> ExitCode {
    panic::set_hook(Box::new(|bug| {
        eprintln!("bundle: a bug in server/bundle or in what it uses: {bug}");
    }));
    match panic::catch_unwind(bundle) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(failure)) => {
            eprintln!("bundle: {failure}");
            ExitCode::FAILURE
        }
        Err(_) => ExitCode::FAILURE,
    }
}

fn bundle() -> Result<(), Failure> {
    let root = workspace()?;
    let site = root.join("target").join("site");
    let assets = Assets::open(site.join("assets"))?;
    let _one_at_a_time = lock(&root.join("target").join(".bundle.lock"))?;
    let stamp_path = site.join(".stamp");
    let (style_before, client_before) = Stamp::read(&stamp_path).map_or((None, None), |stamp| {
        (Some(stamp.style), Some(stamp.client))
    });

    // Styles first: a mistake in them shows at once, not after the long compilation.
    let source = Style::read(&root.join("style"))?;
    let style = refresh(&assets, style_before, source.hash(), || {
        eprintln!("bundle: preparing the stylesheets, fonts and pictures");
        for forgotten in source.unlisted()? {
            eprintln!(
                "bundle: note: style/{forgotten} is in neither public.txt nor staff.txt, so no page uses it"
            );
        }
        source.build()
    })?;

    let first = if site.join("manifest.json").exists() {
        ""
    } else {
        " (first time takes a few minutes)"
    };
    eprintln!("bundle: compiling the browser half{first}");
    let compiled = disk::read(&cargo::compile_client(&root)?)?;
    let client = refresh(&assets, client_before, name::hash([&compiled]), || {
        eprintln!("bundle: packing it for browsers");
        wasm::client(compiled)
    })?;

    let manifest = Manifest {
        client: client.result.clone(),
        style: style.result.clone(),
    };
    manifest.write(&site.join("manifest.json"))?;
    Stamp::write(&stamp_path, &client, &style)?;
    // Only now: at no moment does the manifest name a file that is not there.
    assets.sweep(
        &client
            .files
            .iter()
            .chain(&style.files)
            .cloned()
            .collect::<BTreeSet<_>>(),
    )?;

    eprintln!("bundle: ready: {}", manifest.summary(&assets));
    Ok(())
}

/// What was built before when `input` is the same and its files are still there; else builds
/// and writes it.
fn refresh<T>(
    assets: &Assets,
    before: Option<Built<T>>,
    input: String,
    build: impl FnOnce() -> Result<(T, Vec<assets::Asset>), Failure>,
) -> Result<Built<T>, Failure> {
    if let Some(before) = before
        && before.input == input
        && assets.hold(&before.files)
    {
        return Ok(before);
    }
    let (result, made) = build()?;
    let files = assets.put(&made)?;
    Ok(Built {
        input,
        files,
        result,
    })
}

/// The folder of the workspace: this package lies two levels below it.
fn workspace() -> Result<PathBuf, Failure> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package
        .ancestors()
        .nth(2)
        .map(Path::to_path_buf)
        .ok_or_else(|| Failure::new(format!("there is no workspace above {}", package.display())))
}

/// Keeps a second run from sweeping away the files of the first. Released when dropped.
fn lock(path: &Path) -> Result<File, Failure> {
    let file = File::create(path).explain(|| format!("cannot create {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            eprintln!("bundle: waiting for another run of bundle to end");
            file.lock()
                .explain(|| format!("cannot lock {}", path.display()))?;
        }
        Err(TryLockError::Error(error)) => {
            return Err(Failure::new(format!(
                "cannot lock {}: {error}",
                path.display()
            )));
        }
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::Asset;
    use crate::disk::tests::Temp;

    fn one(name: &str) -> Result<(String, Vec<Asset>), Failure> {
        Ok((name.to_owned(), vec![Asset::new(name, b"text".to_vec())]))
    }

    #[test]
    fn builds_again_only_when_the_input_changed_or_a_file_is_gone() {
        let temp = Temp::new();
        let assets = Assets::open(temp.path().join("assets")).unwrap();
        let never = || panic!("built although nothing changed");

        let first = refresh(&assets, None, "in".into(), || one("a.css")).unwrap();
        let second = refresh(&assets, Some(first), "in".into(), never).unwrap();
        assert_eq!(second.result, "a.css");

        let third = refresh(&assets, Some(second), "other".into(), || one("b.css")).unwrap();
        assert_eq!(third.result, "b.css");

        std::fs::remove_file(temp.path().join("assets/b.css")).unwrap();
        refresh(&assets, Some(third), "other".into(), || one("b.css")).unwrap();
        assert!(temp.path().join("assets/b.css").exists());
    }
}
