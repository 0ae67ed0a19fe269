//! The stamp: what the files were built from, so that the next run need not build them again.

use std::env;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::disk;
use crate::failure::{Explain, Failure};
use crate::style::Names;

/// One half of the bundle as it was built.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Built<T> {
    /// Hash of everything it was built from.
    pub(crate) input: String,
    /// Every file written, twins too, by path below the assets folder.
    pub(crate) files: Vec<String>,
    /// What the manifest says of it.
    pub(crate) result: T,
}

/// Both halves, and which bundler built them.
#[derive(Debug, Deserialize)]
pub(crate) struct Stamp {
    bundler: String,
    pub(crate) client: Built<String>,
    pub(crate) style: Built<Names>,
}

impl Stamp {
    /// The stamp at `path`; nothing when there is none that this bundler wrote and understands,
    /// so that a changed bundler builds everything anew.
    pub(crate) fn read(path: &Path) -> Option<Self> {
        let stamp: Self = serde_json::from_slice(&disk::read(path).ok()?).ok()?;
        (Some(&stamp.bundler) == bundler().as_ref()).then_some(stamp)
    }

    /// Writes the stamp to `path`, unless it says the same already.
    pub(crate) fn write(
        path: &Path,
        client: &Built<String>,
        style: &Built<Names>,
    ) -> Result<(), Failure> {
        let stamp = serde_json::json!({ "bundler": bundler(), "client": client, "style": style });
        let json =
            serde_json::to_vec(&stamp).explain(|| format!("cannot write {}", path.display()))?;
        if std::fs::read(path).is_ok_and(|before| before == json) {
            return Ok(());
        }
        disk::write(path, &json)
    }
}

/// Tells this build of the bundler from others: the size and age of its program file.
fn bundler() -> Option<String> {
    let program = env::current_exe().ok()?.metadata().ok()?;
    let age = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{}-{}", program.len(), age.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::tests::Temp;
    use std::collections::BTreeMap;

    fn built<T>(result: T) -> Built<T> {
        Built {
            input: "in".into(),
            files: vec!["a.css".into()],
            result,
        }
    }

    #[test]
    fn is_read_back_only_by_the_bundler_that_wrote_it() {
        let temp = Temp::new();
        let path = temp.path().join(".stamp");
        let names = Names {
            public_css: "public.css".into(),
            staff_css: "staff.css".into(),
            files: BTreeMap::new(),
        };
        assert!(Stamp::read(&path).is_none());
        Stamp::write(&path, &built("client.1".into()), &built(names)).unwrap();
        let stamp = Stamp::read(&path).unwrap();
        assert_eq!(stamp.client.result, "client.1");
        assert_eq!(stamp.style.result.public_css, "public.css");

        let other = std::fs::read_to_string(&path)
            .unwrap()
            .replace(&stamp.bundler, "other");
        std::fs::write(&path, other).unwrap();
        assert!(Stamp::read(&path).is_none());
        std::fs::write(&path, "torn {").unwrap();
        assert!(Stamp::read(&path).is_none());
    }
}
