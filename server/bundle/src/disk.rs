//! Reading and writing files, with failures that name the file.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::failure::{Explain, Failure};

/// The content of the file at `path`.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).explain(|| format!("cannot read {}", path.display()))
}

/// Writes a file so that whoever looks sees the old content or the new, never a part.
/// Creates the folders above it.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let what = || format!("cannot write {}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).explain(what)?;
    }
    let mut half = path.as_os_str().to_owned();
    half.push(".half");
    fs::write(&half, content).explain(what)?;
    fs::rename(&half, path).explain(what)
}

/// Every file in `folder` and the folders below it, as paths relative to it with `/` between
/// the names.
pub(crate) fn list(folder: &Path) -> Result<BTreeSet<String>, Failure> {
    let mut found = BTreeSet::new();
    collect(folder, "", &mut found)?;
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) -> Result<(), Failure> {
    let what = || format!("cannot list {}", folder.display());
    for entry in fs::read_dir(folder).explain(what)? {
        let entry = entry.explain(what)?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A folder that lives as long as this value.
    pub(crate) struct Temp(PathBuf);

    impl Temp {
        pub(crate) fn new() -> Self {
            static COUNT: AtomicU32 = AtomicU32::new(0);
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("bundle-{}-{count}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        pub(crate) fn path(&self) -> &Path {
            &self.0
        }

        /// Writes each `(path, content)` below this folder.
        pub(crate) fn with(self, files: &[(&str, &str)]) -> Self {
            for (path, content) in files {
                write(&self.0.join(path), content.as_bytes()).unwrap();
            }
            self
        }
    }

    impl Drop for Temp {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_missing_file_is_named() {
        let temp = Temp::new();
        let failure = read(&temp.path().join("gone.css")).unwrap_err().to_string();
        assert!(
            failure.starts_with("cannot read ") && failure.contains("gone.css"),
            "{failure}"
        );
    }

    #[test]
    fn writing_replaces_and_leaves_nothing_else() {
        let temp = Temp::new();
        let path = temp.path().join("a/b.txt");
        write(&path, b"old and long").unwrap();
        write(&path, b"new").unwrap();
        assert_eq!(read(&path).unwrap(), b"new");
        assert_eq!(
            list(temp.path()).unwrap(),
            BTreeSet::from(["a/b.txt".to_owned()])
        );
    }
}
