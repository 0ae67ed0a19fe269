//! Attendance of a session side by side, and figures that wait for a second
//! person.

use crate::kit::{Kit, ORGANIZER, at, named, number};
use crate::on_both;
use domain::{AccountRole, AttendanceState, Difference, FiguresState, RegistrationForm};
use service::{Actor, AttendancePage, Failure, PeopleQuery, Registered, ScanRequest, WorkshopView};

on_both!(
    everybody_stands_once_with_what_is_known,
    differences_show_where_scan_and_paper_were_both_used,
    who_may_be_one_person_is_noted_when_both_came,
    the_director_sees_numbers_and_signs,
    who_signed_on_paper_has_attended_everywhere,
    the_rules_of_a_workshop_can_be_set,
);

async fn page(kit: &Kit, actor: &Actor) -> AttendancePage {
    kit.services
        .attendance_page(actor, "w", None)
        .await
        .unwrap()
}

fn count(page: &AttendancePage, state: AttendanceState) -> u64 {
    let mut counts = page.counts.iter();
    counts.find(|(of, _)| *of == state).unwrap().1
}

async fn scan(kit: &Kit, w: &WorkshopView, who: &Registered) {
    let request = ScanRequest {
        code: who.code.clone(),
        session: w.sessions[0].id,
        nonce: format!("n{}", who.id),
        at: None,
    };
    let done = kit.services.check_in(&ORGANIZER, "w", &request);
    assert!(done.await.unwrap().person.is_some());
}

fn until(kit: &Kit, moment: &str) {
    kit.clock.advance(at(moment) - kit.now());
}

/// Signs the rows of a fresh sheet.
async fn sign(kit: &Kit, w: &WorkshopView, rows: &str) {
    let services = &kit.services;
    let number = services
        .print_sheet(&ORGANIZER, "w", w.sessions[0].id)
        .await;
    let number = number.unwrap();
    let done = services
        .enter_rows(&ORGANIZER, "w", number.as_str(), rows)
        .await;
    assert!(done.unwrap().signed > 0);
}

async fn three(kit: &Kit) -> (WorkshopView, Vec<Registered>) {
    let w = kit.workshop("w", 10).await;
    let mut all = Vec::new();
    for (name, phone) in [
        ("Lê Văn Ba", "0950000001"),
        ("Lê Văn Hai", "0950000002"),
        ("Lê Văn An", "0950000003"),
    ] {
        all.push(kit.register("w", &named(name, phone)).await);
    }
    (w, all)
}

async fn everybody_stands_once_with_what_is_known(kit: &Kit) {
    let (w, all) = three(kit).await;
    let other = kit.workshop("other", 9).await;
    until(kit, "2026-12-03T07:20");
    let early = page(kit, &ORGANIZER).await;
    assert_eq!(count(&early, AttendanceState::NotSet), 3);
    until(kit, "2026-12-03T07:50");
    let door = kit.staff(AccountRole::Door, &["w"]).await;
    let request = ScanRequest {
        code: all[0].code.clone(),
        session: w.sessions[0].id,
        nonce: "n".to_owned(),
        at: None,
    };
    kit.services.check_in(&door, "w", &request).await.unwrap();
    until(kit, "2026-12-03T12:00");
    let excused = AttendanceState::Excused;
    let (services, session) = (&kit.services, w.sessions[0].id);
    services
        .correct_attendance(&ORGANIZER, "w", session, all[1].id, excused, "Ốm")
        .await
        .unwrap();
    let page = page(kit, &ORGANIZER).await;
    let names: Vec<&str> = page.rows.iter().map(|row| row.full_name.as_str()).collect();
    assert_eq!(names, ["Lê Văn An", "Lê Văn Ba", "Lê Văn Hai"]);
    let states: Vec<_> = page.rows.iter().map(|row| row.attendance).collect();
    assert_eq!(
        states,
        [AttendanceState::Absent, AttendanceState::Late, excused]
    );
    let scanned = page.rows[1].scanned.as_ref().unwrap();
    assert_eq!(
        (scanned.by.as_str(), scanned.offline),
        ("Lê Thị Nhung", false)
    );
    assert_eq!(page.rows[2].mark.as_ref().unwrap().reason, "Ốm");
    assert_eq!(count(&page, AttendanceState::Late), 1);
    assert_eq!(page.states, [FiguresState::Open]);
    let wrong = services.attendance_page(&ORGANIZER, "w", Some(999)).await;
    assert!(matches!(wrong, Err(Failure::NotFound)));
    // Corrections and their undoing stand in the log of this workshop alone,
    // with whom and where they were about.
    let undone = services.undo_correction(&ORGANIZER, "w", session, all[1].id);
    undone.await.unwrap();
    let log = async |id| services.workshop_log(&ORGANIZER, id).await.unwrap();
    for deed in ["correct_attendance", "undo_correction"] {
        let lines = log(w.row.id).await;
        let line = lines.iter().find(|line| line.deed == deed).unwrap();
        assert_eq!(line.person.as_deref(), Some("Lê Văn Hai"));
        let said = line.changes.iter().any(|one| one.field == "session");
        assert!(said, "{line:?}");
        let others = log(other.row.id).await;
        assert!(others.iter().all(|line| line.deed != deed));
    }
}

async fn differences_show_where_scan_and_paper_were_both_used(kit: &Kit) {
    let (w, all) = three(kit).await;
    until(kit, "2026-12-03T07:30");
    scan(kit, &w, &all[0]).await;
    assert_eq!(page(kit, &ORGANIZER).await.differing, 0, "no paper yet");
    // An, Ba, Hai: Ba is scanned, An and Hai sign.
    sign(kit, &w, "1 3").await;
    let both = page(kit, &ORGANIZER).await;
    let shown: Vec<_> = both.rows.iter().map(|row| row.difference).collect();
    let (not_scanned, not_signed) = (Difference::NotScanned, Difference::NotSigned);
    assert_eq!(
        shown,
        [Some(not_scanned), Some(not_signed), Some(not_scanned)]
    );
    let present = AttendanceState::Present;
    kit.services
        .correct_attendance(
            &ORGANIZER,
            "w",
            w.sessions[0].id,
            all[0].id,
            present,
            "Quên ký",
        )
        .await
        .unwrap();
    assert_eq!(page(kit, &ORGANIZER).await.differing, 2, "one is settled");
}

async fn who_may_be_one_person_is_noted_when_both_came(kit: &Kit) {
    let w = kit.workshop("w", 10).await;
    let form = |phone: &str| RegistrationForm {
        email: String::new(),
        ..named("Lê Văn An", phone)
    };
    let one = kit.register("w", &form("0950000001")).await;
    let other = kit.register("w", &form("0950000002")).await;
    until(kit, "2026-12-03T07:30");
    scan(kit, &w, &one).await;
    assert_eq!(page(kit, &ORGANIZER).await.alike, 0);
    scan(kit, &w, &other).await;
    let both = page(kit, &ORGANIZER).await;
    assert_eq!(both.alike, 2);
    assert_eq!(both.rows[0].alike, ["Lê Văn An"]);
    assert_eq!(number(&both.rows, |row| row.attendance.is_attended()), 2);
}

async fn the_director_sees_numbers_and_signs(kit: &Kit) {
    let (w, all) = three(kit).await;
    let session = w.sessions[0].id;
    until(kit, "2026-12-03T07:30");
    scan(kit, &w, &all[0]).await;
    until(kit, "2026-12-03T12:00");
    let services = &kit.services;
    let organizer = kit.staff(AccountRole::Organizer, &[]).await;
    let director = kit.staff(AccountRole::Director, &[]).await;
    services
        .propose_figures(&organizer, "w", session)
        .await
        .unwrap();
    let seen = page(kit, &director).await;
    assert!(seen.rows.is_empty(), "no names");
    assert_eq!(count(&seen, AttendanceState::Present), 1);
    assert_eq!(count(&seen, AttendanceState::Absent), 2);
    assert_eq!(seen.figures.state, FiguresState::Proposed);
    let waiting = services.figures_to_sign(&director).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].by.as_str()), (1, "Lê Thị Nhung"));
    assert!(!waiting[0].own && !seen.figures.own);
    assert!(page(kit, &organizer).await.figures.own);
    assert!(services.figures_to_sign(&organizer).await.unwrap()[0].own);
    services
        .sign_figures(&director, "w", session, seen.figures.lock.unwrap())
        .await
        .unwrap();
    assert_eq!(services.count_figures_to_sign(&director).await.unwrap(), 0);
    let signed = page(kit, &director).await.figures;
    assert_eq!(signed.state, FiguresState::Locked);
    assert!(signed.signed.is_some());
    for role in [AccountRole::Door, AccountRole::Trainer] {
        let actor = kit.staff(role, &["w"]).await;
        let seen = services.attendance_page(&actor, "w", None).await;
        assert!(matches!(seen, Err(Failure::Forbidden)), "{role}");
        let waiting = services.count_figures_to_sign(&actor).await;
        assert!(matches!(waiting, Err(Failure::Forbidden)), "{role}");
    }
}

async fn who_signed_on_paper_has_attended_everywhere(kit: &Kit) {
    let (w, all) = three(kit).await;
    until(kit, "2026-12-03T12:00");
    sign(kit, &w, "1").await;
    let summary = kit.services.summary(&ORGANIZER).await.unwrap();
    assert_eq!(summary.tally.attendances, 1);
    assert_eq!(summary.verified.attendances, 0, "nobody signed it off");
    let query = PeopleQuery::default();
    let list = kit.services.people(&ORGANIZER, "w", &query, 1);
    let list = list.await.unwrap();
    let an = list.rows.iter().find(|row| row.id == all[2].id).unwrap();
    assert_eq!(an.attended_at, Some(w.sessions[0].starts_at));
    assert_eq!(number(&list.rows, |row| row.attended_at.is_some()), 1);
    let ticket = kit.ticket(&all[2]);
    let gives_up = kit.services.cancel_by_ticket(&ticket).await;
    assert!(gives_up.is_err(), "who came does not cancel");
}

async fn the_rules_of_a_workshop_can_be_set(kit: &Kit) {
    let w = kit.workshop("w", 10).await;
    assert_eq!((w.row.late_after, w.row.attended_share), (15, 50));
    let form = domain::WorkshopForm {
        late_after: "0".to_owned(),
        attended_share: "80".to_owned(),
        version: w.row.version.to_string(),
        ..crate::kit::workshop_form("w", 10)
    };
    let revised = kit.services.revise(&ORGANIZER, "w", &form).await.unwrap();
    assert_eq!(
        (revised.row.late_after, revised.row.attended_share),
        (0, 80)
    );
    let one = kit.register("w", &named("Lê Văn An", "0950000001")).await;
    until(kit, "2026-12-03T07:31");
    scan(kit, &w, &one).await;
    let late = page(kit, &ORGANIZER).await;
    assert_eq!(count(&late, AttendanceState::Late), 1, "no minute of grace");
}
