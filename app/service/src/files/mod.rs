//! The file store: a folder, or S3-compatible by URL.

mod archive;
mod sweep;
mod writing;

use crate::Failure;
use crate::secret::{hex, random};
use bytes::Bytes;
use futures::stream::{BoxStream, Stream, StreamExt, TryStreamExt};
use object_store::{
    GetOptions, ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart, path::Path,
};
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::runtime::Handle;
use url::Url;
use writing::Writing;

/// How much of a file is kept to tell its type by.
const HEAD: usize = 8 * 1024;

/// How much is handed to a folder at once; and the least that S3 takes.
const PART: usize = 512 * 1024;
const S3_PART: usize = 5 * 1024 * 1024;

/// The store.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    /// Where the files lie, if that is a folder.
    folder: Option<PathBuf>,
    part: usize,
}

/// A file that has been stored.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Where it lies in the store.
    pub key: String,
    /// Its length in bytes.
    pub size: u64,
    /// SHA-256 of the content, in hex.
    pub sha256: String,
    /// The media type found in the first bytes.
    pub sniffed: Option<&'static str>,
}

/// Why a file was not stored.
#[derive(Debug)]
pub enum UploadFailure {
    /// Larger than allowed.
    TooLarge,
    /// The sender broke off.
    Broken,
    /// The store failed.
    Store(Failure),
}

impl Files {
    /// Opens the store. Credentials of an S3 store come from its usual
    /// environment variables.
    ///
    /// # Errors
    /// When the address is not one of a store, or a folder cannot be made.
    pub fn open(url: &Url) -> Result<Self, Failure> {
        let folder = if url.scheme() == "file" {
            url.to_file_path().ok()
        } else {
            None
        };
        if let Some(folder) = &folder {
            std::fs::create_dir_all(folder)
                .map_err(|e| Failure::internal(format!("{}: {e}", folder.display())))?;
        }
        let variables = std::env::vars().map(|(key, value)| (key.to_ascii_lowercase(), value));
        let (store, prefix) =
            object_store::parse_url_opts(url, variables).map_err(Failure::internal)?;
        Ok(Self {
            store: Arc::from(store),
            prefix,
            part: if folder.is_some() { PART } else { S3_PART },
            folder,
        })
    }

    /// Streams a file into the store under a fresh random key. Never holds
    /// more than three parts in memory; leaves nothing behind on failure, nor
    /// when whoever sends goes away.
    ///
    /// # Errors
    /// See [`UploadFailure`].
    pub async fn put<S, E>(&self, content: S, max: u64) -> Result<Upload, UploadFailure>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
    {
        let key = hex(&random::<16>());
        let writer = self
            .store
            .put_multipart(&self.path(&key))
            .await
            .map_err(store_failure)?;
        let writer = WriteMultipart::new_with_chunk_size(writer, self.part);
        let mut writing = Writing::new(writer);
        match copy(content, max, &mut writing).await {
            Ok((size, sha256, head)) => {
                writing.finish().await.map_err(store_failure)?;
                let sniffed = infer::get(&head).map(|kind| kind.mime_type());
                Ok(Upload {
                    key,
                    size,
                    sha256,
                    sniffed,
                })
            }
            Err(failure) => {
                writing.abort().await;
                Err(failure)
            }
        }
    }

    /// As [`Files::put`]; what no deed took in hand is removed.
    ///
    /// # Errors
    /// See [`UploadFailure`].
    pub(crate) async fn put_held<S, E>(&self, content: S, max: u64) -> Result<Held, UploadFailure>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
    {
        Ok(Held {
            upload: self.put(content, max).await?,
            files: self.clone(),
            taken: false,
        })
    }

    /// The content of a stored file.
    ///
    /// # Errors
    /// [`Failure::NotFound`], or what the store said.
    pub async fn get(
        &self,
        key: &str,
    ) -> Result<BoxStream<'static, std::io::Result<Bytes>>, Failure> {
        self.read(key, None).await
    }

    /// The content of a stored file, or these bytes of it.
    ///
    /// # Errors
    /// As [`Files::get`].
    pub async fn read(
        &self,
        key: &str,
        range: Option<Range<u64>>,
    ) -> Result<BoxStream<'static, std::io::Result<Bytes>>, Failure> {
        let options = GetOptions {
            range: range.map(Into::into),
            ..GetOptions::default()
        };
        match self.store.get_opts(&self.path(key), options).await {
            Ok(found) => Ok(found.into_stream().map_err(std::io::Error::other).boxed()),
            Err(object_store::Error::NotFound { .. }) => Err(Failure::NotFound),
            Err(error) => Err(Failure::internal(error)),
        }
    }

    /// Removes a stored file; one that is not there is removed already.
    ///
    /// # Errors
    /// What the store said.
    pub async fn delete(&self, key: &str) -> Result<(), Failure> {
        match self.store.delete(&self.path(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Failure::internal(error)),
        }
    }

    pub(crate) async fn check(&self) -> Result<(), Failure> {
        let path = self.path(&format!("check-{}", hex(&random::<8>())));
        let content = PutPayload::from_static(b"taphuan");
        self.store
            .put(&path, content)
            .await
            .map_err(Failure::internal)?;
        let read = self.store.get(&path).await.map_err(Failure::internal)?;
        let read = read.bytes().await.map_err(Failure::internal)?;
        self.store.delete(&path).await.map_err(Failure::internal)?;
        if read.as_ref() == b"taphuan" {
            Ok(())
        } else {
            Err(Failure::internal("the store gave back something else"))
        }
    }

    fn path(&self, key: &str) -> Path {
        self.prefix.clone().join(key)
    }
}

/// A file that has been stored and that no row can name yet: removed when
/// dropped, until a deed takes it in hand.
pub(crate) struct Held {
    pub(crate) upload: Upload,
    files: Files,
    taken: bool,
}

impl Held {
    /// From now on a row may name it, also where whoever sends goes away during
    /// COMMIT: it goes by [`Held::discard`] alone, or is swept out.
    pub(crate) fn take_in_hand(&mut self) {
        self.taken = true;
    }

    /// Nothing will name it.
    pub(crate) async fn discard(mut self) {
        self.taken = true;
        if let Err(error) = self.files.delete(&self.upload.key).await {
            tracing::warn!(%error, "a refused file could not be removed");
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.taken {
            return;
        }
        let (files, key) = (self.files.clone(), self.upload.key.clone());
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                if let Err(error) = files.delete(&key).await {
                    tracing::warn!(%error, "a file that nothing names could not be removed");
                }
            });
        }
    }
}

async fn copy<S, E>(
    content: S,
    max: u64,
    writing: &mut Writing,
) -> Result<(u64, String, Vec<u8>), UploadFailure>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
{
    let mut content = std::pin::pin!(content);
    let (mut size, mut hash, mut head) = (0_u64, Sha256::new(), Vec::new());
    while let Some(part) = content.next().await {
        let part = part.map_err(|_| UploadFailure::Broken)?;
        size += part.len() as u64;
        if size > max {
            return Err(UploadFailure::TooLarge);
        }
        if head.len() < HEAD {
            head.extend_from_slice(&part[..part.len().min(HEAD - head.len())]);
        }
        hash.update(&part);
        writing.put(part).await.map_err(store_failure)?;
    }
    Ok((size, hex(&hash.finalize()), head))
}

fn store_failure(error: object_store::Error) -> UploadFailure {
    UploadFailure::Store(Failure::internal(error))
}
