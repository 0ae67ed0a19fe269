//! What a workshop's settings hold to: minimums, seats, giving up, closing.

use crate::kit::{Kit, ORGANIZER, delegate, is_conflict, workshop_form};
use crate::on_both;
use chrono::Duration;
use domain::{Phase, RegistrationState, WorkshopForm};
use service::entity::{outbox, workshop};
use service::{Conflict, Failure};

on_both!(
    a_missed_minimum_is_told_once_and_decided,
    closed_figures_stay_as_they_are,
    fewer_seats_than_people_are_refused_with_the_number,
    the_rule_of_giving_up_holds,
);

async fn a_missed_minimum_is_told_once_and_decided(kit: &Kit) {
    let services = &kit.services;
    services
        .add_account(
            domain::AccountRole::Organizer,
            "hoa@example.com",
            "Hoa",
            "Mật khẩu rất dài 1",
        )
        .await
        .unwrap();
    for slug in ["few", "enough"] {
        let form = WorkshopForm {
            minimum: "2".to_owned(),
            ..workshop_form(slug, 40)
        };
        services.schedule(&ORGANIZER, &form).await.unwrap();
        services.publish(&ORGANIZER, slug).await.unwrap();
        kit.register(slug, &delegate(0)).await;
    }
    kit.register("enough", &delegate(1)).await;
    assert_eq!(services.alert_minimums().await.unwrap(), 0, "not yet");
    is_conflict(
        services
            .go_ahead(&ORGANIZER, "none")
            .await
            .map_err(|failure| match failure {
                Failure::NotFound => Failure::Conflict(Conflict::NotAllowedNow),
                other => other,
            }),
        Conflict::NotAllowedNow,
    );
    // The server was down for a day when it fell due.
    kit.clock.advance(Duration::days(8));
    assert_eq!(services.alert_minimums().await.unwrap(), 1);
    assert_eq!(services.alert_minimums().await.unwrap(), 0, "once");
    let mails = kit.all(outbox::Entity).await;
    let told: Vec<_> = mails
        .iter()
        .filter(|mail| mail.purpose.starts_with("minimum-"))
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to_address, "hoa@example.com");
    services.go_ahead(&ORGANIZER, "few").await.unwrap();
    is_conflict(
        services.go_ahead(&ORGANIZER, "few").await,
        Conflict::NotAllowedNow,
    );
    let rows = kit.all(workshop::Entity).await;
    assert!(rows.iter().any(|row| row.minimum_settled_at.is_some()));
}

async fn closed_figures_stay_as_they_are(kit: &Kit) {
    let services = &kit.services;
    let session = kit.workshop("w", 2).await.sessions[0].id;
    let booked = kit.register("w", &delegate(0)).await;
    is_conflict(
        services.close(&ORGANIZER, "w").await,
        Conflict::NotAllowedNow,
    );
    kit.clock.advance(Duration::days(11));
    assert_eq!(
        services.close(&ORGANIZER, "w").await.unwrap().phase,
        Phase::Closed
    );
    let scan = service::ScanRequest {
        code: booked.code.clone(),
        session,
        nonce: "n".to_owned(),
        at: None,
    };
    let refused = services
        .check_in(&ORGANIZER, "w", &scan)
        .await
        .unwrap()
        .outcome;
    assert!(
        matches!(refused, domain::CheckinOutcome::Refused(_)),
        "{refused:?}"
    );
    is_conflict(
        services
            .undo_check_in(&ORGANIZER, "w", session, booked.id)
            .await,
        Conflict::NotAllowedNow,
    );
    is_conflict(
        services
            .revise(
                &ORGANIZER,
                "w",
                &WorkshopForm {
                    opens_at: "2026-11-01T08:00".to_owned(),
                    ..workshop_form("w", 3)
                },
            )
            .await,
        Conflict::NotAllowedNow,
    );
    assert_eq!(services.summary(&ORGANIZER).await.unwrap().held, 1);
    services.reopen(&ORGANIZER, "w").await.unwrap();
    let admitted = services
        .check_in(&ORGANIZER, "w", &scan)
        .await
        .unwrap()
        .outcome;
    assert_eq!(admitted, domain::CheckinOutcome::Admitted);
}

async fn fewer_seats_than_people_are_refused_with_the_number(kit: &Kit) {
    kit.workshop("w", 3).await;
    for n in 0..3 {
        kit.register("w", &delegate(n)).await;
    }
    let fewer = kit
        .services
        .revise(&ORGANIZER, "w", &workshop_form("w", 2))
        .await;
    let Err(Failure::Invalid(problems)) = fewer else {
        panic!("{fewer:?}");
    };
    assert_eq!(
        problems.of("capacity"),
        Some(&domain::Reason::FewerThanBooked(3))
    );
}

async fn the_rule_of_giving_up_holds(kit: &Kit) {
    let services = &kit.services;
    let rules = [("never", "", false), ("until", "2026-11-25T08:00", true)];
    for (rule, until, early) in rules {
        let form = WorkshopForm {
            cancel_rule: rule.to_owned(),
            cancel_until: until.to_owned(),
            ..workshop_form(rule, 5)
        };
        services.schedule(&ORGANIZER, &form).await.unwrap();
        services.publish(&ORGANIZER, rule).await.unwrap();
        let booked = kit.register(rule, &delegate(0)).await;
        let token = kit.ticket(&booked);
        assert_eq!(
            services.ticket(&token).await.unwrap().can_cancel,
            early,
            "{rule}"
        );
    }
    let token = {
        let booked = kit.in_state(RegistrationState::Booked).await;
        let last = booked.last().unwrap();
        services.ticket_token(&last.code)
    };
    kit.clock.advance(Duration::days(3));
    is_conflict(
        services.cancel_by_ticket(&token).await,
        Conflict::NotAllowedNow,
    );
}
