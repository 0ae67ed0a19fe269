//! Materials: uploaded by trainers, handed out by personal links.

use crate::audit::{Entry, record};
use crate::entity::{Code, material, registration};
use crate::files::UploadFailure;
use crate::workshop::lock_by_id;
use crate::{Actor, Failure, Services, WorkshopView};
use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use domain::{Act, MAX_MATERIAL_BYTES, MaterialType, Reason, TicketCode, clean_file_name};
use futures::stream::{BoxStream, Stream};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, Set,
};
use serde_json::json;

/// How long a personal link works after it was mailed.
const LINK_LIFE: Duration = Duration::days(30);

const PURPOSE: &str = "materials";

/// What a personal link leads to.
#[derive(Clone, Debug)]
pub struct MaterialsPage {
    /// The workshop.
    pub workshop: WorkshopView,
    /// Its materials.
    pub materials: Vec<material::Model>,
    /// Until when the link works.
    pub expires_at: DateTime<Utc>,
}

/// A signed personal link, taken apart.
#[derive(Clone, Debug)]
pub struct MaterialLink {
    row: registration::Model,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
}

/// A file on its way out.
pub struct Download {
    /// The row.
    pub material: material::Model,
    /// The content, streamed.
    pub content: BoxStream<'static, std::io::Result<Bytes>>,
}

impl Services {
    /// Stores a file for a workshop. It is streamed, its type told by its
    /// content, and nothing is left behind when it is refused.
    ///
    /// # Errors
    /// Problems with the field `file`; as [`Services::staff_workshop`].
    pub async fn upload_material<S, E>(
        &self,
        actor: &Actor,
        slug: &str,
        file_name: &str,
        content: S,
    ) -> Result<material::Model, Failure>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
    {
        let view = self
            .staff_workshop(actor, Act::UploadMaterials, slug)
            .await?;
        let in_file = |reason| Failure::problem("file", reason);
        let name = &clean_file_name(file_name).map_err(in_file)?;
        MaterialType::from_name(name).ok_or(in_file(Reason::FileType))?;
        let upload = self
            .files
            .put(content, MAX_MATERIAL_BYTES)
            .await
            .map_err(|failure| match failure {
                UploadFailure::TooLarge => in_file(Reason::FileTooLarge(200)),
                UploadFailure::Broken => in_file(Reason::FileEmpty),
                UploadFailure::Store(failure) => failure,
            })?;
        let upload = &upload;
        let checked = if upload.size == 0 {
            Err(Reason::FileEmpty)
        } else {
            MaterialType::accept(name, upload.sniffed)
        };
        let now = self.clock.now();
        let saved = match checked {
            Err(reason) => Err(in_file(reason)),
            Ok(kind) => {
                self.db
                    .write(|tx| async move {
                        lock_by_id(&tx, view.row.id).await?;
                        let row = material::ActiveModel {
                            workshop_id: Set(view.row.id),
                            file_name: Set(name.clone()),
                            kind: Set(Code(kind)),
                            size: Set(i64::try_from(upload.size).unwrap_or(i64::MAX)),
                            sha256: Set(upload.sha256.clone()),
                            storage_key: Set(upload.key.clone()),
                            uploaded_by: Set(actor.label()),
                            uploaded_at: Set(now),
                            withdrawn_at: Set(None),
                            ..Default::default()
                        }
                        .insert(&*tx)
                        .await?;
                        let entry = Entry {
                            deed: "upload_material",
                            noun: "workshop",
                            id: view.row.id,
                            before: None,
                            after: Some(json!({ "file": row.file_name, "size": row.size, "sha256": row.sha256 })),
                        };
                        record(&*tx, actor, now, entry).await?;
                        Ok(row)
                    })
                    .await
            }
        };
        if saved.is_err()
            && let Err(error) = self.files.delete(&upload.key).await
        {
            tracing::warn!(%error, "a refused file could not be removed");
        }
        saved
    }

    /// Takes a material out of sight; links to it stop working. The file is
    /// kept, so that this can be undone.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn withdraw_material(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
        withdrawn: bool,
    ) -> Result<(), Failure> {
        let view = self
            .staff_workshop(actor, Act::UploadMaterials, slug)
            .await?;
        let now = self.clock.now();
        let workshop_id = view.row.id;
        self.db
            .write(|tx| async move {
                lock_by_id(&tx, workshop_id).await?;
                let found = material::Entity::find_by_id(id)
                    .filter(material::Column::WorkshopId.eq(workshop_id))
                    .one(&*tx)
                    .await?
                    .ok_or(Failure::NotFound)?;
                let file = found.file_name.clone();
                let mut row = found.into_active_model();
                row.withdrawn_at = Set(withdrawn.then_some(now));
                row.update(&*tx).await?;
                let entry = Entry {
                    deed: if withdrawn {
                        "withdraw_material"
                    } else {
                        "restore_material"
                    },
                    noun: "workshop",
                    id: workshop_id,
                    before: None,
                    after: Some(json!({ "file": file })),
                };
                record(&*tx, actor, now, entry).await
            })
            .await
    }

    /// All materials of a workshop for staff, withdrawn ones too.
    ///
    /// # Errors
    /// As [`Services::staff_workshop`].
    pub async fn materials(
        &self,
        actor: &Actor,
        slug: &str,
    ) -> Result<Vec<material::Model>, Failure> {
        let view = self
            .staff_workshop(actor, Act::UploadMaterials, slug)
            .await?;
        Ok(material::Entity::find()
            .filter(material::Column::WorkshopId.eq(view.row.id))
            .order_by_asc(material::Column::Id)
            .all(self.db.read())
            .await?)
    }

    /// A material's content for staff.
    ///
    /// # Errors
    /// [`Failure::NotFound`]; as [`Services::staff_workshop`].
    pub async fn open_material(
        &self,
        actor: &Actor,
        slug: &str,
        id: i64,
    ) -> Result<Download, Failure> {
        let materials = self.materials(actor, slug).await?;
        self.download(materials, id).await
    }

    /// The last part of a personal link to the materials.
    pub(crate) fn material_token(&self, code: &str) -> String {
        let expires = (self.clock.now() + LINK_LIFE).timestamp();
        let signature = self.secret.sign(PURPOSE, &format!("{code}-{expires}"));
        format!("{code}-{expires}-{signature}")
    }

    /// What a personal link leads to.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for a wrong link, [`Failure::Expired`] for an old one.
    pub async fn materials_page(&self, token: &str) -> Result<MaterialsPage, Failure> {
        let link = self.material_link(token).await?;
        Ok(MaterialsPage {
            workshop: self.workshop_by_id(link.row.workshop_id).await?,
            materials: materials_of(self.db.read(), link.row.workshop_id).await?,
            expires_at: link.expires_at,
        })
    }

    /// A material's content for the holder of a personal link.
    ///
    /// # Errors
    /// As [`Services::materials_page`].
    pub async fn open_material_by_link(&self, token: &str, id: i64) -> Result<Download, Failure> {
        let link = self.material_link(token).await?;
        let materials = materials_of(self.db.read(), link.row.workshop_id).await?;
        self.download(materials, id).await
    }

    async fn material_link(&self, token: &str) -> Result<MaterialLink, Failure> {
        let mut parts = token.splitn(3, '-');
        let (Some(code), Some(expires), Some(signature)) =
            (parts.next(), parts.next(), parts.next())
        else {
            return Err(Failure::NotFound);
        };
        let right = self
            .secret
            .verify(PURPOSE, &format!("{code}-{expires}"), signature);
        let expires_at = expires
            .parse()
            .ok()
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let (true, Some(expires_at), Some(code)) = (right, expires_at, TicketCode::parse(code))
        else {
            return Err(Failure::NotFound);
        };
        if self.clock.now() >= expires_at {
            return Err(Failure::Expired);
        }
        let row = registration::Entity::find()
            .filter(registration::Column::Code.eq(code.as_str()))
            .one(self.db.read())
            .await?
            .ok_or(Failure::NotFound)?;
        Ok(MaterialLink { row, expires_at })
    }

    async fn download(
        &self,
        materials: Vec<material::Model>,
        id: i64,
    ) -> Result<Download, Failure> {
        let material = materials
            .into_iter()
            .find(|row| row.id == id)
            .ok_or(Failure::NotFound)?;
        let content = self.files.get(&material.storage_key).await?;
        Ok(Download { material, content })
    }
}

/// The materials of a workshop that are handed out.
pub(crate) async fn materials_of(
    tx: &impl ConnectionTrait,
    workshop_id: i64,
) -> Result<Vec<material::Model>, Failure> {
    Ok(material::Entity::find()
        .filter(material::Column::WorkshopId.eq(workshop_id))
        .filter(material::Column::WithdrawnAt.is_null())
        .order_by_asc(material::Column::Id)
        .all(tx)
        .await?)
}
