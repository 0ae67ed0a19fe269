//! A colleague who came instead, and what people are asked at the door.

use crate::kit::{Kit, ORGANIZER, delegate, is_conflict, is_problem, number};
use crate::on_both;
use domain::{
    AccountRole, AttendanceState, CheckinOutcome, Consents, DelegateRow, Purpose, Refusal,
    RegistrationSource, RegistrationState,
};
use service::entity::{audit, checkin, consent, registration};
use service::{Conflict, DoorBatch, OfflineScan, PeopleQuery, ScanRequest, Scanned, WorkshopView};

on_both!(
    a_colleague_takes_the_seat_and_is_in,
    nobody_takes_the_seat_of_who_came_or_twice,
    a_colleague_who_is_refused_leaves_the_holder_in,
    who_was_named_by_others_is_asked_once,
);

fn colleague(name: &str) -> DelegateRow {
    DelegateRow {
        full_name: name.to_owned(),
        ..DelegateRow::default()
    }
}

/// A workshop that begins now, with two people.
async fn begun(kit: &Kit) -> (WorkshopView, registration::Model, registration::Model) {
    let w = kit.workshop("w", 2).await;
    kit.register("w", &delegate(1)).await;
    kit.register("w", &delegate(2)).await;
    kit.clock.advance(w.sessions[0].starts_at - kit.now());
    let mut rows = kit.in_state(RegistrationState::Booked).await.into_iter();
    (w, rows.next().unwrap(), rows.next().unwrap())
}

async fn scan(kit: &Kit, w: &WorkshopView, code: &str) {
    let request = ScanRequest {
        code: code.to_owned(),
        session: w.sessions[0].id,
        nonce: code.to_owned(),
        at: None,
    };
    let done = kit.services.check_in(&ORGANIZER, "w", &request);
    done.await.unwrap();
}

async fn a_colleague_takes_the_seat_and_is_in(kit: &Kit) {
    let (w, one, _) = begun(kit).await;
    let session = w.sessions[0].id;
    // The code lets in at once; only then it shows that somebody else carries it.
    scan(kit, &w, &one.code).await;
    let form = colleague("Phạm Thị Út");
    let came = kit
        .services
        .colleague_came(&ORGANIZER, "w", session, one.id, &form)
        .await
        .unwrap();
    assert_eq!(came.full_name, "Phạm Thị Út");
    assert_eq!((came.since.is_some(), came.consent_pending), (true, true));
    let rows = kit.all(registration::Entity).await;
    let is = |id: i64, state| rows.iter().any(|row| row.id == id && *row.state == state);
    assert!(is(one.id, RegistrationState::Substituted));
    assert!(is(came.registration_id, RegistrationState::Booked));
    let made = rows
        .iter()
        .find(|row| row.id == came.registration_id)
        .unwrap();
    assert_eq!(*made.source, RegistrationSource::Substitute);
    assert_eq!(
        (*made.role, made.establishment_id),
        (*one.role, one.establishment_id)
    );
    let checkins = kit.all(checkin::Entity).await;
    let standing = number(&checkins, |row| row.undone_at.is_none());
    assert_eq!((checkins.len(), standing), (2, 1));
    let summary = kit.services.summary(&ORGANIZER).await.unwrap();
    assert_eq!(summary.tally.attendances, 1);
}

async fn nobody_takes_the_seat_of_who_came_or_twice(kit: &Kit) {
    let (w, one, two) = begun(kit).await;
    let session = w.sessions[0].id;
    let services = &kit.services;
    let came = async |id: i64, name: &str| {
        let form = colleague(name);
        services
            .colleague_came(&ORGANIZER, "w", session, id, &form)
            .await
    };
    is_problem(came(one.id, " ").await, "full_name");
    is_problem(came(one.id, "Nguyễn Văn Số 2").await, "full_name");
    came(one.id, "Phạm Thị Út").await.unwrap();
    is_conflict(came(one.id, "Lê Thị Ba").await, Conflict::NotAllowedNow);
    kit.clock.advance(w.ends_at() - kit.now());
    let organizer = kit.staff(AccountRole::Organizer, &[]).await;
    services
        .propose_figures(&organizer, "w", session)
        .await
        .unwrap();
    is_conflict(came(two.id, "Lê Thị Ba").await, Conflict::FiguresLocked);
}

/// A device says late that a colleague came, when a list says otherwise.
async fn a_colleague_who_is_refused_leaves_the_holder_in(kit: &Kit) {
    let (w, one, _) = begun(kit).await;
    let session = w.sessions[0].id;
    scan(kit, &w, &one.code).await;
    let stood_there = kit.now();
    kit.clock.advance(w.ends_at() - kit.now());
    let services = &kit.services;
    let present = AttendanceState::Present;
    services
        .correct_attendance(
            &ORGANIZER,
            "w",
            session,
            one.id,
            present,
            "Có tên trong danh sách",
        )
        .await
        .unwrap();
    let batch = DoorBatch {
        session,
        device_now: kit.now(),
        scans: vec![OfflineScan {
            nonce: "a".to_owned(),
            at: stood_there,
            let_in: true,
            what: Scanned::Colleague {
                code: one.code.clone(),
                full_name: "Phạm Thị Út".to_owned(),
            },
        }],
        waiting: 0,
    };
    let done = services.sync_door(&ORGANIZER, "w", None, &batch).await;
    let done = done.unwrap();
    let refused = CheckinOutcome::Refused(Refusal::NotReplaced);
    assert_eq!((done[0].outcome, done[0].conflict), (refused, true));
    let checkins = kit.all(checkin::Entity).await;
    assert!(checkins[0].undone_at.is_none(), "nothing was changed");
    assert_eq!(kit.in_state(RegistrationState::Booked).await.len(), 2);
    let log = kit.all(audit::Entity).await;
    assert_eq!(number(&log, |line| line.deed == "undo_check_in"), 0);
}

async fn who_was_named_by_others_is_asked_once(kit: &Kit) {
    let (w, one, _) = begun(kit).await;
    let session = w.sessions[0].id;
    let services = &kit.services;
    let form = colleague("Phạm Thị Út");
    let came = services
        .colleague_came(&ORGANIZER, "w", session, one.id, &form)
        .await
        .unwrap();
    let pending = async || {
        let query = PeopleQuery {
            consent_pending: true,
            ..PeopleQuery::default()
        };
        let people = services.people(&ORGANIZER, "w", &query, 1).await.unwrap();
        people.rows.len()
    };
    assert_eq!(pending().await, 1);
    let wanted = Consents {
        materials: true,
        ..Consents::default()
    };
    for wanted in [
        wanted,
        Consents {
            invitations: true,
            ..wanted
        },
    ] {
        services
            .agree_at_door(&ORGANIZER, "w", came.registration_id, wanted)
            .await
            .unwrap();
    }
    assert_eq!(pending().await, 0, "asked, although reporting was refused");
    let rows = kit.all(consent::Entity).await;
    let mut given: Vec<_> = rows
        .iter()
        .filter(|row| row.registration_id == came.registration_id)
        .map(|row| {
            (
                *row.purpose,
                row.channel.as_str(),
                row.withdrawn_at.is_none(),
            )
        })
        .collect();
    given.sort_by_key(|(purpose, ..)| *purpose);
    assert_eq!(
        given,
        [
            (Purpose::Reporting, "door", false),
            (Purpose::Materials, "door", true)
        ]
    );
}
