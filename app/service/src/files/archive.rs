//! The names of what is inside of a stored archive.

use super::{Files, Upload};
use crate::Failure;
use domain::Reason;
use futures::stream::TryStreamExt;
use std::io::{self, Read, Seek, SeekFrom};
use zip::ZipArchive;

/// How much of the end of an archive is read. Its directory stands there, some
/// seven thousand files with names of usual length; nothing is unpacked, so
/// that an archive that would fill the disk costs no more than others.
const END: u64 = 1024 * 1024;

impl Files {
    /// The names of all files inside of an archive.
    ///
    /// # Errors
    /// What the store said. Inside: [`Reason::FileMismatch`] when it cannot be
    /// read, [`Reason::ArchiveTooFull`] when it has more files than are looked
    /// at.
    pub(crate) async fn names_inside(
        &self,
        upload: &Upload,
    ) -> Result<Result<Vec<String>, Reason>, Failure> {
        let start = upload.size.saturating_sub(END);
        let mut parts = self.read(&upload.key, Some(start..upload.size)).await?;
        let mut bytes = Vec::new();
        while let Some(part) = parts.try_next().await.map_err(Failure::internal)? {
            bytes.extend_from_slice(&part);
        }
        let names = tokio::task::spawn_blocking(move || names(Tail::new(start, bytes)));
        names.await.map_err(Failure::internal)
    }
}

fn names(mut tail: Tail) -> Result<Vec<String>, Reason> {
    if claims_many(&tail.bytes) {
        return Err(Reason::ArchiveTooFull);
    }
    let found = ZipArchive::new(&mut tail).map(|archive| {
        let names = archive.file_names_raw();
        let names = names.map(|name| String::from_utf8_lossy(name).into_owned());
        names.collect::<Vec<_>>()
    });
    match found {
        Ok(names) => Ok(names),
        Err(_) if tail.is_short => Err(Reason::ArchiveTooFull),
        Err(_) => Err(Reason::FileMismatch),
    }
}

/// Whether the end of an archive of the large kind tells of more files than can
/// stand in it: room would be made for all of them before one is read.
fn claims_many(end: &[u8]) -> bool {
    let places = |sign: &'static [u8; 4]| {
        let all = end.windows(4).enumerate();
        all.filter_map(move |(at, four)| (four == sign).then_some(at))
    };
    let number = |at: usize| {
        let bytes = end.get(at + 32..at + 40)?;
        Some(u64::from_le_bytes(bytes.try_into().ok()?))
    };
    let is_large = places(b"PK\x06\x07").next().is_some();
    is_large && places(b"PK\x06\x06").any(|at| number(at).is_some_and(|many| many > END / 46))
}

/// A file of which only the end is at hand.
struct Tail {
    start: u64,
    bytes: Vec<u8>,
    at: u64,
    /// What stands before the end was asked for.
    is_short: bool,
}

impl Tail {
    fn new(start: u64, bytes: Vec<u8>) -> Self {
        Self {
            start,
            bytes,
            at: 0,
            is_short: false,
        }
    }

    fn end(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }
}

impl Read for Tail {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Some(from) = self.at.checked_sub(self.start) else {
            self.is_short = true;
            return Err(io::Error::other("not at hand"));
        };
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let rest = self.bytes.get(from..).unwrap_or_default();
        let length = rest.len().min(out.len());
        out[..length].copy_from_slice(&rest[..length]);
        self.at += length as u64;
        Ok(length)
    }
}

impl Seek for Tail {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.end().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::other("before the beginning"))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCX: &[u8] = include_bytes!("../../tests/deeds/files/huong-dan.docx");

    #[test]
    fn names_are_read_of_the_end_alone() {
        let all = ["[Content_Types].xml", "_rels/.rels", "word/document.xml"];
        assert_eq!(names(Tail::new(0, DOCX.to_vec())).unwrap(), all);
        // Something before an archive belongs to none.
        let long = [&[0; 100_000], DOCX].concat();
        let end = |from: usize| names(Tail::new(from as u64, long[from..].to_vec()));
        assert_eq!(end(99_000).unwrap(), all);
        assert_eq!(end(100_800), Err(Reason::ArchiveTooFull));
    }

    #[test]
    fn no_room_is_made_for_what_is_only_claimed() {
        let large = |many: u64| {
            let mut content = b"PK\x06\x06".to_vec();
            content.resize(32, 0);
            content.extend(many.to_le_bytes());
            content.extend(b"PK\x06\x07");
            claims_many(&content)
        };
        assert!(!large(3));
        assert!(large(u64::MAX));
        assert!(!claims_many(DOCX));
    }

    #[test]
    fn what_is_no_archive_has_no_names() {
        for content in [&b""[..], b"PK\x03\x04", &DOCX[..DOCX.len() - 30]] {
            let found = names(Tail::new(0, content.to_vec()));
            assert_eq!(found, Err(Reason::FileMismatch));
        }
    }
}
