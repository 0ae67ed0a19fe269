//! Bringing a file: a new material, or a new version of one.

use super::{MaterialView, OpenShelf, Shelf, find_views};
use crate::audit::{Entry, record};
use crate::entity::{Code, material, material_version};
use crate::files::{Held, Upload, UploadFailure};
use crate::{Actor, Failure, Services, Tx};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::{
    MaterialForm, MaterialType, NewMaterial, Reason, Sector, clean_file_name, guessed_kind,
    join_codes, split_codes, title_of_file,
};
use futures::stream::Stream;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;

/// What became of a file that was brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The file.
    pub version: material_version::Model,
    /// The very same content was there before: nothing was added.
    pub already: bool,
}

/// A file in the store whose name and content agree.
struct Taken {
    name: String,
    kind: MaterialType,
    held: Held,
}

impl Taken {
    /// Whether a version has the same content.
    fn is(&self, version: &material_version::Model) -> bool {
        version.sha256 == self.held.upload.sha256
    }
}

impl Services {
    /// Stores a file as a new material. It is streamed, its type told by its
    /// content, and nothing is left behind when it is refused, or when whoever
    /// sends goes away. What is not said has a default: the title is the name
    /// of the file, it is for the sectors of the workshop and for those who
    /// came. What the actor has brought there already for the same people, and
    /// stands, is not taken again: a form that was sent twice brings every file
    /// once.
    ///
    /// # Errors
    /// Problems with the field `file` and those of [`MaterialForm::check`]; as
    /// [`Services::open_shelf`].
    pub async fn upload_material<S, E>(
        &self,
        actor: &Actor,
        shelf: Shelf<'_>,
        form: &MaterialForm,
        file_name: &str,
        content: S,
    ) -> Result<Received, Failure>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
    {
        let open = &self.open_shelf(actor, shelf).await?;
        let new = &form
            .check(&open.sessions(), open.workshop.is_some())
            .map_err(Failure::Invalid)?;
        let mut taken = self.take(file_name, content).await?;
        taken.held.take_in_hand();
        let now = self.clock.now();
        let file = &taken;
        let saved = self
            .db
            .write(|tx| async move {
                open.lock(&tx).await?;
                if let Some(version) = there_already(&tx, open, new, file, actor).await? {
                    return Ok(Received { version, already: true });
                }
                let row = made(open, new, file, actor, now).insert(&*tx).await?;
                let version = add_version(&tx, row.id, 1, file, actor, now).await?;
                let (noun, id) = open.noun();
                let entry = Entry {
                    deed: "upload_material",
                    noun,
                    id,
                    before: None,
                    after: Some(json!({ "file": version.file_name, "size": version.size, "sha256": version.sha256 })),
                };
                record(&*tx, actor, now, entry).await?;
                Ok(Received { version, already: false })
            })
            .await;
        settle(taken, saved).await
    }

    /// Stores a file as the new version of a material; the old one is kept, and
    /// every link to the material leads to the new one. The very file that links
    /// lead to now is no new version.
    ///
    /// # Errors
    /// Problems with the field `file`; [`Failure::NotFound`]; as
    /// [`Services::open_shelf`].
    pub async fn replace_material<S, E>(
        &self,
        actor: &Actor,
        shelf: Shelf<'_>,
        id: i64,
        file_name: &str,
        content: S,
    ) -> Result<Received, Failure>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
    {
        let open = &self.open_shelf(actor, shelf).await?;
        open.find_to_change(self.db.read(), id).await?;
        let mut taken = self.take(file_name, content).await?;
        taken.held.take_in_hand();
        let now = self.clock.now();
        let file = &taken;
        let saved = self
            .db
            .write(|tx| async move {
                open.lock(&tx).await?;
                let row = open.find_to_change(&*tx, id).await?;
                let all = material_version::Entity::find()
                    .filter(material_version::Column::MaterialId.eq(row.id))
                    .order_by_desc(material_version::Column::Number)
                    .all(&*tx)
                    .await?;
                let stands = all.iter().find(|version| version.withdrawn_at.is_none());
                if let Some(same) = stands.filter(|version| file.is(version)) {
                    let version = same.clone();
                    return Ok(Received { version, already: true });
                }
                let last = all.first().ok_or(Failure::NotFound)?;
                let version = add_version(&tx, row.id, last.number + 1, file, actor, now).await?;
                let (noun, id) = open.noun();
                let entry = Entry {
                    deed: "replace_material",
                    noun,
                    id,
                    before: Some(json!({ "file": last.file_name, "size": last.size, "sha256": last.sha256 })),
                    after: Some(json!({ "file": version.file_name, "size": version.size, "sha256": version.sha256 })),
                };
                record(&*tx, actor, now, entry).await?;
                Ok(Received { version, already: false })
            })
            .await;
        settle(taken, saved).await
    }

    /// Streams a file into the store, and refuses what is not as its name says.
    async fn take<S, E>(&self, file_name: &str, content: S) -> Result<Taken, Failure>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
    {
        let name = clean_file_name(file_name).map_err(in_file)?;
        MaterialType::from_name(&name).ok_or(in_file(Reason::FileType))?;
        let most = u64::from(self.material_mb) * 1024 * 1024;
        let held = self.files.put_held(content, most).await;
        let held = held.map_err(|failure| match failure {
            UploadFailure::TooLarge => in_file(Reason::FileTooLarge(self.material_mb)),
            UploadFailure::Broken => in_file(Reason::FileEmpty),
            UploadFailure::Store(failure) => failure,
        })?;
        match self.check_content(&name, &held.upload).await {
            Ok(kind) => Ok(Taken { name, kind, held }),
            Err(failure) => {
                held.discard().await;
                Err(failure)
            }
        }
    }

    /// The type of a stored file, whose name, first bytes and, for an archive,
    /// what is inside agree.
    async fn check_content(&self, name: &str, upload: &Upload) -> Result<MaterialType, Failure> {
        if upload.size == 0 {
            return Err(in_file(Reason::FileEmpty));
        }
        let kind = MaterialType::accept(name, upload.sniffed).map_err(in_file)?;
        if kind.is_archive() {
            let names = self.files.names_inside(upload).await?.map_err(in_file)?;
            let names = names.iter().map(String::as_str);
            kind.accept_inside(names).map_err(in_file)?;
        }
        Ok(kind)
    }
}

fn in_file(reason: Reason) -> Failure {
    Failure::problem("file", reason)
}

/// A file that surely no row names goes; after a failure of the database one may.
async fn settle(taken: Taken, saved: Result<Received, Failure>) -> Result<Received, Failure> {
    let is_unnamed = match &saved {
        Ok(received) => received.already,
        Err(failure) => failure.is_refusal(),
    };
    if is_unnamed {
        taken.held.discard().await;
    }
    saved
}

/// What stands of the same content, brought by the same person to the same
/// session or workshop, for the same people from the same time, and by the title
/// that was typed: with other wishes it is another material. What somebody else
/// brought is theirs to change: it is not taken for this.
async fn there_already(
    tx: &Tx,
    open: &OpenShelf,
    new: &NewMaterial,
    file: &Taken,
    actor: &Actor,
) -> Result<Option<material_version::Model>, Failure> {
    let session = match new.session_id {
        Some(id) => material::Column::SessionId.eq(id),
        None => material::Column::SessionId.is_null(),
    };
    let find = material::Entity::find()
        .filter(open.condition())
        .filter(session)
        .filter(material::Column::CreatedBy.eq(actor.label()));
    let found = find_views(&**tx, find).await?;
    let alike = found.iter().filter(|view| is_as_said(&view.row, new));
    let mut standing = alike.filter_map(MaterialView::standing);
    Ok(standing.find(|version| file.is(version)).cloned())
}

/// Whether a material is as was said of one, as far as something was.
fn is_as_said(row: &material::Model, new: &NewMaterial) -> bool {
    let title = new.title_vi.as_ref();
    *row.visibility == new.visibility
        && *row.timing == new.timing
        && title.is_none_or(|title| *title == row.title_vi)
        && (new.title_en.is_empty() || new.title_en == row.title_en)
}

fn made(
    open: &OpenShelf,
    new: &NewMaterial,
    file: &Taken,
    actor: &Actor,
    now: DateTime<Utc>,
) -> material::ActiveModel {
    let workshop = open.workshop.as_ref();
    let sectors = if new.sectors.is_empty() {
        let of = workshop.map_or("", |view| &view.row.sectors);
        split_codes::<Sector>(of)
    } else {
        new.sectors.clone()
    };
    let title = new.title_vi.clone();
    let kind = new.kind.unwrap_or_else(|| guessed_kind(file.kind));
    material::ActiveModel {
        programme_id: Set(open.programme_id),
        workshop_id: Set(workshop.map(|view| view.row.id)),
        session_id: Set(new.session_id),
        title_vi: Set(title.unwrap_or_else(|| title_of_file(&file.name))),
        title_en: Set(new.title_en.clone()),
        kind: Set(Code(kind)),
        rights: Set(new.rights.clone()),
        visibility: Set(Code(new.visibility)),
        timing: Set(Code(new.timing)),
        sectors: Set(join_codes(&sectors)),
        created_by: Set(actor.label()),
        created_at: Set(now),
        withdrawn_at: Set(None),
        ..Default::default()
    }
}

async fn add_version(
    tx: &Tx,
    material_id: i64,
    number: i64,
    file: &Taken,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<material_version::Model, Failure> {
    let upload = &file.held.upload;
    let row = material_version::ActiveModel {
        material_id: Set(material_id),
        number: Set(number),
        file_name: Set(file.name.clone()),
        file_type: Set(Code(file.kind)),
        size: Set(i64::try_from(upload.size).unwrap_or(i64::MAX)),
        sha256: Set(upload.sha256.clone()),
        storage_key: Set(upload.key.clone()),
        uploaded_by: Set(actor.label()),
        uploaded_at: Set(now),
        withdrawn_at: Set(None),
        ..Default::default()
    };
    Ok(row.insert(&**tx).await?)
}
