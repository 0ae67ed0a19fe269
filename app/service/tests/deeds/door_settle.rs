//! Whom devices let in alone: settled, and what that did taken back whole.

use crate::kit::{Kit, ORGANIZER, delegate, is_conflict, number, walk_in};
use crate::on_both;
use chrono::{DateTime, Duration, Utc};
use domain::{RegistrationState, Settlement};
use service::entity::{audit, checkin, door_conflict, registration};
use service::{
    Actor, CheckedBy, Conflict, DoorBatch, LogActor, OfflineScan, Scanned, WorkshopView,
};

on_both!(
    a_walk_in_who_was_counted_leaves_with_the_settlement,
    a_seat_that_was_given_goes_back,
    a_device_may_overfill_the_room_and_the_log_says_so,
    the_time_somebody_came_is_as_it_was,
    who_let_in_stays_who_let_in,
    who_is_counted_twice_stays_while_one_of_both_does,
    who_was_counted_at_two_times_goes_with_the_last_of_both,
    all_of_a_device_is_dismissed_at_once,
    a_closed_workshop_counts_nobody_and_dismisses,
);

const COUNTED: Settlement = Settlement::Counted;
const DISMISSED: Settlement = Settlement::Dismissed;

async fn begun(kit: &Kit, seats: u32) -> WorkshopView {
    let w = kit.workshop("w", seats).await;
    kit.register("w", &delegate(1)).await;
    kit.register("w", &delegate(2)).await;
    kit.clock.advance(w.sessions[0].starts_at - kit.now());
    w
}

/// A walk-in about whom nobody was asked.
fn typed(form: domain::WalkInForm) -> Scanned {
    Scanned::WalkIn {
        form,
        who: service::WhoCame::Judged,
    }
}

fn met(what: Scanned, nonce: &str, at: DateTime<Utc>) -> OfflineScan {
    OfflineScan {
        nonce: nonce.to_owned(),
        at,
        let_in: true,
        what,
    }
}

async fn hand_in(kit: &Kit, actor: &Actor, w: &WorkshopView, scans: Vec<OfflineScan>) {
    let batch = DoorBatch {
        session: w.sessions[0].id,
        device_now: kit.now(),
        scans,
        waiting: 0,
    };
    let done = kit.services.sync_door(actor, "w", None, &batch).await;
    assert!(done.unwrap().iter().all(|answer| answer.conflict));
}

/// In the order in which they were handed in.
async fn conflicts(kit: &Kit) -> Vec<door_conflict::Model> {
    let mut rows = kit.all(door_conflict::Entity).await;
    rows.sort_by_key(|row| row.id);
    rows
}

/// Settles the `n`th conflict.
async fn settle(kit: &Kit, n: usize, how: Settlement) {
    let id = conflicts(kit).await[n].id;
    let services = &kit.services;
    services
        .settle_conflict(&ORGANIZER, "w", id, how)
        .await
        .unwrap();
}

async fn rows(kit: &Kit) -> Vec<registration::Model> {
    let mut rows = kit.all(registration::Entity).await;
    rows.sort_by_key(|row| row.id);
    rows
}

async fn arrived(kit: &Kit) -> (u64, u64) {
    let door = kit.services.door(&ORGANIZER, "w").await.unwrap();
    (door.arrived, door.expected)
}

async fn deeds(kit: &Kit, deed: &str) -> usize {
    let log = kit.all(audit::Entity).await;
    number(&log, |line| line.deed == deed)
}

/// A walk-in whom a device of a revoked link let in, to a room of two.
async fn a_walk_in_who_was_counted_leaves_with_the_settlement(kit: &Kit) {
    let w = begun(kit, 2).await;
    let guest = typed(walk_in("Phạm Thị Út"));
    let early = w.sessions[0].starts_at - Duration::hours(9);
    hand_in(kit, &ORGANIZER, &w, vec![met(guest, "a", early)]).await;
    for _ in 0..2 {
        settle(kit, 0, COUNTED).await;
        assert_eq!(arrived(kit).await, (1, 3));
        settle(kit, 0, DISMISSED).await;
        assert_eq!(arrived(kit).await, (0, 2), "the registration is gone too");
    }
    assert_eq!(deeds(kit, "over_capacity").await, 2);
    assert_eq!(rows(kit).await.len(), 4, "each kept, and cancelled");
}

async fn a_device_may_overfill_the_room_and_the_log_says_so(kit: &Kit) {
    let w = begun(kit, 2).await;
    for (nonce, name) in [("a", "Phạm Thị Út"), ("b", "Phạm Thị Cả")] {
        let batch = DoorBatch {
            session: w.sessions[0].id,
            device_now: kit.now(),
            scans: vec![met(typed(walk_in(name)), nonce, kit.now())],
            waiting: 0,
        };
        for _ in 0..2 {
            let done = kit.services.sync_door(&ORGANIZER, "w", None, &batch).await;
            assert!(!done.unwrap()[0].conflict);
        }
    }
    assert_eq!(arrived(kit).await, (2, 4));
    assert_eq!(deeds(kit, "over_capacity").await, 2);
}

async fn a_seat_that_was_given_goes_back(kit: &Kit) {
    let w = begun(kit, 1).await;
    let waiting = rows(kit).await[1].clone();
    assert_eq!(*waiting.state, RegistrationState::Waitlisted);
    let scan = met(Scanned::Code(waiting.code), "a", kit.now());
    hand_in(kit, &ORGANIZER, &w, vec![scan]).await;
    settle(kit, 0, COUNTED).await;
    assert_eq!(*rows(kit).await[1].state, RegistrationState::Booked);
    assert_eq!(arrived(kit).await, (1, 2));
    settle(kit, 0, DISMISSED).await;
    assert_eq!(*rows(kit).await[1].state, RegistrationState::Waitlisted);
    assert_eq!(
        (arrived(kit).await, deeds(kit, "unseat").await),
        ((0, 1), 1)
    );
}

async fn the_time_somebody_came_is_as_it_was(kit: &Kit) {
    let w = begun(kit, 9).await;
    let code = rows(kit).await[0].code.clone();
    let first = kit.now();
    kit.clock.advance(Duration::minutes(30));
    let scan = service::ScanRequest {
        code: code.clone(),
        session: w.sessions[0].id,
        nonce: "online".to_owned(),
        at: None,
    };
    kit.services.check_in(&ORGANIZER, "w", &scan).await.unwrap();
    let came = async || kit.all(checkin::Entity).await[0].at;
    let later = came().await;
    hand_in(
        kit,
        &ORGANIZER,
        &w,
        vec![met(Scanned::Code(code), "a", first)],
    )
    .await;
    let shown = kit.services.door_conflicts(&ORGANIZER, "w").await.unwrap();
    let before = shown[0].first.as_ref().map(|(at, _)| *at);
    assert_eq!(before, Some(later), "who was first is said");
    settle(kit, 0, COUNTED).await;
    assert_eq!(came().await, first);
    settle(kit, 0, DISMISSED).await;
    assert_eq!((came().await, arrived(kit).await), (later, (1, 2)));
    assert_eq!(deeds(kit, "move_check_in").await, 2);
}

/// Counting a scan makes it nobody else's; an earlier time comes with the one
/// who was there then, and goes with them.
async fn who_let_in_stays_who_let_in(kit: &Kit) {
    let w = begun(kit, 9).await;
    let services = &kit.services;
    let mut devices = Vec::new();
    for door in ["Cửa chính", "Cửa phụ"] {
        services
            .make_door_link(&ORGANIZER, "w", door)
            .await
            .unwrap();
        let keys = services.door_keys(&ORGANIZER, "w").await.unwrap();
        let link = keys.links.iter().find(|link| link.row.label == door);
        let link = link.unwrap().address.rsplit('/').next().unwrap().to_owned();
        let (_, token) = services.enter_door(&link).await.unwrap();
        devices.push(services.actor_by_device(&token).await.unwrap().unwrap());
    }
    let label = |n: usize| match &devices[n] {
        Actor::Door { device, .. } => format!("device:{device}"),
        other => panic!("{other:?}"),
    };
    let code = rows(kit).await[0].code.clone();
    let early = w.sessions[0].starts_at - Duration::hours(9);
    let scan = |nonce, at| vec![met(Scanned::Code(code.clone()), nonce, at)];
    hand_in(kit, &devices[0], &w, scan("a", early + Duration::hours(1))).await;
    settle(kit, 0, COUNTED).await;
    let by = async || kit.all(checkin::Entity).await[0].actor.clone();
    assert_eq!(by().await, label(0), "not the organiser who settled it");
    hand_in(kit, &devices[1], &w, scan("b", early)).await;
    settle(kit, 1, COUNTED).await;
    assert_eq!(by().await, label(1), "who scanned at the time that counts");
    settle(kit, 1, DISMISSED).await;
    assert_eq!(by().await, label(0));
    let log = services.workshop_log(&ORGANIZER, w.row.id).await.unwrap();
    let met: Vec<_> = log
        .iter()
        .filter(|line| line.deed == "door_conflict")
        .collect();
    assert!(
        matches!(&met[0].who, LogActor::Device(name) if name.starts_with("Cửa phụ")),
        "{:?}",
        met[0]
    );
    let fields: Vec<&str> = met[0]
        .changes
        .iter()
        .map(|one| one.field.as_str())
        .collect();
    assert!(
        fields.contains(&"refusal") && fields.contains(&"session"),
        "{fields:?}"
    );
}

async fn who_is_counted_twice_stays_while_one_of_both_does(kit: &Kit) {
    let w = begun(kit, 1).await;
    let code = rows(kit).await[1].code.clone();
    let scans = ["a", "b"].map(|nonce| met(Scanned::Code(code.clone()), nonce, kit.now()));
    hand_in(kit, &ORGANIZER, &w, scans.to_vec()).await;
    settle(kit, 0, COUNTED).await;
    settle(kit, 1, COUNTED).await;
    assert_eq!(arrived(kit).await, (1, 2));
    settle(kit, 0, DISMISSED).await;
    assert_eq!(arrived(kit).await, (1, 2), "the other one counts");
    settle(kit, 1, DISMISSED).await;
    assert_eq!(arrived(kit).await, (0, 1), "and the seat went with it");
}

/// The second one says an earlier time; either is dismissed first.
async fn who_was_counted_at_two_times_goes_with_the_last_of_both(kit: &Kit) {
    let w = begun(kit, 1).await;
    let code = rows(kit).await[1].code.clone();
    let earlier = kit.now() - Duration::minutes(10);
    let scans = [("a", kit.now()), ("b", earlier)];
    let scans = scans.map(|(nonce, at)| met(Scanned::Code(code.clone()), nonce, at));
    hand_in(kit, &ORGANIZER, &w, scans.to_vec()).await;
    for (first, last, left) in [(0, 1, earlier), (1, 0, kit.now())] {
        settle(kit, 0, COUNTED).await;
        settle(kit, 1, COUNTED).await;
        settle(kit, first, DISMISSED).await;
        assert_eq!(arrived(kit).await, (1, 2), "the other one counts");
        let stands = kit.all(checkin::Entity).await.into_iter();
        let stands: Vec<_> = stands.filter(|row| row.undone_at.is_none()).collect();
        assert_eq!(stands.iter().map(|row| row.at).collect::<Vec<_>>(), [left]);
        settle(kit, last, DISMISSED).await;
        assert_eq!(arrived(kit).await, (0, 1), "nobody counts any more");
    }
}

async fn all_of_a_device_is_dismissed_at_once(kit: &Kit) {
    let w = begun(kit, 9).await;
    let services = &kit.services;
    services
        .make_door_link(&ORGANIZER, "w", "Cửa phụ")
        .await
        .unwrap();
    let keys = services.door_keys(&ORGANIZER, "w").await.unwrap();
    let link = keys.links[0].address.rsplit('/').next().unwrap();
    let (_, token) = services.enter_door(link).await.unwrap();
    let device = services.actor_by_device(&token).await.unwrap().unwrap();
    let unknown = |n: usize| {
        met(
            Scanned::Code(format!("gõ bừa {n}")),
            &n.to_string(),
            kit.now(),
        )
    };
    hand_in(kit, &device, &w, (0..5).map(unknown).collect()).await;
    hand_in(kit, &ORGANIZER, &w, vec![unknown(9)]).await;
    let counts = services.count_door_conflicts(&ORGANIZER).await.unwrap();
    assert_eq!(counts.get(&w.row.id), Some(&6));
    let shown = services.door_conflicts(&ORGANIZER, "w").await.unwrap();
    assert_eq!(shown[1].by, CheckedBy::Device("Cửa phụ · 1".to_owned()));
    let id = shown[1].row.device_id.unwrap();
    let dismiss = async || services.dismiss_device(&ORGANIZER, "w", id).await;
    assert_eq!(dismiss().await.unwrap(), 5);
    assert_eq!(dismiss().await.unwrap(), 0);
    let counts = services.count_door_conflicts(&ORGANIZER).await.unwrap();
    assert_eq!(counts.get(&w.row.id), Some(&1), "the other device's waits");
    assert_eq!(deeds(kit, "settle_conflict").await, 5);
}

async fn a_closed_workshop_counts_nobody_and_dismisses(kit: &Kit) {
    let w = begun(kit, 1).await;
    let code = rows(kit).await[1].code.clone();
    let scans = ["a", "b"].map(|nonce| met(Scanned::Code(code.clone()), nonce, kit.now()));
    hand_in(kit, &ORGANIZER, &w, scans.to_vec()).await;
    settle(kit, 0, COUNTED).await;
    kit.clock.advance(w.ends_at() - kit.now());
    let services = &kit.services;
    services.close(&ORGANIZER, "w").await.unwrap();
    let conflicts = conflicts(kit).await;
    for (one, how) in [(0, DISMISSED), (1, COUNTED)] {
        let id = conflicts[one].id;
        let done = services.settle_conflict(&ORGANIZER, "w", id, how).await;
        is_conflict(done, Conflict::NotAllowedNow);
    }
    settle(kit, 1, DISMISSED).await;
    assert_eq!(arrived(kit).await.0, 1);
}
