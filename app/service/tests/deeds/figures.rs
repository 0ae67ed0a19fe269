//! Who attended: by the share of the sessions, corrected by hand, signed off by
//! two, and reopened with a reason.

use crate::kit::{Kit, ORGANIZER, delegate, is_conflict, is_problem, session_at, walk_in};
use crate::on_both;
use chrono::Duration;
use domain::{AccountRole, Allowing, AttendanceState, CheckinOutcome, Refusal};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use service::entity::{attendance_mark, session_lock, workshop};
use service::{Conflict, Failure, ScanRequest, WorkshopView};

on_both!(
    a_workshop_is_attended_by_its_share_of_sessions,
    a_correction_outranks_the_scan_until_it_is_taken_back,
    figures_are_signed_off_by_a_second_person_and_then_stand,
    only_who_may_puts_forward_signs_and_corrects,
);

/// A published workshop of two sessions on one day.
async fn two_sessions(kit: &Kit) -> WorkshopView {
    let services = &kit.services;
    services
        .schedule(&ORGANIZER, &crate::kit::workshop_form("w", 9))
        .await
        .unwrap();
    let afternoon = session_at("Hội trường A", "2026-12-03T13:30", "2026-12-03T16:30");
    services
        .add_session(&ORGANIZER, "w", &afternoon, Allowing::default())
        .await
        .unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap()
}

async fn scan(kit: &Kit, w: &WorkshopView, session: usize, code: &str) -> CheckinOutcome {
    let request = ScanRequest {
        code: code.to_owned(),
        session: w.sessions[session].id,
        nonce: format!("{session}-{code}-{}", kit.now()),
        at: None,
    };
    let done = kit.services.check_in(&ORGANIZER, "w", &request);
    done.await.unwrap().outcome
}

/// What was put forward last.
async fn lock(kit: &Kit) -> i64 {
    let locks = kit.all(session_lock::Entity).await;
    locks.iter().map(|lock| lock.id).max().unwrap()
}

async fn set_share(kit: &Kit, share: i64) {
    let row = workshop::Entity::find()
        .one(kit.services.db().read())
        .await
        .unwrap();
    let mut row = row.unwrap().into_active_model();
    row.attended_share = Set(share);
    let db = kit.services.db();
    db.write(|tx| {
        let row = row.clone();
        async move { Ok(row.update(&*tx).await?) }
    })
    .await
    .unwrap();
}

async fn attendances(kit: &Kit) -> (u32, u32) {
    let summary = kit.services.summary(&ORGANIZER).await.unwrap();
    (summary.tally.attendances, summary.verified.attendances)
}

async fn a_workshop_is_attended_by_its_share_of_sessions(kit: &Kit) {
    let w = two_sessions(kit).await;
    let both = kit.register("w", &delegate(1)).await;
    let one = kit.register("w", &delegate(2)).await;
    kit.register("w", &delegate(3)).await;
    kit.clock.advance(w.sessions[0].starts_at - kit.now());
    for (session, code) in [(0, &both.code), (1, &both.code), (1, &one.code)] {
        assert_eq!(scan(kit, &w, session, code).await, CheckinOutcome::Admitted);
    }
    assert_eq!(attendances(kit).await, (2, 0));
    for (share, expected) in [(51, 1), (100, 1), (1, 2)] {
        set_share(kit, share).await;
        assert_eq!(attendances(kit).await, (expected, 0), "{share} %");
    }
    let cockpit = kit.services.cockpit(&ORGANIZER, "w").await.unwrap();
    assert_eq!(cockpit.headcount.funnel.attended, 2);
}

async fn a_correction_outranks_the_scan_until_it_is_taken_back(kit: &Kit) {
    let w = kit.workshop("w", 9).await;
    let came = kit.register("w", &delegate(1)).await;
    let away = kit.register("w", &delegate(2)).await;
    kit.clock.advance(w.sessions[0].starts_at - kit.now());
    scan(kit, &w, 0, &came.code).await;
    let session = w.sessions[0].id;
    let correct = async |id: i64, state, why: &str| {
        let services = &kit.services;
        services
            .correct_attendance(&ORGANIZER, "w", session, id, state, why)
            .await
    };
    use AttendanceState::{Absent, Late, NotSet, Present};
    is_problem(correct(came.id, Absent, " ").await, "reason");
    is_problem(correct(came.id, NotSet, "Nhầm").await, "state");
    correct(came.id, Absent, "Ký thay người khác")
        .await
        .unwrap();
    assert_eq!(attendances(kit).await, (0, 0));
    correct(away.id, Present, "Máy quét hỏng").await.unwrap();
    correct(away.id, Late, "Máy quét hỏng").await.unwrap();
    assert_eq!(attendances(kit).await, (1, 0));
    for _ in 0..2 {
        for id in [came.id, away.id] {
            let undo = kit.services.undo_correction(&ORGANIZER, "w", session, id);
            undo.await.unwrap();
        }
    }
    assert_eq!(attendances(kit).await, (1, 0), "the scan stands again");
    let marks = kit.all(attendance_mark::Entity).await;
    assert_eq!(marks.len(), 3, "superseded ones are kept");
    assert!(marks.iter().all(|mark| mark.undone_at.is_some()));
}

async fn figures_are_signed_off_by_a_second_person_and_then_stand(kit: &Kit) {
    let w = kit.workshop("w", 9).await;
    let one = kit.register("w", &delegate(1)).await;
    let two = kit.register("w", &delegate(2)).await;
    let session = w.sessions[0].id;
    let services = &kit.services;
    let organizer = &kit.staff(AccountRole::Organizer, &[]).await;
    let propose = async || services.propose_figures(organizer, "w", session).await;
    is_conflict(propose().await, Conflict::NotAllowedNow);
    kit.clock.advance(w.sessions[0].starts_at - kit.now());
    scan(kit, &w, 0, &one.code).await;
    kit.clock.advance(Duration::hours(5));
    propose().await.unwrap();
    is_conflict(propose().await, Conflict::FiguresLocked);
    assert_eq!(attendances(kit).await, (1, 0), "not signed yet");
    let own = services
        .sign_figures(organizer, "w", session, lock(kit).await)
        .await;
    is_conflict(own, Conflict::OwnFigures);
    // A token may belong to the same person.
    let token = services
        .sign_figures(&ORGANIZER, "w", session, lock(kit).await)
        .await;
    assert!(matches!(token, Err(Failure::Forbidden)), "{token:?}");
    let director = kit.staff(AccountRole::Director, &[]).await;
    services
        .sign_figures(&director, "w", session, lock(kit).await)
        .await
        .unwrap();
    assert_eq!(attendances(kit).await, (1, 1));

    let locked = CheckinOutcome::Refused(Refusal::Locked);
    assert_eq!(scan(kit, &w, 0, &two.code).await, locked);
    let stands = Conflict::FiguresLocked;
    let form = walk_in("Phạm Thị Út");
    is_conflict(services.walk_in(&ORGANIZER, "w", &form, true).await, stands);
    is_conflict(
        services
            .undo_check_in(&ORGANIZER, "w", session, one.id)
            .await,
        stands,
    );
    let absent = AttendanceState::Absent;
    let corrected = services.correct_attendance(&ORGANIZER, "w", session, one.id, absent, "Nhầm");
    is_conflict(corrected.await, stands);
    assert_eq!(attendances(kit).await, (1, 1));

    let reopen = async |why| services.reopen_figures(&director, "w", session, why).await;
    is_problem(reopen("").await, "reason");
    reopen("Sót một phiếu ký").await.unwrap();
    is_conflict(reopen("Sót một phiếu ký").await, Conflict::NotAllowedNow);
    assert_eq!(attendances(kit).await, (1, 0));
    assert_eq!(scan(kit, &w, 0, &two.code).await, CheckinOutcome::Admitted);
    propose().await.unwrap();
    services
        .sign_figures(&director, "w", session, lock(kit).await)
        .await
        .unwrap();
    assert_eq!(attendances(kit).await, (2, 2));
    assert_eq!(kit.count(session_lock::Entity).await, 2, "history is kept");
}

async fn only_who_may_puts_forward_signs_and_corrects(kit: &Kit) {
    let w = kit.workshop("w", 9).await;
    let session = w.sessions[0].id;
    kit.clock.advance(w.ends_at() - kit.now());
    let services = &kit.services;
    let door = kit.staff(AccountRole::Door, &["w"]).await;
    let director = kit.staff(AccountRole::Director, &[]).await;
    let absent = AttendanceState::Absent;
    for refused in [
        services.propose_figures(&door, "w", session).await,
        services.propose_figures(&director, "w", session).await,
        services.sign_figures(&door, "w", session, 1).await,
        services.reopen_figures(&door, "w", session, "x").await,
        services
            .correct_attendance(&director, "w", session, 1, absent, "x")
            .await,
        services.undo_correction(&door, "w", session, 1).await,
    ] {
        assert!(matches!(refused, Err(Failure::Forbidden)), "{refused:?}");
    }
}
