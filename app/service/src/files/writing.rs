//! A file on its way into the store.

use bytes::Bytes;
use object_store::WriteMultipart;
use tokio::runtime::Handle;

/// A file being written. What is dropped before it is whole is removed: a
/// sender who goes away takes the deed with them.
pub(super) struct Writing(Option<WriteMultipart>);

impl Writing {
    pub(super) fn new(writer: WriteMultipart) -> Self {
        Self(Some(writer))
    }

    pub(super) async fn put(&mut self, part: Bytes) -> Result<(), object_store::Error> {
        let Some(writer) = &mut self.0 else {
            return Ok(());
        };
        // One part on its way to a slow store, one being filled.
        writer.wait_for_capacity(1).await?;
        // Copied: what came off the line may hold on to more than itself.
        writer.write(&part);
        Ok(())
    }

    pub(super) async fn finish(mut self) -> Result<(), object_store::Error> {
        match self.0.take() {
            Some(writer) => writer.finish().await.map(drop),
            None => Ok(()),
        }
    }

    pub(super) async fn abort(mut self) {
        if let Some(writer) = self.0.take() {
            remove(writer).await;
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if let (Some(writer), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(remove(writer));
        }
    }
}

async fn remove(writer: WriteMultipart) {
    if let Err(error) = writer.abort().await {
        tracing::warn!(%error, "a broken upload could not be removed");
    }
}
