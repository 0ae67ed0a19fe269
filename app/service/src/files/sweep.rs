//! What lies in the store and nothing names: left by a server that died while a
//! file came, or between the store and the row.
//!
//! Parts that were on their way into an S3-compatible store are of no file yet,
//! and are not told of among the files: a rule of the bucket removes them
//! (`AbortIncompleteMultipartUpload`), see the README.

use super::Files;
use crate::entity::{import, material_version, sheet_photo};
use crate::{Failure, Services};
use chrono::{DateTime, Duration, Utc};
use object_store::ObjectStore;
use sea_orm::{EntityTrait, QuerySelect};
use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::Path;

/// A part that is younger may be on its way.
const YOUNG_PART: Duration = Duration::days(1);

/// A whole file that is younger stays. Whoever starts with an older backup of
/// the database misses the rows of what came since, and has as long to notice.
const YOUNG: Duration = Duration::days(30);

/// As many whole files that nothing names are believed in any case: broken
/// uploads leave some.
const BELIEVED: usize = 20;

/// Something that lies in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Lying {
    name: String,
    changed_at: DateTime<Utc>,
}

impl Services {
    /// Removes from the store what no row names: parts that are older than a
    /// day, and whole files older than thirty. Where those are many beside what
    /// rows name, they stay: the database may be another one than the store's,
    /// or an older one. Returns how many were removed.
    ///
    /// # Errors
    /// When the database or the store fails; the others are done the next time.
    pub async fn sweep_files(&self) -> Result<usize, Failure> {
        // The store first: what rows come to name meanwhile is found among them.
        let lying = self.files.lying().await?;
        let named = self.named_files().await?;
        let sweep = Sweep::of(&lying, &named, self.clock.now());
        if sweep.doubtful > 0 {
            tracing::warn!(
                files = sweep.doubtful,
                "much lies in the store that the database does not name: is it the store of another one, or this an older copy? Nothing whole is removed"
            );
        }
        for name in &sweep.gone {
            self.files.remove(name).await?;
        }
        if !sweep.gone.is_empty() {
            tracing::info!(files = sweep.gone.len(), "what nothing names was removed");
        }
        Ok(sweep.gone.len())
    }

    /// The keys of all files that rows name. A test holds that no table is
    /// forgotten.
    async fn named_files(&self) -> Result<HashSet<String>, Failure> {
        let db = self.db.read();
        let materials: Vec<String> = material_version::Entity::find()
            .select_only()
            .column(material_version::Column::StorageKey)
            .into_tuple()
            .all(db)
            .await?;
        let photos: Vec<String> = sheet_photo::Entity::find()
            .select_only()
            .column(sheet_photo::Column::StorageKey)
            .into_tuple()
            .all(db)
            .await?;
        let imports: Vec<String> = import::Entity::find()
            .select_only()
            .column(import::Column::StorageKey)
            .into_tuple()
            .all(db)
            .await?;
        let all = materials.into_iter().chain(photos).chain(imports);
        Ok(all.collect())
    }
}

impl Files {
    /// What lies in the store, parts of files of a folder too.
    async fn lying(&self) -> Result<Vec<Lying>, Failure> {
        if let Some(folder) = self.folder.clone() {
            let read = tokio::task::spawn_blocking(move || lying_in(&folder));
            let read = read.await.map_err(Failure::internal)?;
            return read.map_err(Failure::internal);
        }
        let found = self.store.list_with_delimiter(Some(&self.prefix)).await;
        let objects = found.map_err(Failure::internal)?.objects.into_iter();
        let lying = objects.filter_map(|object| {
            Some(Lying {
                name: object.location.filename()?.to_owned(),
                changed_at: object.last_modified,
            })
        });
        Ok(lying.collect())
    }

    /// Removes what lies there; the store itself knows no part of a file.
    async fn remove(&self, name: &str) -> Result<(), Failure> {
        let Some(folder) = &self.folder else {
            return self.delete(name).await;
        };
        match tokio::fs::remove_file(folder.join(name)).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::internal(error)),
            _ => Ok(()),
        }
    }
}

fn lying_in(folder: &Path) -> std::io::Result<Vec<Lying>> {
    let mut lying = Vec::new();
    for entry in folder.read_dir()? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        // What is gone meanwhile, or says no time, stays as it is.
        let changed_at = entry.metadata().and_then(|about| about.modified());
        if let Ok(changed_at) = changed_at {
            let changed_at = changed_at.into();
            lying.push(Lying { name, changed_at });
        }
    }
    Ok(lying)
}

/// What is to be removed.
#[derive(Debug, PartialEq, Eq)]
struct Sweep<'a> {
    gone: Vec<&'a str>,
    /// Whole files that nothing names, too many to be believed.
    doubtful: usize,
}

impl<'a> Sweep<'a> {
    fn of(lying: &'a [Lying], named: &HashSet<String>, now: DateTime<Utc>) -> Self {
        let known = lying.iter().filter(|one| named.contains(&one.name));
        let known = known.count();
        let (mut gone, mut unnamed) = (Vec::new(), Vec::new());
        for one in lying {
            let (name, age) = (one.name.as_str(), now - one.changed_at);
            match Kind::of(name) {
                Some(Kind::Part) if age > YOUNG_PART => gone.push(name),
                Some(Kind::Whole) if age > YOUNG && !named.contains(name) => unnamed.push(name),
                _ => {}
            }
        }
        let doubtful = if unnamed.len() > BELIEVED.max(known / 10) {
            unnamed.len()
        } else {
            gone.append(&mut unnamed);
            0
        };
        Self { gone, doubtful }
    }
}

/// What somebody who knows how the store names things makes of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A file.
    Whole,
    /// Part of a file on its way into a folder, or the file of a check: no row
    /// ever names these.
    Part,
}

impl Kind {
    /// None for what somebody else put there.
    fn of(name: &str) -> Option<Self> {
        let is_hex = |text: &str, length| {
            let is_digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
            text.len() == length && text.bytes().all(is_digit)
        };
        let is_key = |key: &str| match key.strip_prefix("check-") {
            Some(random) => is_hex(random, 16),
            None => is_hex(key, 32),
        };
        let (key, part) = match name.split_once('#') {
            Some((key, part)) => (key, Some(part)),
            None => (name, None),
        };
        let is_number = |part: &str| {
            let mut bytes = part.bytes();
            !part.is_empty() && bytes.all(|byte| byte.is_ascii_digit())
        };
        if !is_key(key) || !part.is_none_or(is_number) {
            None
        } else if part.is_some() || key.starts_with("check-") {
            Some(Self::Part)
        } else {
            Some(Self::Whole)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";
    const OTHER: &str = "f123456789abcdef0123456789abcdef";

    fn now() -> DateTime<Utc> {
        "2026-11-30T01:00:00Z".parse().unwrap()
    }

    fn aged(name: &str, age: Duration) -> Lying {
        Lying {
            name: name.to_owned(),
            changed_at: now() - age,
        }
    }

    fn old(name: &str) -> Lying {
        aged(name, Duration::days(31))
    }

    /// So many keys of files.
    fn keys(number: usize) -> Vec<String> {
        (0..number).map(|at| format!("{at:032x}")).collect()
    }

    fn sweep<'a>(lying: &'a [Lying], named: &[&str]) -> Sweep<'a> {
        let named = named.iter().map(|name| (*name).to_owned()).collect();
        Sweep::of(lying, &named, now())
    }

    #[test]
    fn only_what_this_program_names_so_is_its_own() {
        assert_eq!(Kind::of(KEY), Some(Kind::Whole));
        for part in [
            format!("{KEY}#1"),
            "check-0123456789abcdef".to_owned(),
            "check-0123456789abcdef#2".to_owned(),
        ] {
            assert_eq!(Kind::of(&part), Some(Kind::Part), "{part}");
        }
        for other in [
            "",
            "README.txt",
            "taphuan.sqlite",
            "..",
            &KEY[1..],
            &KEY.to_uppercase(),
            &format!("{KEY}#"),
            &format!("{KEY}#a"),
            &format!("{KEY}.pdf"),
        ] {
            assert_eq!(Kind::of(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_old_and_unnamed_goes() {
        let part = format!("{KEY}#1");
        let (days, hours) = (Duration::days(29), Duration::hours(25));
        let lying = [
            old(KEY),
            old(OTHER),
            aged(&OTHER.replace('f', "e"), days),
            aged(&part, hours),
            aged(&format!("{KEY}#2"), Duration::hours(23)),
            old("README.txt"),
        ];
        let done = sweep(&lying, &[KEY]);
        assert_eq!(done.gone, [part.as_str(), OTHER]);
        assert_eq!(done.doubtful, 0);
    }

    #[test]
    fn the_store_of_another_database_stays() {
        let part = format!("{KEY}#1");
        let mut lying: Vec<Lying> = keys(21).iter().map(|key| old(key)).collect();
        lying.push(old(&part));
        let done = sweep(&lying, &[]);
        assert_eq!((done.gone, done.doubtful), (vec![part.as_str()], 21));
        let done = sweep(&lying[1..], &[]);
        assert_eq!(
            (done.gone.len(), done.doubtful),
            (21, 0),
            "few are believed"
        );
    }

    #[test]
    fn what_an_older_copy_of_the_database_misses_stays() {
        let keys = keys(332);
        let names: Vec<&str> = keys.iter().map(String::as_str).collect();
        let lying: Vec<Lying> = names.iter().map(|name| old(name)).collect();
        // Of 301, a tenth and one more are not named.
        assert_eq!(sweep(&lying, &names[..301]).doubtful, 31);
        assert_eq!(sweep(&lying, &names[..302]).gone.len(), 30);
    }

    #[test]
    fn every_table_that_names_files_is_asked() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let own = std::fs::read_to_string(source.join("files/sweep.rs")).unwrap();
        for entity in source.join("entity").read_dir().unwrap() {
            let path = entity.unwrap().path();
            let content = std::fs::read_to_string(&path).unwrap();
            if content.contains("pub storage_key") {
                let table = path.file_stem().unwrap().to_str().unwrap();
                let asked = format!("{table}::Column::StorageKey");
                assert!(own.contains(&asked), "{table} is forgotten");
            }
        }
    }
}
