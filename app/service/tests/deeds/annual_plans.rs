//! What the years were to bring, beside what they brought.

use crate::kit::{Kit, ORGANIZER, delegate, named};
use crate::on_both;
use chrono::TimeDelta;
use domain::{AccountRole, PlanForm, Reason};
use service::entity::audit;
use service::{Actor, Failure, ScanRequest};

on_both!(
    a_plan_stands_beside_what_was_held_and_who_came,
    a_year_has_one_plan,
    a_plan_is_taken_back_and_what_was_held_stays,
    the_year_is_that_of_viet_nam,
    directors_read_and_organisers_write,
);

fn plan(year: i32, workshops: u32, delegates: u32) -> PlanForm {
    PlanForm {
        year: year.to_string(),
        workshops: workshops.to_string(),
        delegates: delegates.to_string(),
        funding: "Ngân sách tỉnh".to_owned(),
        note: String::new(),
    }
}

async fn a_plan_stands_beside_what_was_held_and_who_came(kit: &Kit) {
    let services = &kit.services;
    let w = kit.workshop("w", 5).await;
    let mut official = named("Trần Thị Út", "0912345678");
    official.role = "official".to_owned();
    for (n, form) in [delegate(1), delegate(2), official].iter().enumerate() {
        let one = kit.register("w", form).await;
        let scan = ScanRequest {
            code: one.code.clone(),
            session: w.sessions[0].id,
            nonce: format!("n{n}"),
            at: None,
        };
        services.check_in(&ORGANIZER, "w", &scan).await.unwrap();
    }
    services
        .plan_year(&ORGANIZER, None, &plan(2026, 3, 2))
        .await
        .unwrap();
    services
        .plan_year(&ORGANIZER, None, &plan(2027, 4, 200))
        .await
        .unwrap();
    let years = services.annual_plans(&ORGANIZER).await.unwrap();
    assert_eq!(
        (years[0].held, years[0].attendances),
        (0, 2),
        "not over yet"
    );
    kit.clock.advance(TimeDelta::days(30));
    let years = services.annual_plans(&ORGANIZER).await.unwrap();
    let numbers: Vec<i64> = years.iter().map(|one| one.year).collect();
    assert_eq!(numbers, [2026, 2027]);
    assert_eq!((years[0].held, years[0].attendances), (1, 2));
    assert_eq!(years[0].workshops_more(), Some(-2));
    assert_eq!(years[0].delegates_more(), Some(0));
    assert_eq!(years[1].delegates_more(), Some(-200));
    let tally = services.summary(&ORGANIZER).await.unwrap().tally;
    assert_eq!(i64::from(tally.attendances), years[0].attendances);
    services.close(&ORGANIZER, "w").await.unwrap();
    let years = services.annual_plans(&ORGANIZER).await.unwrap();
    assert_eq!((years[0].held, years[0].attendances), (1, 2), "closed");
}

async fn a_year_has_one_plan(kit: &Kit) {
    let services = &kit.services;
    services
        .plan_year(&ORGANIZER, None, &plan(2026, 3, 180))
        .await
        .unwrap();
    services
        .plan_year(&ORGANIZER, None, &plan(2027, 3, 180))
        .await
        .unwrap();
    let years = services.annual_plans(&ORGANIZER).await.unwrap();
    let id = years[0].plan.as_ref().unwrap().id;
    for (id, form) in [(None, plan(2026, 1, 1)), (Some(id), plan(2027, 1, 1))] {
        let again = services.plan_year(&ORGANIZER, id, &form).await;
        let Err(Failure::Invalid(problems)) = again else {
            panic!("{again:?}");
        };
        assert_eq!(problems.of("plan_year"), Some(&Reason::YearTaken));
    }
    services
        .plan_year(&ORGANIZER, Some(id), &plan(2026, 5, 200))
        .await
        .unwrap();
    let row = services.annual_plan(&ORGANIZER, id).await.unwrap();
    assert_eq!((row.year, row.workshops, row.delegates), (2026, 5, 200));
    let nowhere = services
        .plan_year(&ORGANIZER, Some(id + 9), &plan(2030, 1, 1))
        .await;
    assert!(matches!(nowhere, Err(Failure::NotFound)));
    let log = kit.all(audit::Entity).await;
    assert_eq!(log.iter().filter(|row| row.deed == "plan_year").count(), 3);
}

async fn a_plan_is_taken_back_and_what_was_held_stays(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 5).await;
    kit.clock.advance(TimeDelta::days(30));
    services
        .plan_year(&ORGANIZER, None, &plan(2026, 3, 180))
        .await
        .unwrap();
    let years = services.annual_plans(&ORGANIZER).await.unwrap();
    let id = years[0].plan.as_ref().unwrap().id;
    let director = kit.staff(AccountRole::Director, &[]).await;
    let refused = services.unplan_year(&director, id).await;
    assert!(matches!(refused, Err(Failure::Forbidden)));
    services.unplan_year(&ORGANIZER, id).await.unwrap();
    let years = services.annual_plans(&ORGANIZER).await.unwrap();
    assert_eq!((years.len(), years[0].held), (1, 1));
    assert_eq!(years[0].plan, None);
    let again = services.unplan_year(&ORGANIZER, id).await;
    assert!(matches!(again, Err(Failure::NotFound)));
    let log = kit.all(audit::Entity).await;
    let noted: Vec<_> = log.iter().filter(|row| row.deed == "unplan_year").collect();
    assert_eq!(noted.len(), 1);
    assert!(noted[0].before.as_ref().unwrap().contains("180"));
    // The year is free again.
    services
        .plan_year(&ORGANIZER, None, &plan(2026, 4, 200))
        .await
        .unwrap();
}

async fn the_year_is_that_of_viet_nam(kit: &Kit) {
    let mut form = crate::kit::workshop_form("new-year", 5);
    // In UTC this is still 2026.
    form.session.starts_at = "2027-01-01T06:30".to_owned();
    form.session.ends_at = "2027-01-01T08:00".to_owned();
    kit.services.schedule(&ORGANIZER, &form).await.unwrap();
    kit.services.publish(&ORGANIZER, "new-year").await.unwrap();
    kit.clock.advance(TimeDelta::days(60));
    let years = kit.services.annual_plans(&ORGANIZER).await.unwrap();
    let years: Vec<(i64, i64)> = years.iter().map(|one| (one.year, one.held)).collect();
    assert_eq!(years, [(2027, 1)]);
}

async fn directors_read_and_organisers_write(kit: &Kit) {
    let services = &kit.services;
    let director = kit.staff(AccountRole::Director, &[]).await;
    assert_eq!(services.annual_plans(&director).await.unwrap(), []);
    let written = services
        .plan_year(&director, None, &plan(2026, 3, 180))
        .await;
    assert!(matches!(written, Err(Failure::Forbidden)));
    let trainer = kit.staff(AccountRole::Trainer, &[]).await;
    let read = services.annual_plans(&trainer).await;
    assert!(matches!(read, Err(Failure::Forbidden)));
    let read = services.annual_plans(&Actor::Anonymous).await;
    assert!(matches!(read, Err(Failure::SignInNeeded)));
}
