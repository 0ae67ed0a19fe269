//! Photos and scans of signed sheets, kept with their session.

use super::lock::{lock_of, require_open};
use crate::audit::{Entry, record};
use crate::entity::{Code, sheet_photo};
use crate::files::UploadFailure;
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services};
use bytes::Bytes;
use domain::{Act, Coded, MAX_PHOTO_BYTES, MaterialType, Reason, clean_file_name};
use futures::stream::{BoxStream, Stream};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use sea_orm::{QueryOrder, Set};
use serde_json::json;

/// A photo on its way out.
pub struct PhotoDownload {
    /// The row.
    pub photo: sheet_photo::Model,
    /// The content, streamed.
    pub content: BoxStream<'static, std::io::Result<Bytes>>,
}

impl Services {
    /// Keeps a photo or scan of a signed sheet. It is streamed, its type told
    /// by its content alone, and nothing is left behind when it is refused.
    ///
    /// # Errors
    /// Problems with the field `file`; [`Conflict::FiguresLocked`]: what is signed
    /// is signed with the papers it had; [`Failure::NotFound`]; as
    /// [`Services::staff_workshop`].
    pub async fn upload_photo<S, E>(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
        file_name: &str,
        content: S,
    ) -> Result<sheet_photo::Model, Failure>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
    {
        let at = &self
            .session_at(actor, Act::ManageWorkshops, slug, session_id)
            .await?;
        let in_file = |reason| Failure::problem("file", reason);
        let name = &clean_file_name(file_name).map_err(in_file)?;
        let upload =
            self.files
                .put(content, MAX_PHOTO_BYTES)
                .await
                .map_err(|failure| match failure {
                    UploadFailure::TooLarge => in_file(Reason::FileTooLarge(25)),
                    UploadFailure::Broken => in_file(Reason::FileEmpty),
                    UploadFailure::Store(failure) => failure,
                })?;
        let upload = &upload;
        let checked = if upload.size == 0 {
            Err(Reason::FileEmpty)
        } else {
            MaterialType::of_paper(upload.sniffed)
        };
        let now = self.clock.now();
        let saved = match checked {
            Err(reason) => Err(in_file(reason)),
            Ok(kind) => {
                self.db
                    .write(|tx| async move {
                        lock_by_id(&tx, at.workshop_id).await?;
                        require_open(&*tx, at.id).await?;
                        let row = sheet_photo::ActiveModel {
                            session_id: Set(at.id),
                            storage_key: Set(upload.key.clone()),
                            file_name: Set(named(name, kind)),
                            kind: Set(Code(kind)),
                            size: Set(i64::try_from(upload.size).unwrap_or(i64::MAX)),
                            sha256: Set(upload.sha256.clone()),
                            uploaded_by: Set(actor.label()),
                            uploaded_at: Set(now),
                            withdrawn_at: Set(None),
                            ..Default::default()
                        }
                        .insert(&*tx)
                        .await?;
                        let entry = Entry {
                            deed: "upload_photo",
                            noun: "workshop",
                            id: at.workshop_id,
                            before: None,
                            after: Some(json!({ "file": row.file_name, "size": row.size, "sha256": row.sha256 })),
                        };
                        record(&*tx, actor, now, entry).await?;
                        Ok(row)
                    })
                    .await
            }
        };
        if saved.as_ref().is_err_and(Failure::is_refusal)
            && let Err(error) = self.files.delete(&upload.key).await
        {
            tracing::warn!(%error, "a refused file could not be removed");
        }
        saved
    }

    /// The photos of a session, withdrawn ones too, and whether they may change:
    /// nobody has put the figures forward.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn photos(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
    ) -> Result<(Vec<sheet_photo::Model>, bool), Failure> {
        let at = self
            .session_at(actor, Act::ManageWorkshops, slug, session_id)
            .await?;
        let photos = sheet_photo::Entity::find()
            .filter(sheet_photo::Column::SessionId.eq(at.id))
            .order_by_asc(sheet_photo::Column::Id)
            .all(self.db.read())
            .await?;
        let open = lock_of(self.db.read(), at.id).await?.is_none();
        Ok((photos, open))
    }

    /// A photo's content.
    ///
    /// # Errors
    /// As [`Services::photos`].
    pub async fn open_photo(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
        id: i64,
    ) -> Result<PhotoDownload, Failure> {
        let (photos, _) = self.photos(actor, slug, session_id).await?;
        let mut photos = photos.into_iter();
        let photo = photos.find(|row| row.id == id).ok_or(Failure::NotFound)?;
        let content = self.files.get(&photo.storage_key).await?;
        Ok(PhotoDownload { photo, content })
    }

    /// Takes a photo out of the session's papers, or puts it back. The file is
    /// kept, so that this can be undone.
    ///
    /// # Errors
    /// [`Conflict::FiguresLocked`]: what is signed rests on it; as
    /// [`Services::photos`].
    pub async fn withdraw_photo(
        &self,
        actor: &Actor,
        slug: &str,
        session_id: i64,
        id: i64,
        withdrawn: bool,
    ) -> Result<(), Failure> {
        let at = &self
            .session_at(actor, Act::ManageWorkshops, slug, session_id)
            .await?;
        let now = self.clock.now();
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, at.workshop_id).await?;
                let found = sheet_photo::Entity::find_by_id(id)
                    .filter(sheet_photo::Column::SessionId.eq(at.id))
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                if found.withdrawn_at.is_some() == withdrawn {
                    return Ok(());
                }
                require_open(&*tx, at.id).await?;
                let file = found.file_name.clone();
                let mut row = found.into_active_model();
                row.withdrawn_at = Set(withdrawn.then_some(now));
                row.update(&*tx).await?;
                let entry = Entry {
                    deed: if withdrawn {
                        "withdraw_photo"
                    } else {
                        "restore_photo"
                    },
                    noun: "workshop",
                    id: at.workshop_id,
                    before: None,
                    after: Some(json!({ "file": file })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }
}

/// A name that ends as its content does.
fn named(name: &str, kind: MaterialType) -> String {
    if MaterialType::from_name(name) == Some(kind) {
        name.to_owned()
    } else {
        format!("{name}.{}", kind.code())
    }
}
