//! The client as browsers take it: a script, the program it loads, and scripts of dependencies.

use std::collections::BTreeMap;

use wasm_bindgen_cli_support::Bindgen;

use crate::assets::Asset;
use crate::failure::{Explain, Failure};
use crate::name;

/// What wasm-bindgen makes of a compiled crate.
struct Parts {
    js: String,
    wasm: Vec<u8>,
    /// Scripts that dependencies bring along, by path below `./snippets/`.
    snippets: BTreeMap<String, String>,
}

/// The files of the client, and the name they share: `client.<hash>`, where the hash covers all
/// of them. The script is that name with `.js`, the program that name with `_bg.wasm`.
///
/// # Errors
/// When `compiled` is not a crate built with wasm-bindgen of this very version, or wants npm
/// packages, which no browser could load from here.
pub(crate) fn client(compiled: Vec<u8>) -> Result<(String, Vec<Asset>), Failure> {
    Ok(pack(bind(compiled)?))
}

fn bind(compiled: Vec<u8>) -> Result<Parts, Failure> {
    let what = || "wasm-bindgen cannot read the compiled client".to_owned();
    let mut output = Bindgen::new()
        .input_bytes("client", compiled)
        .web(true)
        .explain(what)?
        .typescript(false)
        // HydrationScripts passes the address of the program, so the script needs no default.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .explain(what)?;

    if let Some(package) = output.npm_dependencies().keys().next() {
        return Err(Failure::new(format!(
            "a dependency of the client imports the npm package {package}, which browsers cannot load from here"
        )));
    }
    let inline = output.snippets().iter().flat_map(|(from, scripts)| {
        let path = move |index| format!("{from}/inline{index}.js");
        scripts
            .iter()
            .enumerate()
            .map(move |(index, script)| (path(index), script))
    });
    let modules = output
        .local_modules()
        .iter()
        .map(|(path, script)| (path.clone(), script));
    let snippets = inline
        .chain(modules)
        .map(|(path, script)| (path, script.clone()))
        .collect();
    Ok(Parts {
        js: output.js().to_owned(),
        snippets,
        wasm: output.wasm_mut().emit_wasm(),
    })
}

fn pack(parts: Parts) -> (String, Vec<Asset>) {
    let Parts { js, wasm, snippets } = parts;
    let snippet_bytes = snippets
        .iter()
        .flat_map(|(path, js)| [path.as_bytes(), js.as_bytes()]);
    let hash = name::hash(
        [js.as_bytes(), wasm.as_slice()]
            .into_iter()
            .chain(snippet_bytes),
    );
    let name = format!("client.{hash}");

    // Snippets keep their places among each other, in a folder whose name tells their version.
    // Only imports change: the program asks for its imports by the names of before.
    let js = ["'", "\""].iter().fold(js, |js, quote| {
        js.replace(
            &format!(" from {quote}./snippets/"),
            &format!(" from {quote}./{name}.snippets/"),
        )
    });
    let mut assets = vec![
        Asset::new(format!("{name}.js"), js.into_bytes()),
        Asset::new(format!("{name}_bg.wasm"), wasm),
    ];
    assets.extend(
        snippets.into_iter().map(|(path, script)| {
            Asset::new(format!("{name}.snippets/{path}"), script.into_bytes())
        }),
    );
    (name, assets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(js: &str, wasm: &[u8], snippet: &str) -> Parts {
        Parts {
            js: js.into(),
            wasm: wasm.into(),
            snippets: BTreeMap::from([("dep-1/inline0.js".into(), snippet.into())]),
        }
    }

    #[test]
    fn every_part_counts_in_the_shared_name() {
        let name = |parts| pack(parts).0;
        let same = name(parts("js", b"wasm", "snippet"));
        assert_eq!(same, name(parts("js", b"wasm", "snippet")));
        assert_ne!(same, name(parts("js!", b"wasm", "snippet")));
        assert_ne!(same, name(parts("js", b"wasm!", "snippet")));
        assert_ne!(same, name(parts("js", b"wasm", "snippet!")));
    }

    #[test]
    fn imports_lead_to_the_snippets_and_the_program_keeps_its_names() {
        let js = "import * as a from './snippets/dep-1/inline0.js';\n\
                  import { b } from './snippets/dep-1/inline0.js';\n\
                  imports['./snippets/dep-1/inline0.js'] = a;";
        let (name, assets) = pack(parts(js, b"", "export let b;"));
        let script = String::from_utf8(assets[0].content.clone()).unwrap();
        let moved = format!("{name}.snippets/dep-1/inline0.js");
        assert_eq!(script.matches(&format!("from './{moved}'")).count(), 2);
        assert!(script.contains("imports['./snippets/dep-1/inline0.js']"));
        let names: Vec<_> = assets.iter().map(|asset| asset.name.clone()).collect();
        assert_eq!(
            names,
            [format!("{name}.js"), format!("{name}_bg.wasm"), moved]
        );
    }

    #[test]
    fn something_else_than_a_client_fails_in_one_line() {
        let failure = client(b"not wasm".to_vec()).unwrap_err().to_string();
        assert!(failure.starts_with("wasm-bindgen cannot read"), "{failure}");
        assert_eq!(failure.lines().count(), 1, "{failure}");
    }
}
