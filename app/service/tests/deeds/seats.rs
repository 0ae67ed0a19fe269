//! Seats are never oversold and the queue is kept.

use crate::kit::{Kit, ORGANIZER, delegate, number, walk_in, workshop_form};
use crate::on_both;
use chrono::Duration;
use domain::{
    Reason,
    RegistrationState::{Booked, Cancelled, Offered, Waitlisted},
    WorkshopForm,
};
use service::entity::{audit, outbox, registration};
use service::{Conflict, Failure, ScanRequest};

on_both!(
    the_waiting_list_moves_up_in_order_when_a_seat_is_given_up,
    a_newcomer_never_jumps_the_queue,
    more_seats_let_waiting_people_in,
    nothing_is_offered_after_the_start,
    cancelling_twice_is_harmless,
    nothing_is_given_up_after_the_start,
    who_has_come_gives_nothing_up,
    a_room_overfilled_by_walk_ins_can_be_revised,
    what_is_over_is_not_called_off,
);

async fn the_waiting_list_moves_up_in_order_when_a_seat_is_given_up(kit: &Kit) {
    kit.workshop("w", 2).await;
    let mut people = Vec::new();
    for n in 0..5 {
        people.push(kit.register("w", &delegate(n)).await);
    }
    let places: Vec<_> = people.iter().map(|one| (one.state, one.position)).collect();
    assert_eq!(
        places,
        [
            (Booked, None),
            (Booked, None),
            (Waitlisted, Some(1)),
            (Waitlisted, Some(2)),
            (Waitlisted, Some(3)),
        ]
    );
    kit.cancel(&people[3]).await;
    assert_eq!(kit.in_state(Booked).await.len(), 2, "no seat was freed");
    kit.cancel(&people[0]).await;
    let offered = kit.in_state(Offered).await;
    assert_eq!(offered.len(), 1);
    assert_eq!(offered[0].id, people[2].id);
    assert_eq!(
        offered[0].offer_until,
        Some(kit.now() + Duration::hours(24))
    );
    let ticket = kit.services.ticket(&kit.ticket(&people[4])).await.unwrap();
    assert_eq!((ticket.state, ticket.position), (Waitlisted, Some(1)));
    let purposes = |mails: &[outbox::Model], id| {
        let of: Vec<_> = mails
            .iter()
            .filter(|mail| mail.registration_id == Some(id))
            .map(|mail| mail.purpose.clone())
            .collect();
        of
    };
    let mails = kit.all(outbox::Entity).await;
    assert_eq!(purposes(&mails, people[2].id), ["waitlisted", "offered"]);
    assert_eq!(
        purposes(&mails, people[0].id),
        ["confirmation", "cancelled"]
    );
}

async fn a_newcomer_never_jumps_the_queue(kit: &Kit) {
    kit.workshop("w", 1).await;
    let first = kit.register("w", &delegate(0)).await;
    let second = kit.register("w", &delegate(1)).await;
    kit.cancel(&first).await;
    let third = kit.register("w", &delegate(2)).await;
    assert_eq!((third.state, third.position), (Waitlisted, Some(1)));
    assert_eq!(kit.in_state(Offered).await[0].id, second.id);
    // Who gave a seat up stands at the end when coming back.
    let again = kit.register("w", &delegate(0)).await;
    assert_eq!((again.state, again.position), (Waitlisted, Some(2)));
}

async fn more_seats_let_waiting_people_in(kit: &Kit) {
    kit.workshop("w", 1).await;
    for n in 0..4 {
        kit.register("w", &delegate(n)).await;
    }
    let services = &kit.services;
    services
        .revise(&ORGANIZER, "w", &workshop_form("w", 3))
        .await
        .unwrap();
    assert_eq!(kit.in_state(Booked).await.len(), 1);
    assert_eq!(kit.in_state(Offered).await.len(), 2);
    assert_eq!(kit.in_state(Waitlisted).await.len(), 1);
    let fewer = services
        .revise(&ORGANIZER, "w", &workshop_form("w", 2))
        .await;
    assert!(
        matches!(&fewer, Err(Failure::Invalid(problems)) if problems.of("capacity").is_some()),
        "{fewer:?}"
    );
}

async fn nothing_is_offered_after_the_start(kit: &Kit) {
    kit.workshop("w", 1).await;
    for n in 0..3 {
        kit.register("w", &delegate(n)).await;
    }
    kit.clock.advance(Duration::days(10));
    let late = WorkshopForm {
        opens_at: "2026-11-01T08:00".to_owned(),
        ..workshop_form("w", 3)
    };
    kit.services.revise(&ORGANIZER, "w", &late).await.unwrap();
    assert_eq!(kit.in_state(Booked).await.len(), 1);
    assert_eq!(kit.in_state(Waitlisted).await.len(), 2);
}

async fn nothing_is_given_up_after_the_start(kit: &Kit) {
    kit.workshop("w", 1).await;
    let booked = kit.register("w", &delegate(0)).await;
    kit.register("w", &delegate(1)).await;
    kit.clock.advance(Duration::days(10));
    let late = kit.services.cancel_by_ticket(&kit.ticket(&booked)).await;
    assert!(
        matches!(late, Err(Failure::Conflict(Conflict::NotAllowedNow))),
        "{late:?}"
    );
    assert_eq!(kit.in_state(Booked).await[0].id, booked.id);
}

async fn cancelling_twice_is_harmless(kit: &Kit) {
    kit.workshop("w", 1).await;
    let booked = kit.register("w", &delegate(0)).await;
    for n in 1..4 {
        kit.register("w", &delegate(n)).await;
    }
    kit.cancel(&booked).await;
    kit.cancel(&booked).await;
    let rows = kit.all(registration::Entity).await;
    assert_eq!(number(&rows, |row| *row.state == Offered), 1);
    assert_eq!(number(&rows, |row| *row.state == Cancelled), 1);
    let log = kit.all(audit::Entity).await;
    assert_eq!(number(&log, |line| line.deed == "cancel"), 1);
}

async fn who_has_come_gives_nothing_up(kit: &Kit) {
    kit.workshop("w", 2).await;
    let one = kit.register("w", &delegate(1)).await;
    let session = kit.services.door(&ORGANIZER, "w").await.unwrap().session.id;
    let scan = ScanRequest {
        code: one.code.clone(),
        session,
        nonce: "n".to_owned(),
        at: None,
    };
    kit.services.check_in(&ORGANIZER, "w", &scan).await.unwrap();
    let ticket = kit.ticket(&one);
    assert!(!kit.services.ticket(&ticket).await.unwrap().can_cancel);
    let answer = kit.services.cancel_by_ticket(&ticket).await;
    assert!(
        matches!(answer, Err(Failure::Conflict(Conflict::NotAllowedNow))),
        "{answer:?}"
    );
    let undo = kit.services.undo_check_in(&ORGANIZER, "w", session, one.id);
    undo.await.unwrap();
    assert_eq!(kit.in_state(Booked).await.len(), 1, "was registered ahead");
    assert!(kit.services.ticket(&ticket).await.unwrap().can_cancel);
    kit.cancel(&one).await;
}

async fn a_room_overfilled_by_walk_ins_can_be_revised(kit: &Kit) {
    kit.workshop("w", 2).await;
    for name in ["Lê An", "Lê Bình", "Lê Chi", "Lê Dung"] {
        let form = walk_in(name);
        kit.services
            .walk_in(&ORGANIZER, "w", &form, true)
            .await
            .unwrap();
    }
    let revise = async |seats| {
        let form = workshop_form("w", seats);
        kit.services.revise(&ORGANIZER, "w", &form).await
    };
    for seats in [2, 3] {
        assert_eq!(revise(seats).await.unwrap().capacity(), seats);
    }
    let fewer = revise(2).await;
    assert!(
        matches!(&fewer, Err(Failure::Invalid(problems))
            if problems.of("capacity") == Some(&Reason::FewerThanBooked(3))),
        "{fewer:?}"
    );
}

async fn what_is_over_is_not_called_off(kit: &Kit) {
    kit.workshop("w", 2).await;
    let form = walk_in("Lê An");
    kit.services
        .walk_in(&ORGANIZER, "w", &form, true)
        .await
        .unwrap();
    kit.clock.advance(Duration::days(11));
    let mut form = domain::TellForm::everybody(1);
    form.note_vi = "Mưa bão".to_owned();
    let late = kit.services.call_off(&ORGANIZER, "w", &form).await;
    assert!(
        matches!(late, Err(Failure::Conflict(Conflict::NotAllowedNow))),
        "{late:?}"
    );
    let figures = kit.services.summary(&ORGANIZER).await.unwrap();
    assert_eq!((figures.held, figures.funnel.came()), (1, 1));
}
