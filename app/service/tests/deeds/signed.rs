//! What is put forward and signed stays as it was, whatever comes later.

use crate::kit::{
    Kit, ORGANIZER, delegate, is_conflict, named, number, session_at, walk_in, workshop_form,
};
use crate::on_both;
use chrono::Duration;
use domain::{
    AccountRole, Allowing, AttendanceState, DelegateRow, RegistrationForm, RegistrationState,
};
use sea_orm::ConnectionTrait;
use service::entity::{audit, likeness, session_lock, session_lock_row};
use service::{
    Actor, AttendancePage, Conflict, Failure, MergeChoice, Registered, ScanRequest, WorkshopView,
};

on_both!(
    nobody_who_comes_later_changes_what_was_signed,
    the_rules_stand_while_anything_is_signed,
    what_was_looked_at_is_signed_and_nothing_else,
    two_who_turn_out_to_be_one_stay_two_attendances_where_signed,
    one_person_counts_once_whichever_registration_was_met,
    who_is_merged_between_two_signatures_counts_once,
    a_photo_that_was_signed_over_stays,
    a_closed_workshop_changes_no_figures,
    what_was_signed_before_it_was_kept_is_kept,
);

struct Staff {
    organizer: Actor,
    director: Actor,
}

async fn staff(kit: &Kit) -> Staff {
    Staff {
        organizer: kit.staff(AccountRole::Organizer, &[]).await,
        director: kit.staff(AccountRole::Director, &[]).await,
    }
}

impl Staff {
    async fn propose(&self, kit: &Kit, session: i64) -> Result<i64, Failure> {
        let services = &kit.services;
        services
            .propose_figures(&self.organizer, "w", session)
            .await?;
        let page = page(kit, session).await;
        Ok(page.figures.lock.unwrap())
    }

    async fn sign(&self, kit: &Kit, session: i64) {
        let lock = self.propose(kit, session).await.unwrap();
        let services = &kit.services;
        services
            .sign_figures(&self.director, "w", session, lock)
            .await
            .unwrap();
    }

    async fn reopen(&self, kit: &Kit, session: i64) {
        let services = &kit.services;
        services
            .reopen_figures(&self.director, "w", session, "Sót một phiếu")
            .await
            .unwrap();
    }
}

/// A published workshop, in the morning and in the afternoon.
async fn two_sessions(kit: &Kit, share: &str) -> WorkshopView {
    let services = &kit.services;
    let mut form = workshop_form("w", 9);
    share.clone_into(&mut form.attended_share);
    services.schedule(&ORGANIZER, &form).await.unwrap();
    let afternoon = session_at("Hội trường A", "2026-12-03T13:30", "2026-12-03T16:30");
    services
        .add_session(&ORGANIZER, "w", &afternoon, Allowing::default())
        .await
        .unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap()
}

async fn page(kit: &Kit, session: i64) -> AttendancePage {
    let services = &kit.services;
    let page = services.attendance_page(&ORGANIZER, "w", Some(session));
    page.await.unwrap()
}

async fn scan(kit: &Kit, session: i64, who: &Registered) {
    let request = ScanRequest {
        code: who.code.clone(),
        session,
        nonce: format!("{session}-{}", who.code),
        at: None,
    };
    let done = kit.services.check_in(&ORGANIZER, "w", &request);
    assert!(done.await.unwrap().person.is_some());
}

/// Attendances and persons: as far as known, and verified.
async fn figures(kit: &Kit) -> [(u32, u32); 2] {
    let summary = kit.services.summary(&ORGANIZER).await.unwrap();
    [summary.tally, summary.verified].map(|tally| (tally.attendances, tally.persons))
}

fn is_at(kit: &Kit, w: &WorkshopView, session: usize) {
    kit.clock.advance(w.sessions[session].starts_at - kit.now());
}

async fn deeds(kit: &Kit, deed: &str) -> usize {
    let log = kit.all(audit::Entity).await;
    number(&log, |line| line.deed == deed && line.noun == "workshop")
}

async fn nobody_who_comes_later_changes_what_was_signed(kit: &Kit) {
    let w = two_sessions(kit, "50").await;
    let (morning, afternoon) = (w.sessions[0].id, w.sessions[1].id);
    let mut all = Vec::new();
    for n in 1..4 {
        all.push(kit.register("w", &delegate(n)).await);
    }
    is_at(kit, &w, 0);
    scan(kit, morning, &all[0]).await;
    let guest = kit.let_in(&walk_in("Phạm Thị Út"), true).await;
    is_at(kit, &w, 1);
    let staff = staff(kit).await;
    staff.sign(kit, morning).await;
    let before = page(kit, morning).await;
    let states: Vec<_> = before.counts.iter().map(|(_, number)| *number).collect();
    assert_eq!(states, [0, 2, 0, 2, 0], "two came, two did not");
    let all_figures = figures(kit).await;

    // Another one comes, a colleague comes instead, somebody is taken back.
    let services = &kit.services;
    kit.let_in(&walk_in("Lê Thị Mới"), true).await;
    let colleague = DelegateRow {
        full_name: "Trần Văn Thay".to_owned(),
        ..DelegateRow::default()
    };
    services
        .colleague_came(&ORGANIZER, "w", afternoon, all[1].id, &colleague)
        .await
        .unwrap();
    let taken_back = services
        .undo_check_in(&ORGANIZER, "w", morning, guest.registration_id)
        .await;
    is_conflict(taken_back, Conflict::FiguresLocked);
    let after = page(kit, morning).await;
    assert_eq!(after.counts, before.counts);
    let ids = |page: &AttendancePage| {
        let rows = page.rows.iter();
        rows.map(|row| (row.registration_id, row.attendance))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&after), ids(&before));
    let gone = after
        .rows
        .iter()
        .find(|row| row.registration_id == all[1].id);
    assert_eq!(gone.unwrap().state, RegistrationState::Substituted);
    assert_eq!(figures(kit).await[1], all_figures[1]);

    // Once it is opened again it says what is so now.
    staff.reopen(kit, morning).await;
    let open = page(kit, morning).await;
    assert_eq!(open.rows.len(), 5);
    assert!(open.rows.iter().all(|row| row.registration_id != all[1].id));
}

async fn the_rules_stand_while_anything_is_signed(kit: &Kit) {
    let w = two_sessions(kit, "50").await;
    let one = kit.register("w", &delegate(1)).await;
    is_at(kit, &w, 0);
    scan(kit, w.sessions[0].id, &one).await;
    is_at(kit, &w, 1);
    let staff = staff(kit).await;
    staff.propose(kit, w.sessions[0].id).await.unwrap();
    let revise = async |late: &str, share: &str, seats: u32| {
        let mut form = workshop_form("w", seats);
        late.clone_into(&mut form.late_after);
        share.clone_into(&mut form.attended_share);
        kit.services.revise(&ORGANIZER, "w", &form).await.map(drop)
    };
    is_conflict(revise("15", "100", 9).await, Conflict::FiguresLocked);
    is_conflict(revise("0", "50", 9).await, Conflict::FiguresLocked);
    revise("15", "50", 12).await.unwrap();
    staff.reopen(kit, w.sessions[0].id).await;
    revise("0", "100", 12).await.unwrap();
}

async fn what_was_looked_at_is_signed_and_nothing_else(kit: &Kit) {
    let w = kit.workshop("w", 9).await;
    let one = kit.register("w", &delegate(1)).await;
    let session = w.sessions[0].id;
    kit.clock.advance(w.ends_at() - kit.now());
    let staff = staff(kit).await;
    let old = staff.propose(kit, session).await.unwrap();
    staff.reopen(kit, session).await;
    let present = AttendanceState::Present;
    let services = &kit.services;
    services
        .correct_attendance(&ORGANIZER, "w", session, one.id, present, "Quên quét")
        .await
        .unwrap();
    let new = staff.propose(kit, session).await.unwrap();
    let sign = async |lock| {
        services
            .sign_figures(&staff.director, "w", session, lock)
            .await
    };
    is_conflict(sign(old).await, Conflict::Outdated);
    assert_eq!(figures(kit).await, [(1, 1), (0, 0)]);
    sign(new).await.unwrap();
    assert_eq!(figures(kit).await, [(1, 1), (1, 1)]);
    for deed in ["propose_figures", "sign_figures", "reopen_figures"] {
        assert!(deeds(kit, deed).await > 0, "{deed}");
    }
    let log = services.workshop_log(&ORGANIZER, w.row.id).await.unwrap();
    let opened = log.iter().find(|line| line.deed == "reopen_figures");
    let why = &opened.unwrap().changes;
    assert!(why.iter().any(|one| one.field == "reason"), "{why:?}");
}

/// The same name at one establishment with two phones.
fn alike(phone: &str) -> RegistrationForm {
    RegistrationForm {
        email: String::new(),
        ..named("Lê Văn An", phone)
    }
}

async fn merge(kit: &Kit) -> i64 {
    let id = kit.all(likeness::Entity).await[0].id;
    let choice = MergeChoice::default();
    kit.services.merge(&ORGANIZER, id, choice).await.unwrap();
    id
}

async fn two_who_turn_out_to_be_one_stay_two_attendances_where_signed(kit: &Kit) {
    let w = kit.workshop("w", 9).await;
    let session = w.sessions[0].id;
    let one = kit.register("w", &alike("0950000001")).await;
    let other = kit.register("w", &alike("0950000002")).await;
    is_at(kit, &w, 0);
    scan(kit, session, &one).await;
    scan(kit, session, &other).await;
    kit.clock.advance(Duration::hours(5));
    let staff = staff(kit).await;
    staff.sign(kit, session).await;
    assert_eq!(figures(kit).await, [(2, 2), (2, 2)]);
    let id = merge(kit).await;
    assert_eq!(figures(kit).await, [(2, 1), (2, 1)], "signed as two");
    assert_eq!(page(kit, session).await.rows.len(), 2);
    assert_eq!(deeds(kit, "merge_signed").await, 1);
    staff.reopen(kit, session).await;
    assert_eq!(figures(kit).await, [(1, 1), (0, 0)], "known to be one");
    staff.sign(kit, session).await;
    assert_eq!(figures(kit).await, [(1, 1), (1, 1)]);
    kit.services.undo_judgement(&ORGANIZER, id).await.unwrap();
    assert_eq!(figures(kit).await, [(1, 1), (1, 1)], "signed as one");
    assert_eq!(deeds(kit, "part_signed").await, 1);
}

async fn one_person_counts_once_whichever_registration_was_met(kit: &Kit) {
    let w = two_sessions(kit, "60").await;
    let (morning, afternoon) = (w.sessions[0].id, w.sessions[1].id);
    let one = kit.register("w", &alike("0950000001")).await;
    let other = kit.register("w", &alike("0950000002")).await;
    is_at(kit, &w, 0);
    scan(kit, morning, &one).await;
    is_at(kit, &w, 1);
    scan(kit, afternoon, &other).await;
    assert_eq!(figures(kit).await[0], (0, 0), "one of two sessions each");
    merge(kit).await;
    assert_eq!(figures(kit).await[0], (1, 1), "both sessions");
    for session in [morning, afternoon] {
        let rows = page(kit, session).await.rows;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].state, RegistrationState::Booked);
        assert_eq!(rows[0].attendance, AttendanceState::Present);
    }
    let board = kit.services.board(&ORGANIZER, "w").await.unwrap();
    assert_eq!((board.all.arrived, board.all.expected), (1, 1));
    let door = kit.services.door(&ORGANIZER, "w").await.unwrap();
    assert_eq!((door.arrived, door.expected), (1, 1));
    // A correction is the person's, whichever registration was scanned.
    let booked = page(kit, morning).await.rows[0].registration_id;
    let absent = AttendanceState::Absent;
    let services = &kit.services;
    services
        .correct_attendance(&ORGANIZER, "w", morning, booked, absent, "Quét nhầm")
        .await
        .unwrap();
    assert_eq!(page(kit, morning).await.rows[0].attendance, absent);
    assert_eq!(figures(kit).await[0], (0, 0));
    services
        .undo_correction(&ORGANIZER, "w", morning, booked)
        .await
        .unwrap();
    assert_eq!(figures(kit).await[0], (1, 1));
}

/// One registration in two sessions, the first of which was signed for the
/// person that it was then.
async fn who_is_merged_between_two_signatures_counts_once(kit: &Kit) {
    let w = two_sessions(kit, "100").await;
    let (morning, afternoon) = (w.sessions[0].id, w.sessions[1].id);
    kit.register("w", &alike("0950000001")).await;
    let other = kit.register("w", &alike("0950000002")).await;
    is_at(kit, &w, 0);
    scan(kit, morning, &other).await;
    is_at(kit, &w, 1);
    let staff = staff(kit).await;
    staff.sign(kit, morning).await;
    merge(kit).await;
    scan(kit, afternoon, &other).await;
    assert_eq!(figures(kit).await, [(1, 1), (0, 0)], "both sessions");
    kit.clock.advance(w.ends_at() - kit.now());
    staff.sign(kit, afternoon).await;
    assert_eq!(figures(kit).await, [(1, 1), (1, 1)]);
}

async fn a_photo_that_was_signed_over_stays(kit: &Kit) {
    let w = kit.workshop("w", 9).await;
    let session = w.sessions[0].id;
    let services = &kit.services;
    let png = include_bytes!("files/so-do.png").to_vec();
    let upload = async || {
        let content = bytes::Bytes::from(png.clone());
        let content = futures::stream::iter([Ok::<_, std::io::Error>(content)]);
        services
            .upload_photo(&ORGANIZER, "w", session, "phieu.png", content)
            .await
    };
    let photo = upload().await.unwrap();
    kit.clock.advance(w.ends_at() - kit.now());
    let staff = staff(kit).await;
    staff.sign(kit, session).await;
    let withdraw = async || {
        services
            .withdraw_photo(&ORGANIZER, "w", session, photo.id, true)
            .await
    };
    is_conflict(withdraw().await, Conflict::FiguresLocked);
    is_conflict(upload().await, Conflict::FiguresLocked);
    assert_eq!(
        kit.files("files").len(),
        1,
        "nothing is left of a refused one"
    );
    assert!(!services.photos(&ORGANIZER, "w", session).await.unwrap().1);
    staff.reopen(kit, session).await;
    withdraw().await.unwrap();
}

async fn a_closed_workshop_changes_no_figures(kit: &Kit) {
    let w = two_sessions(kit, "50").await;
    let (morning, afternoon) = (w.sessions[0].id, w.sessions[1].id);
    kit.register("w", &delegate(1)).await;
    kit.clock.advance(w.ends_at() - kit.now());
    let staff = staff(kit).await;
    staff.sign(kit, morning).await;
    let services = &kit.services;
    services.close(&ORGANIZER, "w").await.unwrap();
    let stays = Conflict::NotAllowedNow;
    is_conflict(staff.propose(kit, afternoon).await.map(drop), stays);
    let reopened = services
        .reopen_figures(&staff.director, "w", morning, "Sót một phiếu")
        .await;
    is_conflict(reopened, stays);
    services.reopen(&ORGANIZER, "w").await.unwrap();
    staff.propose(kit, afternoon).await.unwrap();
    assert_eq!(kit.count(session_lock::Entity).await, 2);
}

async fn what_was_signed_before_it_was_kept_is_kept(kit: &Kit) {
    let w = kit.workshop("w", 9).await;
    let session = w.sessions[0].id;
    let mut all = Vec::new();
    for n in 1..6 {
        all.push(kit.register("w", &delegate(n)).await);
    }
    is_at(kit, &w, 0);
    scan(kit, session, &all[0]).await;
    scan(kit, session, &all[1]).await;
    kit.clock.advance(Duration::minutes(16));
    scan(kit, session, &all[2]).await;
    kit.clock.advance(Duration::hours(5));
    let services = &kit.services;
    for (one, state) in [(1, AttendanceState::Absent), (3, AttendanceState::Excused)] {
        let id = all[one].id;
        services
            .correct_attendance(&ORGANIZER, "w", session, id, state, "Nhầm")
            .await
            .unwrap();
    }
    staff(kit).await.sign(kit, session).await;
    let kept = async || {
        let rows = kit.all(session_lock_row::Entity).await.into_iter();
        let mut rows: Vec<_> = rows
            .map(|row| (row.lock_id, row.registration_id, row.person_id, *row.state))
            .collect();
        rows.sort_by_key(|row| row.1);
        rows
    };
    let before = kept().await;
    use AttendanceState::{Absent, Excused, Late, Present};
    let states: Vec<_> = before.iter().map(|row| row.3).collect();
    assert_eq!(states, [Present, Absent, Late, Excused, Absent]);
    // The schema as it was, and then as it is.
    for statement in [
        "DROP TABLE session_lock_row",
        "ALTER TABLE door_conflict DROP COLUMN did",
        "DELETE FROM seaql_migrations WHERE version = 'm20261130_figures'",
    ] {
        let db = services.db();
        db.write(|tx| async move { Ok(tx.execute_unprepared(statement).await?) })
            .await
            .unwrap();
    }
    services.migrate().await.unwrap();
    assert_eq!(kept().await, before);
}
