//! Messages that are changed before they leave, looked at and tried.

use crate::kit::{
    Kit, ORGANIZER, at, campaign_mails, delegate, is_conflict, look_at, mails, make, message,
    named, started,
};
use crate::on_both;
use domain::{AccountRole, CampaignForm, CampaignState, Lang, TemplateOccasion};
use service::entity::audit;
use service::{Actor, Conflict, Failure};

on_both!(
    the_second_of_two_who_change_a_message_is_told,
    what_is_held_before_it_has_left_can_be_changed,
    a_beginning_whose_time_has_passed_leaves_now,
    the_look_has_a_mail_of_each_kind,
    a_subject_keeps_the_place_of_a_name_where_nobody_is_named,
    a_trial_of_a_message_goes_to_oneself_alone,
);

async fn the_second_of_two_who_change_a_message_is_told(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let waits = "at:2026-11-25T09:00";
    let id = make(kit, &message(waits)).await;
    let opened = started(services, id).await.1.campaign.version;
    let change = async |subject: &str, version: &str| {
        let form = CampaignForm {
            subject_vi: subject.to_owned(),
            version: version.to_owned(),
            ..message(waits)
        };
        let changed = services.revise_campaign(&ORGANIZER, "w", id, &form, None);
        changed.await
    };
    change("Của người đầu", &opened).await.unwrap();
    // The same form sent again is no other change.
    change("Của người đầu", &opened).await.unwrap();
    is_conflict(change("Của người sau", &opened).await, Conflict::Outdated);
    let now = started(services, id).await.1.campaign;
    assert_eq!(now.message.subject_vi, "Của người đầu");
    change("Của người sau", &now.version).await.unwrap();
    let now = started(services, id).await.1.campaign;
    assert_eq!(now.message.subject_vi, "Của người sau");
}

async fn what_is_held_before_it_has_left_can_be_changed(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    let id = make(kit, &message("at:2026-11-25T09:00")).await;
    services.pause_campaign(&ORGANIZER, "w", id).await.unwrap();
    let revise = async |when: &str| {
        let form = message(when);
        let revised = services.revise_campaign(&ORGANIZER, "w", id, &form, None);
        revised.await
    };
    revise("at:2026-11-26T09:00").await.unwrap();
    kit.clock.advance(at("2026-11-26T09:00") - kit.now());
    let (state, page) = started(services, id).await;
    assert_eq!(state, CampaignState::Held, "changed, it is held still");
    assert_eq!(page.campaign.due_at, Some(at("2026-11-26T09:00")));
    assert!(campaign_mails(kit).await.is_empty());
    revise("now").await.unwrap();
    assert_eq!(started(services, id).await.0, CampaignState::Sending);
    assert_eq!(campaign_mails(kit).await.len(), 1);
    services.pause_campaign(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!(started(services, id).await.0, CampaignState::Paused);
    is_conflict(revise("now").await, Conflict::NotAllowedNow);
}

async fn a_beginning_whose_time_has_passed_leaves_now(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    for (now, timing) in [
        ("2026-12-02T07:00", "before_start"),
        ("2026-12-02T08:00", "now"),
    ] {
        kit.clock.advance(at(now) - kit.now());
        let reminder = TemplateOccasion::Reminder;
        let begun = services.begin_campaign(&ORGANIZER, "w", reminder).await;
        let begun = begun.unwrap();
        assert_eq!(begun.timing.timing, timing, "{now}");
        look_at(kit, &begun).await;
    }
}

async fn the_look_has_a_mail_of_each_kind(kit: &Kit) {
    kit.workshop("w", 9).await;
    kit.register("w", &named("Lê Thị An", "0959000001")).await;
    kit.register("w", &named("Lê Thị Bình", "0959000002")).await;
    for (name, phone) in [("Võ Văn Tư", "0959000004"), ("Võ Văn Năm", "0959000005")] {
        let mut form = named(name, phone);
        "office@example.com".clone_into(&mut form.email);
        kit.register("w", &form).await;
    }
    let (anybody, form) = (&Actor::Anonymous, &named("Anna Reader", "0959000003"));
    let english = kit
        .services
        .register(anybody, "w", form, Lang::En, None)
        .await;
    assert!(english.is_ok());
    let shared = CampaignForm {
        shared: "one".to_owned(),
        ..message("now")
    };
    for (form, number) in [(message("now"), 2), (shared, 3)] {
        let plan = look_at(kit, &form).await;
        assert_eq!(plan.samples.len(), number, "{:?}", plan.samples);
        let of = |lang: Lang| plan.samples.iter().filter(move |one| one.lang == lang);
        assert_eq!(of(Lang::En).count(), 1);
        let several = of(Lang::Vi).filter(|one| one.to.contains(", "));
        assert_eq!(several.count(), number - 2);
    }
}

async fn a_subject_keeps_the_place_of_a_name_where_nobody_is_named(kit: &Kit) {
    kit.workshop("w", 9).await;
    let form = CampaignForm {
        subject_vi: "Nhắc {ten}: {ban_to_chuc}".to_owned(),
        ..message("at:2026-11-25T09:00")
    };
    make(kit, &form).await;
    let list = kit.services.campaigns(&ORGANIZER, "w").await.unwrap();
    let subject = list.rows[0].subject(Lang::Vi);
    assert!(subject.starts_with("Nhắc {ten}: "), "{subject}");
    assert!(!subject.contains("{ban_to_chuc}"), "{subject}");
}

async fn a_trial_of_a_message_goes_to_oneself_alone(kit: &Kit) {
    let services = &kit.services;
    let me = &kit.staff(AccountRole::Organizer, &[]).await;
    kit.workshop("w", 9).await;
    let registered = kit.register("w", &delegate(1)).await;
    let form = &CampaignForm {
        body_vi: "Chào {ten}, mã {ma}. {cach_du}".to_owned(),
        ..message("now")
    };
    let token = services.try_campaign(&ORGANIZER, "w", form, Lang::Vi, "a");
    assert!(matches!(token.await, Err(Failure::Forbidden)));
    let before = mails(kit).await.len();
    for nonce in ["a", "a"] {
        let sent = services.try_campaign(me, "w", form, Lang::Vi, nonce).await;
        assert_eq!(sent.unwrap(), "organizer@example.org");
    }
    let mut trials = mails(kit).await.split_off(before);
    assert_eq!(trials.len(), 1, "one nonce sends one mail");
    let trial = trials.remove(0);
    assert_eq!(
        (trial.subject.as_str(), trial.to_address.as_str()),
        ("[Gửi thử] Nhắc lịch hội thảo", "organizer@example.org")
    );
    assert_eq!((trial.campaign_id, trial.registration_id), (None, None));
    let text = &trial.body_text;
    assert!(text.contains("Chào Lê Thị Nhung, mã 2222 3333."), "{text}");
    assert!(
        text.contains("/workshops/w") && !text.contains("/my/"),
        "{text}"
    );
    assert!(!text.contains(&registered.code), "{text}");
    let log = kit.all(audit::Entity).await;
    let lines = log.iter().filter(|line| line.deed == "try_campaign");
    assert_eq!(lines.count(), 1);
}
