//! Messages to a part of a workshop's people: who is meant, who is told how,
//! and what became of it.

use crate::kit::{
    Kit, ORGANIZER, attend, campaign_mails, delegate, deliver, is_conflict, is_problem, look_at,
    make, message, named, sessions, started, to_booked, workshop_form,
};
use crate::on_both;
use domain::{
    AccountRole, AudienceForm, BEGINNINGS, CallStanding, CampaignForm, CampaignState,
    DeliveryState, Lang, LeftOut, Reason, RegistrationState, TemplateForm, TemplateOccasion,
};
use service::entity::{audit, campaign};
use service::{Actor, Conflict, Failure};

on_both!(
    whoever_fits_each_filter_is_meant,
    a_look_says_who_is_told_how_and_what_they_read,
    what_is_looked_at_is_what_leaves,
    the_same_request_makes_one_message,
    a_request_sent_again_with_other_words_is_not_lost,
    a_message_begins_from_the_words_as_they_stand,
    nobody_else_makes_or_reads_messages,
);

fn to(audience: AudienceForm) -> CampaignForm {
    CampaignForm {
        audience,
        ..message("now")
    }
}

fn with(change: impl FnOnce(&mut AudienceForm)) -> CampaignForm {
    let mut audience = to_booked();
    change(&mut audience);
    to(audience)
}

async fn whoever_fits_each_filter_is_meant(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 4).await;
    let came = attend(kit, 1, "so.1@example.com", true).await;
    let mut owner = named("Lê Thị Chủ", "0959000001");
    "owner".clone_into(&mut owner.role);
    "Hợp tác xã Lá Biếc".clone_into(&mut owner.establishment);
    "Xã Ba Tri".clone_into(&mut owner.locality);
    owner.consents.materials = false;
    kit.register("w", &owner).await;
    let english = services
        .register(
            &Actor::Anonymous,
            "w",
            &named("An Reader", "0959000002"),
            Lang::En,
            None,
        )
        .await;
    assert!(english.is_ok());
    let gone = kit
        .register("w", &named("Trần Văn Thôi", "0959000003"))
        .await;
    kit.cancel(&gone).await;
    kit.register("w", &named("Phạm Thị Tư", "0959000004")).await;
    let waits = kit.register("w", &named("Võ Văn Chờ", "0959000005")).await;
    assert_eq!(waits.state, RegistrationState::Waitlisted);
    let session = sessions(kit, "w").await[0].id;
    let choices = services.campaign_choices(&ORGANIZER, "w").await.unwrap();
    let of = |name: &str| {
        let mut all = choices.establishments.iter();
        all.find(|(_, other)| other == name).unwrap().0.to_string()
    };
    assert_eq!(choices.localities, ["Xã Ba Tri", "Xã Mỏ Cày"]);
    let states = |codes: &[&str]| {
        codes
            .iter()
            .map(|code| (*code).to_owned())
            .collect::<Vec<_>>()
    };
    let (me, owner, reader, fourth) = ("Nguyễn Văn Số 1", "Lê Thị Chủ", "An Reader", "Phạm Thị Tư");
    for (form, meant) in [
        (with(|_| ()), vec![owner, me, reader, fourth]),
        (
            with(|all| all.states = states(&["cancelled"])),
            vec!["Trần Văn Thôi"],
        ),
        (
            with(|all| all.states = states(&["cancelled", "waitlisted"])),
            vec!["Trần Văn Thôi", "Võ Văn Chờ"],
        ),
        (with(|all| "some".clone_into(&mut all.came)), vec![me]),
        (
            with(|all| "none".clone_into(&mut all.came)),
            vec![owner, reader, fourth],
        ),
        (
            with(|all| all.came = format!("session-{session}")),
            vec![me],
        ),
        (
            with(|all| all.came = format!("not-session-{session}")),
            vec![owner, reader, fourth],
        ),
        (
            with(|all| all.roles = states(&["owner", "official"])),
            vec![owner],
        ),
        (
            with(|all| all.establishment = of("Hợp tác xã Lá Biếc")),
            vec![owner],
        ),
        (
            with(|all| "Xã Ba Tri".clone_into(&mut all.locality)),
            vec![owner],
        ),
        (
            with(|all| "materials".clone_into(&mut all.consent)),
            vec![me, reader, fourth],
        ),
        (with(|all| "en".clone_into(&mut all.lang)), vec![reader]),
    ] {
        let plan = look_at(kit, &form).await;
        let mut names: Vec<_> = plan
            .mailed
            .iter()
            .map(|row| row.full_name.as_str())
            .collect();
        let mut meant = meant.clone();
        names.sort_unstable();
        meant.sort_unstable();
        assert_eq!(names, meant, "{:?}", form.audience);
    }
    assert!(came.id > 0);
    let problem = with(|all| "session-999".clone_into(&mut all.came));
    is_problem(
        services.preview_campaign(&ORGANIZER, "w", &problem).await,
        "came",
    );
}

async fn a_look_says_who_is_told_how_and_what_they_read(kit: &Kit) {
    let services = &kit.services;
    let form = message("now");
    services
        .schedule(&ORGANIZER, &workshop_form("w", 9))
        .await
        .unwrap();
    is_conflict(
        services.preview_campaign(&ORGANIZER, "w", &form).await,
        Conflict::NotAllowedNow,
    );
    services.publish(&ORGANIZER, "w").await.unwrap();
    is_problem(
        services
            .make_campaign(&ORGANIZER, "w", &form, "", None)
            .await,
        "states",
    );
    assert!(kit.all(campaign::Entity).await.is_empty());
    kit.register("w", &delegate(1)).await;
    let mut silent = delegate(2);
    silent.email.clear();
    kit.register("w", &silent).await;
    let mut unwilling = delegate(3);
    unwilling.consents.invitations = false;
    kit.register("w", &unwilling).await;
    let plan = look_at(kit, &form).await;
    assert_eq!((plan.mailed.len(), plan.mails, plan.calls.len()), (2, 2, 1));
    assert_eq!(plan.samples.len(), 1);
    let sample = plan.samples[0].clone();
    assert_eq!(sample.to, "Nguyễn Văn Số 1");
    let inviting = CampaignForm {
        purpose: "invitations".to_owned(),
        ..form.clone()
    };
    let plan = look_at(kit, &inviting).await;
    assert_eq!((plan.mailed.len(), plan.calls.len()), (1, 1));
    assert_eq!(plan.left_out[0].1, LeftOut::NoConsent);
    assert_eq!(plan.left_out[0].0.full_name, "Nguyễn Văn Số 3");
    // Exactly that leaves.
    let id = make(kit, &form).await;
    let mails = campaign_mails(kit).await;
    assert_eq!(mails.len(), 2);
    assert_eq!(
        (&mails[0].subject, &mails[0].body_text),
        (&sample.subject, &sample.text)
    );
    assert!(mails[0].body_text.contains("/my/") && mails[0].unsubscribe.is_none());
    let (state, page) = started(services, id).await;
    assert_eq!(state, CampaignState::Sending, "written is not sent");
    assert_eq!(
        (
            page.campaign.count.to_leave(),
            page.campaign.count.unwritten
        ),
        (2, 1)
    );
    assert_eq!(page.calls.len(), 1);
    let (row, zalo) = &page.calls[0];
    assert_eq!(
        (row.full_name.as_str(), row.standing),
        ("Nguyễn Văn Số 2", CallStanding::ToCall)
    );
    assert!(zalo.contains("Nguyễn Văn Số 2") && zalo.contains("cổng sau") && zalo.contains("/my/"));
    // As the mail, with what it is about, when and where.
    for said in [
        "Nhắc lịch hội thảo\n",
        "Hội thảo: Kỹ năng đánh giá",
        "Thời gian: thứ Năm, 03/12/2026",
        "Địa điểm: Hội trường A",
        "Mã điểm danh: ",
    ] {
        assert!(zalo.contains(said), "{said} in {zalo}");
    }
    deliver(services).await;
    let (state, page) = started(services, id).await;
    assert_eq!(state, CampaignState::Done);
    assert_eq!(page.campaign.count.of(DeliveryState::Sent), 2);
    assert_eq!(page.campaign.count.all(), 3);
    let sent = services
        .campaign(&ORGANIZER, "w", id, Some(DeliveryState::Sent), 1)
        .await
        .unwrap();
    assert_eq!(sent.recipients.len(), 2);
    assert_eq!(sent.recipients[0].sent_at, Some(kit.now()));
    let list = services.campaigns(&ORGANIZER, "w").await.unwrap();
    assert_eq!(list.rows[0].count, page.campaign.count);
}

async fn what_is_looked_at_is_what_leaves(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    let form = message("now");
    let seen = look_at(kit, &form).await.seen;
    kit.register("w", &delegate(2)).await;
    let changed = services
        .make_campaign(&ORGANIZER, "w", &form, "a", Some(&seen))
        .await;
    let Err(Failure::Invalid(problems)) = changed else {
        panic!("{changed:?}")
    };
    assert_eq!(problems.of("states"), Some(&Reason::AudienceChanged));
    assert!(campaign_mails(kit).await.is_empty());
    let seen = look_at(kit, &form).await.seen;
    services
        .make_campaign(&ORGANIZER, "w", &form, "a", Some(&seen))
        .await
        .unwrap();
    assert_eq!(campaign_mails(kit).await.len(), 2);
}

async fn the_same_request_makes_one_message(kit: &Kit) {
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    let made = kit
        .race(4, |services, _| async move {
            let form = message("now");
            let made = services.make_campaign(&ORGANIZER, "w", &form, "twice", None);
            made.await.unwrap()
        })
        .await;
    assert!(made.iter().all(|id| *id == made[0]), "{made:?}");
    assert_eq!(campaign_mails(kit).await.len(), 1);
    let log = kit.all(audit::Entity).await;
    let lines = log.iter().filter(|line| line.deed == "start_campaign");
    assert_eq!(lines.count(), 1);
}

async fn a_request_sent_again_with_other_words_is_not_lost(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    let send = async |form: &CampaignForm| {
        let made = services.make_campaign(&ORGANIZER, "w", form, "again", None);
        made.await
    };
    let later = message("at:2026-11-25T09:00");
    let id = send(&later).await.unwrap();
    assert_eq!(send(&later).await.unwrap(), id);
    // Only the time is another: the same message, which is changed on its page.
    let sooner = message("at:2026-11-24T09:00");
    assert_eq!(send(&sooner).await.unwrap(), id);
    for other in [
        CampaignForm {
            body_vi: "Xin gửi xe ở cổng trước.".to_owned(),
            ..later.clone()
        },
        CampaignForm {
            audience: AudienceForm {
                lang: "en".to_owned(),
                ..to_booked()
            },
            ..later.clone()
        },
    ] {
        is_conflict(send(&other).await, Conflict::Outdated);
    }
    let rows = kit.all(campaign::Entity).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].body_vi, later.body_vi);
}

async fn a_message_begins_from_the_words_as_they_stand(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let one = kit.register("w", &delegate(1)).await;
    let begin = async |occasion| services.begin_campaign(&ORGANIZER, "w", occasion).await;
    let own = TemplateForm {
        subject_vi: "Nhớ {hoi_thao}".to_owned(),
        body_vi: "Anh/Chị {ten} đưa mã {ma} ở {dia_diem}.".to_owned(),
        subject_en: "Do come".to_owned(),
        body_en: "Show {ma}.".to_owned(),
        seen: String::new(),
    };
    let seen = services
        .template(&ORGANIZER, TemplateOccasion::Reminder)
        .await;
    let own = TemplateForm {
        seen: seen.unwrap().form.seen,
        ..own
    };
    let saved = services.save_template(&ORGANIZER, TemplateOccasion::Reminder, &own);
    saved.await.unwrap();
    for occasion in BEGINNINGS {
        let form = begin(occasion).await.unwrap();
        let plan = services.preview_campaign(&ORGANIZER, "w", &form).await;
        assert!(plan.is_ok(), "{occasion}: {plan:?}");
    }
    let form = begin(TemplateOccasion::Reminder).await.unwrap();
    assert_eq!(form.body_vi, own.body_vi);
    let sample = look_at(kit, &form).await.samples.remove(0);
    let title = workshop_form("w", 9).title_vi;
    assert_eq!(sample.subject, format!("Nhớ {title}"));
    let code = domain::TicketCode::spaced(&one.code);
    let said = format!("Anh/Chị Nguyễn Văn Số 1 đưa mã {code} ở ");
    assert!(sample.text.contains(&said), "{}", sample.text);
    assert!(!sample.text.contains('{'), "{}", sample.text);
    for none in [
        TemplateOccasion::Materials,
        TemplateOccasion::Evaluation,
        TemplateOccasion::Certificate,
    ] {
        let begun = begin(none).await;
        assert!(matches!(begun, Err(Failure::NotFound)), "{none}");
    }
    let trainer = kit.staff(AccountRole::Trainer, &["w"]).await;
    let occasion = TemplateOccasion::Reminder;
    let by_trainer = services.begin_campaign(&trainer, "w", occasion).await;
    assert!(matches!(by_trainer, Err(Failure::Forbidden)));
}

async fn nobody_else_makes_or_reads_messages(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let form = message("now");
    for role in [
        AccountRole::Trainer,
        AccountRole::Door,
        AccountRole::Director,
    ] {
        let actor = kit.staff(role, &["w"]).await;
        let made = services.make_campaign(&actor, "w", &form, "", None).await;
        assert!(matches!(made, Err(Failure::Forbidden)), "{role}: {made:?}");
        let read = services.campaigns(&actor, "w").await;
        assert!(matches!(read, Err(Failure::Forbidden)), "{role}");
    }
    let read = services.campaign(&Actor::Anonymous, "w", 1, None, 1).await;
    assert!(matches!(read, Err(Failure::SignInNeeded)));
    // A message of another workshop is none of this one.
    kit.register("w", &delegate(1)).await;
    let id = make(kit, &form).await;
    kit.workshop("other", 9).await;
    let elsewhere = services.cancel_campaign(&ORGANIZER, "other", id).await;
    assert!(matches!(elsewhere, Err(Failure::NotFound)));
}
