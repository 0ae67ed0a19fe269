//! The file store: a folder, or S3-compatible by URL.

use crate::Failure;
use crate::secret::{hex, random};
use bytes::Bytes;
use futures::stream::{BoxStream, Stream, StreamExt, TryStreamExt};
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart, path::Path};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use url::Url;

/// How much of a file is kept to tell its type by.
const HEAD: usize = 8 * 1024;

/// The store.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
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
        if let Ok(folder) = url.to_file_path() {
            std::fs::create_dir_all(&folder)
                .map_err(|e| Failure::internal(format!("{}: {e}", folder.display())))?;
        }
        let variables = std::env::vars().map(|(key, value)| (key.to_ascii_lowercase(), value));
        let (store, prefix) =
            object_store::parse_url_opts(url, variables).map_err(Failure::internal)?;
        Ok(Self {
            store: Arc::from(store),
            prefix,
        })
    }

    /// Streams a file into the store under a fresh random key. Never holds
    /// more than a few parts in memory; leaves nothing behind on failure.
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
        let mut writer = WriteMultipart::new_with_chunk_size(writer, 5 * 1024 * 1024);
        match copy(content, max, &mut writer).await {
            Ok((size, sha256, head)) => {
                writer.finish().await.map_err(store_failure)?;
                let sniffed = infer::get(&head).map(|kind| kind.mime_type());
                Ok(Upload {
                    key,
                    size,
                    sha256,
                    sniffed,
                })
            }
            Err(failure) => {
                if let Err(error) = writer.abort().await {
                    tracing::warn!(%error, "a broken upload could not be removed");
                }
                Err(failure)
            }
        }
    }

    /// The content of a stored file and its length.
    ///
    /// # Errors
    /// [`Failure::NotFound`], or what the store said.
    pub async fn get(
        &self,
        key: &str,
    ) -> Result<BoxStream<'static, std::io::Result<Bytes>>, Failure> {
        match self.store.get(&self.path(key)).await {
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

async fn copy<S, E>(
    content: S,
    max: u64,
    writer: &mut WriteMultipart,
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
        // At most four parts on their way to a slow store.
        writer.wait_for_capacity(4).await.map_err(store_failure)?;
        writer.put(part);
    }
    Ok((size, hex(&hash.finalize()), head))
}

fn store_failure(error: object_store::Error) -> UploadFailure {
    UploadFailure::Store(Failure::internal(error))
}
