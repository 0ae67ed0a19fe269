//! Whom a change would tell of what, for the organiser to confirm.

use super::contacts::{contacts, reach_of};
use super::plan::{MovePlan, deadlines_of, require_callable_off};
use super::reach::{Reach, reach, trainers_to_tell};
use super::{ChangeMessage, Changed, SessionSnapshot};
use crate::attendance::has_lock;
use crate::entity::Code;
use crate::workshop::{Clash, WorkshopView};
use crate::{Actor, Conflict, Failure, Services};
use chrono::{DateTime, Utc};
use domain::{Act, ChangeKind, Lang, MoveForm, Tell, TellForm};

/// What will happen, for the organiser to confirm.
#[derive(Clone, Debug)]
pub struct ChangePreview {
    /// The workshop as it is.
    pub view: WorkshopView,
    /// The sessions that change: how they are and how they will be.
    pub sessions: Vec<(SessionSnapshot, SessionSnapshot)>,
    /// People with a seat.
    pub booked: Reach,
    /// People on the waiting list.
    pub waiting: Reach,
    /// Contacts of establishments that were invited and have named nobody.
    pub invited: Reach,
    /// Trainers of these sessions, also those who stand in the agenda alone.
    pub trainers: Reach,
    /// The message, in Vietnamese and English.
    pub messages: [ChangeMessage; 2],
    /// The same as trainers read it, who are written to in Vietnamese.
    pub to_trainers: ChangeMessage,
    /// The same as contacts of those invited read it, in both languages.
    pub to_contacts: [ChangeMessage; 2],
    /// What is taken at the new time.
    pub clashes: Vec<Clash>,
    /// New times that lie in the past.
    pub in_past: bool,
    /// The times that move along with the start: the field, how it is and how it
    /// will be.
    pub deadlines: Vec<(&'static str, DateTime<Utc>, DateTime<Utc>)>,
    /// Seats, and those of the smallest new room where there are fewer.
    pub crowded: Option<(u32, u32)>,
}

impl Services {
    /// What a move would change and whom it reaches; nothing is changed.
    ///
    /// # Errors
    /// As [`Services::move_workshop`], but for clashes, which are listed.
    pub async fn preview_move(
        &self,
        actor: &Actor,
        slug: &str,
        form: &MoveForm,
    ) -> Result<ChangePreview, Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        let tell = form.tell.check(false).map_err(Failure::Invalid)?;
        let now = self.clock.now();
        let plan = MovePlan::make(self.db.read(), &view, form, now).await?;
        let clashes = plan.clashes(self.db.read()).await?;
        let sessions = plan.preview(&view);
        let crowded = plan
            .smallest_room()
            .filter(|room| view.capacity() > *room)
            .map(|room| (view.capacity(), room));
        let deadlines = deadlines_of(&view.row).changed_to(plan.deadlines(&view, now));
        let in_past = sessions.iter().any(|(_, is)| is.starts_at < now);
        let ids: Vec<i64> = sessions.iter().map(|(was, _)| was.id).collect();
        let mut preview = self
            .preview(view, ChangeKind::Moved, &tell, sessions, &ids)
            .await?;
        preview.clashes = clashes;
        preview.crowded = crowded;
        preview.in_past = in_past;
        preview.deadlines = deadlines;
        Ok(preview)
    }

    /// Whom calling off reaches; nothing is changed.
    ///
    /// # Errors
    /// As [`Services::call_off`], but for the reason.
    pub async fn preview_calling_off(
        &self,
        actor: &Actor,
        slug: &str,
        form: &TellForm,
    ) -> Result<ChangePreview, Failure> {
        let view = self
            .staff_workshop(actor, Act::ManageWorkshops, slug)
            .await?;
        require_callable_off(actor, &view)?;
        // What was signed off has taken place: said before anything is typed.
        if has_lock(self.db.read(), view.row.id).await? {
            return Err(Failure::Conflict(Conflict::FiguresLocked));
        }
        let tell = form.check(false).map_err(Failure::Invalid)?;
        let ids: Vec<i64> = view.sessions.iter().map(|session| session.id).collect();
        self.preview(view, ChangeKind::Cancelled, &tell, Vec::new(), &ids)
            .await
    }

    async fn preview(
        &self,
        view: WorkshopView,
        kind: ChangeKind,
        tell: &Tell,
        sessions: Vec<(SessionSnapshot, SessionSnapshot)>,
        ids: &[i64],
    ) -> Result<ChangePreview, Failure> {
        let db = self.db.read();
        let changed = Changed {
            id: 0,
            kind,
            at: self.clock.now(),
            note_vi: tell.note_vi.clone(),
            note_en: tell.note_en.clone(),
            sessions,
        };
        let page = self.link(&format!("/workshops/{}", view.row.slug));
        let frame = self.frame().await?;
        let mut after = view.clone();
        for (_, is) in &changed.sessions {
            for session in after.sessions.iter_mut().filter(|each| each.id == is.id) {
                session.starts_at = is.starts_at;
                session.ends_at = is.ends_at;
                session.room.clone_from(&is.room);
                session.address.clone_from(&is.address);
            }
            if let Some(format) = is.format {
                after.row.format = Code(format);
            }
        }
        let messages = [Lang::Vi, Lang::En]
            .map(|lang| ChangeMessage::of(&changed, &after, lang, &frame, &page));
        let (booked, waiting) = reach(db, view.row.id).await?;
        Ok(ChangePreview {
            booked,
            waiting,
            invited: reach_of(&contacts(db, view.row.id).await?),
            trainers: trainers_to_tell(db, ids).await?.0,
            to_trainers: messages[0].for_trainers(),
            to_contacts: [
                messages[0].for_contacts(kind),
                messages[1].for_contacts(kind),
            ],
            sessions: changed.sessions,
            messages,
            clashes: Vec::new(),
            in_past: false,
            deadlines: Vec::new(),
            crowded: None,
            view,
        })
    }
}
