//! The manifest: where the server looks up which files are current.

use std::path::Path;

use serde::Serialize;

use crate::assets::Assets;
use crate::disk;
use crate::failure::{Explain, Failure};
use crate::style::Names;

/// The current name of everything in the assets folder that a page may ask for.
#[derive(Debug, Serialize)]
pub(crate) struct Manifest {
    /// `client.<hash>`: the script is this with `.js`, the program this with `_bg.wasm`, as
    /// leptos' `HydrationScripts` derives them from `output_name`.
    pub(crate) client: String,
    /// Stylesheets, fonts and pictures.
    #[serde(flatten)]
    pub(crate) style: Names,
}

impl Manifest {
    /// Writes the manifest to `path`, whole or not at all.
    ///
    /// Leaves the file alone when it says the same already, so that its age tells when the
    /// browser half last changed and nothing built from it is built again.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Failure> {
        let mut json =
            serde_json::to_vec_pretty(self).explain(|| "cannot write the manifest".to_owned())?;
        json.push(b'\n');
        if std::fs::read(path).is_ok_and(|before| before == json) {
            return Ok(());
        }
        disk::write(path, &json)
    }

    /// One line on what there is and how large it is.
    pub(crate) fn summary(&self, assets: &Assets) -> String {
        let size = |name: &str| {
            let kilobytes = |file: &str| assets.size(file).map(|bytes| bytes.div_ceil(1024));
            match (kilobytes(name), kilobytes(&format!("{name}.br"))) {
                (Some(plain), Some(br)) => format!("{plain} KB ({br} KB br)"),
                (Some(plain), None) => format!("{plain} KB"),
                (None, _) => "missing".to_owned(),
            }
        };
        format!(
            "public css {}, staff css {}, {} fonts and pictures, client js {}, wasm {}",
            size(&self.style.public_css),
            size(&self.style.staff_css),
            self.style.files.len(),
            size(&format!("{}.js", self.client)),
            size(&format!("{}_bg.wasm", self.client)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::tests::Temp;
    use std::collections::BTreeMap;

    #[test]
    fn reads_as_the_server_expects_and_keeps_its_age_when_the_same() {
        let temp = Temp::new();
        let path = temp.path().join("manifest.json");
        let manifest = Manifest {
            client: "client.1".into(),
            style: Names {
                public_css: "public.2.css".into(),
                staff_css: "staff.3.css".into(),
                files: BTreeMap::from([("static/a.svg".into(), "a.4.svg".into())]),
            },
        };
        manifest.write(&path).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&disk::read(&path).unwrap()).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "client": "client.1",
                "public_css": "public.2.css",
                "staff_css": "staff.3.css",
                "files": { "static/a.svg": "a.4.svg" },
            })
        );

        let age = || std::fs::metadata(&path).unwrap().modified().unwrap();
        let before = age();
        manifest.write(&path).unwrap();
        assert_eq!(age(), before);
    }
}
