//! Materials with their versions.

use super::super::materials::{Belongs, MATERIALS, document};
use super::{Fill, account};
use crate::entity::{Code, material, material_version, session, workshop};
use crate::files::{Held, UploadFailure};
use crate::{Failure, Services};
use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use domain::{MATERIAL_MB, MaterialTiming, MaterialType};
use futures::stream;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

/// The files of the demo in the store, in the order of the plan. They are kept
/// once rows name them.
pub(in super::super) async fn files(services: &Services) -> Result<Vec<Vec<Held>>, Failure> {
    let mut files = Vec::new();
    for planned in &MATERIALS {
        let mut versions = Vec::new();
        for name in planned.versions {
            let content = Ok::<_, String>(Bytes::from(document(name)));
            let content = stream::iter([content]);
            let most = u64::from(MATERIAL_MB) * 1024 * 1024;
            let held = services.files.put_held(content, most).await;
            versions.push(held.map_err(|failure| match failure {
                UploadFailure::Store(failure) => failure,
                other => Failure::internal(format!("a demo file was refused: {other:?}")),
            })?);
        }
        files.push(versions);
    }
    Ok(files)
}

impl Fill<'_> {
    /// Adds the materials, each after its workshop or, for one to come, now.
    pub(in super::super) async fn materials(&self, files: &[Vec<Held>]) -> Result<(), Failure> {
        for (planned, files) in MATERIALS.iter().zip(files) {
            let (workshop_id, at) = self.place_of(planned.belongs).await?;
            let row = material::ActiveModel {
                programme_id: Set(self.programme_id),
                workshop_id: Set(workshop_id),
                session_id: Set(None),
                title_vi: Set(planned.title_vi.to_owned()),
                title_en: Set(planned.title_en.to_owned()),
                kind: Set(Code(planned.kind)),
                rights: Set(planned.rights.to_owned()),
                visibility: Set(Code(planned.visibility)),
                timing: Set(Code(MaterialTiming::Now)),
                sectors: Set(planned.sectors.to_owned()),
                created_by: Set(account(self.staff.trainer)),
                created_at: Set(at),
                withdrawn_at: Set(None),
                ..Default::default()
            };
            let row = row.insert(&**self.tx).await?;
            for (number, (name, held)) in (1..).zip(planned.versions.iter().zip(files)) {
                let upload = &held.upload;
                material_version::ActiveModel {
                    material_id: Set(row.id),
                    number: Set(number),
                    file_name: Set((*name).to_owned()),
                    file_type: Set(Code(MaterialType::Pdf)),
                    size: Set(i64::try_from(upload.size).unwrap_or(i64::MAX)),
                    sha256: Set(upload.sha256.clone()),
                    storage_key: Set(upload.key.clone()),
                    uploaded_by: Set(account(self.staff.trainer)),
                    uploaded_at: Set(at + Duration::days(number - 1)),
                    withdrawn_at: Set(None),
                    ..Default::default()
                }
                .insert(&**self.tx)
                .await?;
            }
        }
        Ok(())
    }

    /// The workshop, and when its materials were brought.
    async fn place_of(&self, belongs: Belongs) -> Result<(Option<i64>, DateTime<Utc>), Failure> {
        let Belongs::Workshop(slug) = belongs else {
            return Ok((None, self.now));
        };
        let (workshop, session) = workshop::Entity::find()
            .filter(workshop::Column::Slug.eq(slug))
            .find_also_related(session::Entity)
            .one(&**self.tx)
            .await?
            .ok_or_else(|| Failure::internal(format!("the demo has no {slug}")))?;
        let ends_at = session.map_or(self.now, |session| session.ends_at);
        let at = (ends_at + Duration::hours(1)).min(self.now);
        Ok((Some(workshop.id), at))
    }
}
