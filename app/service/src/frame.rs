//! What stands on every page and in every mail: who organises, whether this is
//! a demo, and the words of mails that organisers changed. It changes once a
//! year and is asked for with every request.

use crate::entity::organization;
use crate::template::Templates;
use crate::{Failure, Organizer, Services};
use sea_orm::{ConnectionTrait, EntityTrait};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a reading is good for: another process may have changed it.
const KEPT: Duration = Duration::from_secs(1);

/// What stands on every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Who organises.
    pub organizer: Organizer,
    /// A demo database says so on every page.
    pub demo: bool,
    /// The words of mails.
    pub(crate) templates: Arc<Templates>,
}

/// The last reading, shared by all that clone the deeds.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeptFrame(Arc<Mutex<Option<(Instant, Frame)>>>);

impl KeptFrame {
    fn get(&self) -> Option<Frame> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (read_at, frame) = kept.as_ref()?;
        (read_at.elapsed() < KEPT).then(|| frame.clone())
    }

    fn set(&self, read_at: Instant, frame: &Frame) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((read_at, frame.clone()));
    }

    /// The next one who asks reads again.
    pub(crate) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Services {
    /// What stands on every page; at most a second old when another process
    /// changed it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn frame(&self) -> Result<Frame, Failure> {
        self.frame_in(self.db.read()).await
    }

    /// As [`Services::frame`], for a deed: within its transaction.
    pub(crate) async fn frame_in(&self, tx: &impl ConnectionTrait) -> Result<Frame, Failure> {
        if let Some(frame) = self.kept_frame.get() {
            return Ok(frame);
        }
        let read_at = Instant::now();
        let frame = Frame {
            organizer: organizer(tx).await?,
            demo: self.programme_row(tx).await?.is_demo,
            templates: Arc::new(Templates::load(tx).await?),
        };
        self.kept_frame.set(read_at, &frame);
        Ok(frame)
    }
}

/// Who organises, as it is written down.
pub(crate) async fn organizer(tx: &impl ConnectionTrait) -> Result<Organizer, Failure> {
    let row = organization::Entity::find().one(tx).await?;
    Ok(row.map_or_else(Organizer::default, |row| Organizer {
        name_vi: row.name_vi,
        name_en: row.name_en,
        address: row.address,
        contact_name: String::new(),
        phone: row.phone,
        email: row.email,
    }))
}
