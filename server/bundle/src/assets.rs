//! The folder of finished files, each with its compressed twins.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::thread;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::disk;
use crate::failure::{Explain, Failure};

/// Files with these extensions get twins; the others (woff2, png) are compressed by nature.
const COMPRESSIBLE: [&str; 4] = ["css", "js", "wasm", "svg"];

/// One finished file: its path below the folder, whose name holds a hash of the content.
#[derive(Debug)]
pub(crate) struct Asset {
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
}

impl Asset {
    /// A file of this name and content.
    pub(crate) fn new(name: impl Into<String>, content: Vec<u8>) -> Self {
        Self {
            name: name.into(),
            content,
        }
    }

    /// The twins worth having: `(name, content)`, each smaller than the file itself.
    fn twins(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let extension = self.name.rsplit('.').next().unwrap_or_default();
        if !COMPRESSIBLE.contains(&extension) {
            return Ok(Vec::new());
        }
        let br = brotli(&self.content).explain(|| format!("cannot compress {}", self.name))?;
        let gz = gzip(&self.content).explain(|| format!("cannot compress {}", self.name))?;
        let twins = [
            (format!("{}.br", self.name), br),
            (format!("{}.gz", self.name), gz),
        ];
        Ok(twins
            .into_iter()
            .filter(|(_, twin)| twin.len() < self.content.len())
            .collect())
    }
}

/// The folder that the server hands out under `/assets`.
#[derive(Debug)]
pub(crate) struct Assets {
    folder: PathBuf,
}

impl Assets {
    /// The folder at `folder`, created when it is not there.
    pub(crate) fn open(folder: PathBuf) -> Result<Self, Failure> {
        fs::create_dir_all(&folder).explain(|| format!("cannot create {}", folder.display()))?;
        Ok(Self { folder })
    }

    /// Whether every one of these files is there.
    pub(crate) fn hold(&self, files: &[String]) -> bool {
        files.iter().all(|file| self.folder.join(file).is_file())
    }

    /// The size of a file in bytes, if it is there.
    pub(crate) fn size(&self, file: &str) -> Option<u64> {
        fs::metadata(self.folder.join(file))
            .ok()
            .map(|file| file.len())
    }

    /// Writes the files and their twins, and says which names were written.
    ///
    /// Compresses as hard as it can, all files at the same time. Other files stay as they are.
    pub(crate) fn put(&self, assets: &[Asset]) -> Result<Vec<String>, Failure> {
        let written: Vec<_> = thread::scope(|scope| {
            let jobs: Vec<_> = assets
                .iter()
                .map(|asset| scope.spawn(|| self.put_one(asset)))
                .collect();
            jobs.into_iter()
                .map(|job| {
                    job.join()
                        .unwrap_or_else(|_| Err(Failure::new("compressing did not finish")))
                })
                .collect::<Result<_, _>>()
        })?;
        Ok(written.into_iter().flatten().collect())
    }

    fn put_one(&self, asset: &Asset) -> Result<Vec<String>, Failure> {
        let mut names = vec![asset.name.clone()];
        disk::write(&self.folder.join(&asset.name), &asset.content)?;
        for (name, twin) in asset.twins()? {
            disk::write(&self.folder.join(&name), &twin)?;
            names.push(name);
        }
        Ok(names)
    }

    /// Removes every file that is not in `keep`, and folders left empty.
    pub(crate) fn sweep(&self, keep: &BTreeSet<String>) -> Result<(), Failure> {
        for stale in disk::list(&self.folder)?.difference(keep) {
            let path = self.folder.join(stale);
            fs::remove_file(&path).explain(|| format!("cannot remove {}", path.display()))?;
            // remove_dir refuses a folder that still holds something, and that ends the climb.
            path.ancestors()
                .skip(1)
                .take_while(|above| *above != self.folder && fs::remove_dir(above).is_ok())
                .for_each(drop);
        }
        Ok(())
    }
}

fn brotli(mut content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut twin = Vec::new();
    let params = BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut content, &mut twin, &params)?;
    Ok(twin)
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(content)?;
    gz.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::tests::Temp;
    use std::io::Read as _;

    #[test]
    fn twins_unpack_to_the_file_and_stand_only_where_they_save() {
        let temp = Temp::new();
        let assets = Assets::open(temp.path().join("assets")).unwrap();
        let long = b".a{color:red}".repeat(100);
        let names = assets
            .put(&[
                Asset::new("long.css", long.clone()),
                Asset::new("tiny.css", b"a{}".to_vec()),
                Asset::new("font.woff2", long.clone()),
            ])
            .unwrap();
        assert_eq!(
            names,
            [
                "long.css",
                "long.css.br",
                "long.css.gz",
                "tiny.css",
                "font.woff2"
            ]
        );
        assert!(assets.hold(&names));

        let twin = |name: &str| disk::read(&temp.path().join("assets").join(name)).unwrap();
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut twin("long.css.br").as_slice(), &mut plain).unwrap();
        assert_eq!(plain, long);
        plain.clear();
        flate2::read::GzDecoder::new(twin("long.css.gz").as_slice())
            .read_to_end(&mut plain)
            .unwrap();
        assert_eq!(plain, long);
    }

    #[test]
    fn sweeping_removes_what_is_stale_and_nothing_else() {
        let temp = Temp::new().with(&[
            ("assets/new.css", ""),
            ("assets/old.css", ""),
            ("assets/old.css.half", ""),
            ("assets/old.snippets/crate/inline0.js", ""),
            ("assets/new.snippets/crate/inline0.js", ""),
            ("assets/new.snippets/crate/inline9.js", ""),
            ("beside.css", ""),
        ]);
        let assets = Assets::open(temp.path().join("assets")).unwrap();
        let keep = ["new.css", "new.snippets/crate/inline0.js"].map(str::to_owned);
        assets.sweep(&BTreeSet::from(keep)).unwrap();

        let left: Vec<_> = disk::list(temp.path()).unwrap().into_iter().collect();
        assert_eq!(
            left,
            [
                "assets/new.css",
                "assets/new.snippets/crate/inline0.js",
                "beside.css"
            ]
        );
        assert!(!temp.path().join("assets/old.snippets").exists());
    }
}
