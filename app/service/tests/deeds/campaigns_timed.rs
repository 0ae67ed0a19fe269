//! When messages leave: at a time, counted from the workshop, late, and never
//! twice.

use crate::kit::{
    Kit, ORGANIZER, at, attend, campaign_mails, delegate, deliver, is_conflict, is_problem, make,
    message, move_form, number, started, to_booked,
};
use crate::on_both;
use chrono::Duration;
use domain::{AudienceForm, CampaignEnd, CampaignForm, CampaignState, DeliveryState, Reason};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use service::entity::{campaign, campaign_recipient};
use service::{Failure, Services};

on_both!(
    at_a_time_to_whoever_is_there_by_then,
    three_days_before_wherever_the_workshop_is_moved,
    two_hours_after_the_end_to_those_who_came,
    a_server_that_was_down_misses_nothing_and_sends_once,
    what_comes_before_a_workshop_does_not_leave_once_it_has_begun,
    two_servers_at_once_let_it_leave_once,
    a_start_without_the_lock_leaves_twice_in_this_harness,
    a_message_is_changed_while_it_waits,
    a_workshop_that_is_called_off_takes_its_messages_along,
);

/// Lets the clock stand at a local time.
fn wait(kit: &Kit, until: &str) {
    kit.clock.advance(at(until) - kit.now());
}

async fn at_a_time_to_whoever_is_there_by_then(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    let leaves = kit.register("w", &delegate(2)).await;
    let past = message("at:2026-11-23T08:00");
    let made = services
        .make_campaign(&ORGANIZER, "w", &past, "", None)
        .await;
    is_problem(made, "send_at");
    let id = make(kit, &message("at:2026-11-25T09:00")).await;
    assert_eq!(started(services, id).await.0, CampaignState::Scheduled);
    kit.cancel(&leaves).await;
    kit.register("w", &delegate(3)).await;
    wait(kit, "2026-11-25T08:59");
    assert_eq!(started(services, id).await.0, CampaignState::Scheduled);
    assert!(campaign_mails(kit).await.is_empty());
    wait(kit, "2026-11-25T09:00");
    assert_eq!(started(services, id).await.0, CampaignState::Sending);
    let mails = campaign_mails(kit).await;
    let names: Vec<_> = mails.iter().map(|mail| mail.to_name.as_str()).collect();
    assert_eq!(names, ["Nguyễn Văn Số 1", "Nguyễn Văn Số 3"]);
    kit.register("w", &delegate(4)).await;
    assert_eq!(services.start_due_campaigns().await.unwrap(), 0);
    assert_eq!(campaign_mails(kit).await.len(), 2);
}

async fn three_days_before_wherever_the_workshop_is_moved(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    let late = message("before_start:20:days");
    let made = services
        .make_campaign(&ORGANIZER, "w", &late, "", None)
        .await;
    is_problem(made, "amount");
    let id = make(kit, &message("before_start:3:days")).await;
    let due = async || started(services, id).await.1.campaign.due_at;
    assert_eq!(due().await, Some(at("2026-11-30T07:30")));
    let form = move_form(kit, "w", 7).await;
    services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    assert_eq!(due().await, Some(at("2026-12-07T07:30")));
    wait(kit, "2026-12-07T07:29");
    assert_eq!(started(services, id).await.0, CampaignState::Scheduled);
    wait(kit, "2026-12-07T07:30");
    assert_eq!(started(services, id).await.0, CampaignState::Sending);
    let mail = &campaign_mails(kit).await[0];
    assert!(mail.body_text.contains("10/12/2026"), "{}", mail.body_text);
    // Moved once more: it has left.
    let form = move_form(kit, "w", 7).await;
    services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    wait(kit, "2026-12-16T08:00");
    assert_eq!(services.start_due_campaigns().await.unwrap(), 0);
}

async fn two_hours_after_the_end_to_those_who_came(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(2)).await;
    let thanks = CampaignForm {
        audience: AudienceForm {
            came: "some".to_owned(),
            ..to_booked()
        },
        ..message("after_end:2:hours")
    };
    let id = make(kit, &thanks).await;
    attend(kit, 1, "so.1@example.com", true).await;
    wait(kit, "2026-12-03T13:29");
    assert_eq!(started(services, id).await.0, CampaignState::Scheduled);
    wait(kit, "2026-12-03T13:30");
    let (_, page) = started(services, id).await;
    assert_eq!(page.recipients.len(), 1);
    assert_eq!(page.recipients[0].full_name, "Nguyễn Văn Số 1");
}

async fn a_server_that_was_down_misses_nothing_and_sends_once(kit: &Kit) {
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    let fixed = make(kit, &message("at:2026-11-25T09:00")).await;
    let after = make(kit, &message("after_end:1:hours")).await;
    wait(kit, "2026-12-05T03:00");
    let back = kit.another().await;
    assert_eq!(back.start_due_campaigns().await.unwrap(), 2);
    assert_eq!(back.start_due_campaigns().await.unwrap(), 0);
    deliver(&back).await;
    for id in [fixed, after] {
        let (state, page) = started(&back, id).await;
        assert_eq!(state, CampaignState::Done);
        assert_eq!(page.campaign.count.of(DeliveryState::Sent), 1);
    }
    assert_eq!(campaign_mails(kit).await.len(), 2);
}

async fn what_comes_before_a_workshop_does_not_leave_once_it_has_begun(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    let id = make(kit, &message("before_start:1:days")).await;
    wait(kit, "2026-12-03T07:30");
    let (state, page) = started(services, id).await;
    assert_eq!(state, CampaignState::Cancelled);
    let why = page.campaign.row.cancelled_why;
    assert_eq!(why.map(|why| *why), Some(CampaignEnd::TooLate));
    assert!(campaign_mails(kit).await.is_empty());
}

async fn two_servers_at_once_let_it_leave_once(kit: &Kit) {
    kit.workshop("w", 50).await;
    for n in 0..20 {
        kit.register("w", &delegate(n)).await;
    }
    for _ in 0..3 {
        make(kit, &message("at:2026-11-25T09:00")).await;
    }
    wait(kit, "2026-11-25T09:00");
    let other = kit.another().await;
    let left = kit
        .race(6, move |services, n| {
            let worker = if n % 2 == 0 { services } else { other.clone() };
            async move { worker.start_due_campaigns().await.unwrap() }
        })
        .await;
    assert_eq!(left.iter().sum::<u32>(), 3, "each once: {left:?}");
    assert!(number(&left, |left| *left > 0) > 0);
    assert_eq!(campaign_mails(kit).await.len(), 60);
    assert_eq!(kit.count(campaign_recipient::Entity).await, 60);
}

/// What a worker does that looks outside of the workshop's lock: what is due it
/// starts, and does not look again.
async fn naive_start(services: &Services) -> u32 {
    let due = campaign::Entity::find().filter(campaign::Column::StartedAt.is_null());
    let due = due.all(services.db().read()).await.unwrap();
    let mut left = 0;
    for row in due {
        let now = row.created_at;
        let started = services.db().write(|tx| async move {
            campaign::Entity::update_many()
                .col_expr(campaign::Column::StartedAt, Expr::value(now))
                .filter(campaign::Column::Id.eq(row.id))
                .exec(&*tx)
                .await?;
            Ok(())
        });
        left += u32::from(started.await.is_ok());
    }
    left
}

/// The negative control of [`two_servers_at_once_let_it_leave_once`].
async fn a_start_without_the_lock_leaves_twice_in_this_harness(kit: &Kit) {
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    for _ in 0..5 {
        for _ in 0..3 {
            make(kit, &message("at:2026-11-25T09:00")).await;
        }
        let other = kit.another().await;
        let left = kit
            .race(6, move |services, n| {
                let worker = if n % 2 == 0 { services } else { other.clone() };
                async move { naive_start(&worker).await }
            })
            .await;
        if left.iter().sum::<u32>() > 3 {
            return;
        }
    }
    panic!("the harness cannot see a message that leaves twice");
}

async fn a_message_is_changed_while_it_waits(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    let id = make(kit, &message("at:2026-11-25T09:00")).await;
    let mut form = message("at:2026-11-26T09:00");
    "Đổi cổng vào".clone_into(&mut form.subject_vi);
    services
        .revise_campaign(&ORGANIZER, "w", id, &form, None)
        .await
        .unwrap();
    wait(kit, "2026-11-25T10:00");
    let (state, page) = started(services, id).await;
    assert_eq!(state, CampaignState::Scheduled);
    let as_form = service::campaign_form(&page.campaign.message);
    assert_eq!(as_form.timing.send_at, "2026-11-26T09:00");
    services
        .revise_campaign(&ORGANIZER, "w", id, &message("now"), None)
        .await
        .unwrap();
    let mails = campaign_mails(kit).await;
    assert_eq!(
        (mails.len(), mails[0].subject.as_str()),
        (1, "Nhắc lịch hội thảo")
    );
    is_conflict(
        services
            .revise_campaign(&ORGANIZER, "w", id, &form, None)
            .await,
        service::Conflict::NotAllowedNow,
    );
}

async fn a_workshop_that_is_called_off_takes_its_messages_along(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    deliver(services).await;
    let done = make(kit, &message("now")).await;
    deliver(services).await;
    let waits = make(kit, &message("before_start:1:days")).await;
    let leaving = make(kit, &message("now")).await;
    kit.clock.advance(Duration::minutes(1));
    kit.call_off("w").await;
    for (id, state, why) in [
        (done, CampaignState::Done, None),
        (
            waits,
            CampaignState::Cancelled,
            Some(CampaignEnd::CalledOff),
        ),
        (
            leaving,
            CampaignState::Cancelled,
            Some(CampaignEnd::CalledOff),
        ),
    ] {
        let (found, page) = started(services, id).await;
        assert_eq!(found, state);
        assert_eq!(page.campaign.row.cancelled_why.map(|why| *why), why);
    }
    // Nothing about it waits any more; what is said of it now leaves.
    let later = services
        .make_campaign(&ORGANIZER, "w", &message("after_end:1:days"), "", None)
        .await;
    let Err(Failure::Invalid(problems)) = later else {
        panic!("{later:?}")
    };
    assert_eq!(problems.of("campaign_timing"), Some(&Reason::OnlyNow));
    let id = make(kit, &message("now")).await;
    deliver(services).await;
    let (state, page) = started(services, id).await;
    assert_eq!(state, CampaignState::Done);
    assert_eq!(page.campaign.count.of(DeliveryState::Sent), 1);
    let withheld = campaign_mails(kit).await;
    let withheld = number(&withheld, |mail| *mail.state == DeliveryState::Withheld);
    assert_eq!(withheld, 1);
}
