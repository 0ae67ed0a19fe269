//! The data folder: what has no other place lies here.

use crate::stop::Stop;
use service::{Secret, random_token};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use url::Url;

/// A folder that may not be there yet.
#[derive(Clone, Debug)]
pub(super) struct DataFolder(PathBuf);

impl DataFolder {
    pub(super) fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The embedded database.
    pub(super) fn sqlite_url(&self) -> String {
        let path = self.0.join("taphuan.sqlite").display().to_string();
        let path = path
            .replace('%', "%25")
            .replace('?', "%3F")
            .replace('#', "%23");
        format!("sqlite://{path}?mode=rwc")
    }

    /// Where mails stay without a mail server.
    pub(super) fn mail(&self) -> PathBuf {
        self.0.join("mail")
    }

    /// The folder of uploaded files, as an address.
    ///
    /// # Errors
    /// When the current folder is gone, or the path cannot be an address.
    pub(super) fn storage_url(&self) -> Result<Url, Stop> {
        let wrong = || {
            Stop::setting(format!(
                "DATA_DIR: {} cannot be used as a path.",
                self.0.display()
            ))
        };
        let path = std::path::absolute(self.0.join("files")).map_err(|_| wrong())?;
        Url::from_directory_path(path).map_err(|()| wrong())
    }

    /// Makes the folder and tries to write into it.
    ///
    /// # Errors
    /// Which folder, and what to do.
    pub(super) fn prepare(&self) -> Result<(), Stop> {
        let probe = self.0.join(format!(".probe-{}", std::process::id()));
        fs::create_dir_all(&self.0)
            .and_then(|()| fs::write(&probe, b""))
            .and_then(|()| fs::remove_file(&probe))
            .map_err(|error| {
                Stop::trouble(format!(
                    "The data folder {} cannot be written ({error}); choose another with DATA_DIR or --data-dir, or let this user write it.",
                    self.0.display()
                ))
            })
    }

    /// The key that was made once for this folder.
    ///
    /// # Errors
    /// When it cannot be read or made, or is no key.
    pub(super) fn secret(&self) -> Result<Secret, Stop> {
        let path = self.0.join("secret.key");
        let key = read_or_make(&path).map_err(|error| {
            Stop::trouble(format!(
                "The key in {} cannot be used ({error}); let this user read and write it, or set SECRET_KEY.",
                path.display()
            ))
        })?;
        Secret::new(key.trim()).map_err(|_| {
            Stop::trouble(format!(
                "The key in {} is shorter than {} characters; put the right one back, or delete the file to have a new one made, which makes old links useless.",
                path.display(),
                Secret::MIN
            ))
        })
    }
}

/// Two processes may start at once: the key is complete before it has its
/// name, and whoever comes second takes the first one's.
fn read_or_make(path: &Path) -> io::Result<String> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        read => return read,
    }
    let fresh = path.with_extension(format!("{}.new", std::process::id()));
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&fresh)
        .and_then(|mut file| {
            file.write_all(random_token().as_bytes())?;
            file.sync_all()
        })
        .and_then(|()| match fs::hard_link(&fresh, path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            linked => linked,
        });
    let removed = fs::remove_file(&fresh);
    made.and(removed)?;
    fs::read_to_string(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_made_once_for_the_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path());
        let first = data.secret().unwrap().sign("a", "b");
        assert_eq!(data.secret().unwrap().sign("a", "b"), first);
        let mode = fs::metadata(folder.path().join("secret.key"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        fs::write(folder.path().join("secret.key"), "short").unwrap();
        assert!(data.secret().is_err());
    }

    #[test]
    fn what_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let stop = DataFolder::at(file.join("data")).prepare().unwrap_err();
        assert!(stop.to_string().contains("file/data"), "{stop}");
        assert_eq!(stop.code(), 1);
        let new = folder.path().join("a/b");
        DataFolder::at(&new).prepare().unwrap();
        assert_eq!(fs::read_dir(&new).unwrap().count(), 0);
    }

    #[test]
    fn signs_with_a_meaning_are_no_part_of_an_address() {
        let data = DataFolder::at("/tmp/50% dữ liệu?#");
        assert_eq!(
            data.sqlite_url(),
            "sqlite:///tmp/50%25 dữ liệu%3F%23/taphuan.sqlite?mode=rwc"
        );
        let files = data.storage_url().unwrap().to_file_path().unwrap();
        assert_eq!(files, Path::new("/tmp/50% dữ liệu?#/files/"));
    }
}
