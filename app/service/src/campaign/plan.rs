//! Whom a message reaches how, before anything is sent.

use super::audience::{agreeing, establishment_of, fitting};
use super::letter::unasked_of;
use crate::secret::hash_token;
use crate::{Actor, Conflict, Failure, PersonRow, Services, WorkshopView};
use domain::{
    CampaignForm, Fitting, Lang, LeftOut, NewCampaign, Purpose, RegistrationState, Telling,
    WorkshopState, tell_each,
};
use sea_orm::ConnectionTrait;

/// Who is told how.
#[derive(Clone, Debug, Default)]
pub(super) struct Reached {
    /// Those of each mail; several share a mailbox.
    pub(super) mails: Vec<Vec<PersonRow>>,
    pub(super) calls: Vec<PersonRow>,
    pub(super) left_out: Vec<(PersonRow, LeftOut)>,
}

/// What a message comes to, before it is sent.
#[derive(Clone, Debug)]
pub struct CampaignPlan {
    /// The workshop.
    pub view: WorkshopView,
    /// The message as it was checked.
    pub message: NewCampaign,
    /// The name of the establishment it is for, if for one.
    pub establishment: Option<String>,
    /// Who gets a mail, in the order of names.
    pub mailed: Vec<PersonRow>,
    /// How many mails that is: fewer where some share one.
    pub mails: u32,
    /// Whom no mail reaches.
    pub calls: Vec<PersonRow>,
    /// Who fits and is not told, and why.
    pub left_out: Vec<(PersonRow, LeftOut)>,
    /// The first of the mails, exactly as it is sent; and one in the other
    /// language and one that several share, where there are such.
    pub samples: Vec<Sample>,
    /// Names those who are told, so that sending finds out whether they are
    /// still the same.
    pub seen: String,
}

/// One mail as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Whom it greets.
    pub to: String,
    /// Its language.
    pub lang: Lang,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

impl Services {
    /// What a message comes to if it left now. Nothing is written.
    ///
    /// # Errors
    /// [`Failure::Invalid`] with all problems; [`Conflict::NotAllowedNow`] for
    /// a draft; as [`Services::staff_workshop`].
    pub async fn preview_campaign(
        &self,
        actor: &Actor,
        slug: &str,
        form: &CampaignForm,
    ) -> Result<CampaignPlan, Failure> {
        let view = self.manage_people(actor, slug).await?;
        let message = check(form, &view, self.clock.now())?;
        let reached = reached(self.db.read(), view.row.id, &message).await?;
        let organizer = self.frame().await?.organizer;
        let unasked = unasked_of(self.db.read(), 0, reached.mails.iter()).await?;
        let samples = shown(&reached.mails).into_iter().map(|(lang, people)| {
            let mail = self.campaign_mail(&message, 0, &view, people, &organizer, &unasked)?;
            Ok::<_, Failure>(Sample {
                to: mail.to_name,
                lang,
                subject: mail.subject,
                text: mail.body_text,
            })
        });
        let samples = samples.collect::<Result<_, _>>()?;
        let seen = reached.seen();
        let mails = u32::try_from(reached.mails.len()).unwrap_or(u32::MAX);
        let mut mailed: Vec<PersonRow> = reached.mails.into_iter().flatten().collect();
        mailed.sort_by_cached_key(|row| (domain::name_sort_key(&row.full_name), row.id));
        Ok(CampaignPlan {
            establishment: establishment_of(self.db.read(), &message.audience).await?,
            view,
            message,
            mailed,
            mails,
            calls: reached.calls,
            left_out: reached.left_out,
            samples,
            seen,
        })
    }
}

/// The mails that are shown of all, each with its language.
fn shown(mails: &[Vec<PersonRow>]) -> Vec<(Lang, &[PersonRow])> {
    let with_lang = mails
        .iter()
        .filter_map(|people| Some((people.first()?.lang, people.as_slice())));
    let mails: Vec<(Lang, &[PersonRow])> = with_lang.collect();
    let first = mails.first().map(|(lang, _)| *lang);
    let other = mails.iter().position(|(lang, _)| Some(*lang) != first);
    let shared = mails.iter().position(|(_, people)| people.len() > 1);
    let which = [Some(0), other, shared];
    let shown = mails.into_iter().enumerate();
    shown
        .filter(|(at, _)| which.contains(&Some(*at)))
        .map(|(_, mail)| mail)
        .collect()
}

impl Reached {
    /// Whether nobody is told.
    pub(super) fn is_nobody(&self) -> bool {
        self.mails.is_empty() && self.calls.is_empty()
    }

    /// Names those who are told, and how.
    pub(super) fn seen(&self) -> String {
        let mails = self.mails.iter().flatten().map(|row| ('m', row.id));
        let calls = self.calls.iter().map(|row| ('c', row.id));
        let mut all: Vec<(char, i64)> = mails.chain(calls).collect();
        all.sort_unstable();
        let all: Vec<String> = all.iter().map(|(how, id)| format!("{how}{id}")).collect();
        hash_token(&all.join("."))[..16].to_owned()
    }
}

/// The message, if it can be one of this workshop: not of a draft, whose people
/// know of nothing; and of one that was called off people are told at once.
pub(super) fn check(
    form: &CampaignForm,
    view: &WorkshopView,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<NewCampaign, Failure> {
    if *view.row.state == WorkshopState::Draft {
        return Err(Failure::Conflict(Conflict::NotAllowedNow));
    }
    let sessions: Vec<i64> = view.sessions.iter().map(|session| session.id).collect();
    let span = (view.starts_at(), view.ends_at());
    let message = form.check(&sessions, span, now).map_err(Failure::Invalid)?;
    let waits = message.timing != domain::Timing::Now;
    if waits && *view.row.state == WorkshopState::Cancelled {
        return Err(Failure::problem("campaign_timing", domain::Reason::OnlyNow));
    }
    Ok(message)
}

/// Who is told how, if a message left now.
pub(super) async fn reached(
    db: &impl ConnectionTrait,
    workshop_id: i64,
    message: &NewCampaign,
) -> Result<Reached, Failure> {
    let rows = fitting(db, workshop_id, &message.audience).await?;
    let agreeing = agreeing(db, workshop_id, Purpose::Invitations).await?;
    let people: Vec<Fitting> = rows
        .iter()
        .map(|row| Fitting {
            person: row.person_id,
            seated: row.state == RegistrationState::Booked,
            mailbox: row.email.clone().filter(|_| !row.mail_fails),
            agrees: agreeing.contains(&row.id),
        })
        .collect();
    let told = tell_each(message.purpose, message.shared, &people);
    let mut reached = Reached::default();
    for (row, telling) in rows.into_iter().zip(told) {
        match telling {
            Telling::Mail(number) => {
                if reached.mails.len() <= number {
                    reached.mails.resize_with(number + 1, Vec::new);
                }
                reached.mails[number].push(row);
            }
            Telling::Call => reached.calls.push(row),
            Telling::Left(why) => reached.left_out.push((row, why)),
        }
    }
    Ok(reached)
}
