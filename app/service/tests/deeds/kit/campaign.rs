//! Short ways to messages to many.

use super::{Kit, ORGANIZER, mails};
use domain::{AudienceForm, CampaignForm, CampaignState, TimingForm};
use service::entity::outbox;
use service::{CampaignPage, CampaignPlan, Services};

/// To everybody with a seat.
pub(crate) fn to_booked() -> AudienceForm {
    AudienceForm {
        states: vec!["booked".to_owned()],
        ..AudienceForm::default()
    }
}

/// A message to those with a seat: `now`, `at:2026-12-01T08:00`,
/// `before_start:3:days` or `after_end:2:hours`.
pub(crate) fn message(when: &str) -> CampaignForm {
    let mut parts = when.splitn(2, ':');
    let timing = parts.next().unwrap().to_owned();
    let rest = parts.next().unwrap_or_default();
    let (amount, unit) = rest.split_once(':').unwrap_or_default();
    let fixed = timing == "at";
    CampaignForm {
        subject_vi: "Nhắc lịch hội thảo".to_owned(),
        body_vi: "Xin gửi xe ở cổng sau.\nMang theo thẻ.".to_owned(),
        subject_en: "Reminder".to_owned(),
        body_en: "Please park behind the hall.".to_owned(),
        audience: to_booked(),
        timing: TimingForm {
            send_at: if fixed {
                rest.to_owned()
            } else {
                String::new()
            },
            amount: if fixed { "" } else { amount }.to_owned(),
            unit: if fixed { "" } else { unit }.to_owned(),
            timing,
        },
        ..CampaignForm::default()
    }
}

/// Makes a message of the workshop `w` that must be taken; its key.
pub(crate) async fn make(kit: &Kit, form: &CampaignForm) -> i64 {
    let made = kit
        .services
        .make_campaign(&ORGANIZER, "w", form, "", None)
        .await;
    made.unwrap()
}

/// The mails of messages, in the order in which they were written.
pub(crate) async fn campaign_mails(kit: &Kit) -> Vec<outbox::Model> {
    let all = mails(kit).await.into_iter();
    all.filter(|mail| mail.campaign_id.is_some()).collect()
}

/// A message as its page has it, after what is due has left.
pub(crate) async fn started(services: &Services, id: i64) -> (CampaignState, CampaignPage) {
    services.start_due_campaigns().await.unwrap();
    let page = services.campaign(&ORGANIZER, "w", id, None, 1).await;
    let page = page.unwrap();
    (page.campaign.state, page)
}

/// A look at a message of the workshop `w`.
pub(crate) async fn look_at(kit: &Kit, form: &CampaignForm) -> CampaignPlan {
    let plan = kit.services.preview_campaign(&ORGANIZER, "w", form).await;
    plan.unwrap()
}
