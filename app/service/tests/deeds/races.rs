//! Many at once. The harness is held to account by a deed that must fail in it.

use crate::kit::{Kit, delegate, number};
use crate::on_both;
use domain::Lang;
use domain::RegistrationState::{Booked, Cancelled, Offered, Waitlisted};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, NotSet, PaginatorTrait,
    QueryFilter, Set,
};
use service::entity::{
    Code, audit, establishment, organization, outbox, person, programme, registration,
};
use service::{Actor, Failure, Registering, RequestKey, Services};

on_both!(
    two_hundred_at_once_get_ten_seats_and_a_queue,
    a_deed_without_the_lock_oversells_in_this_harness,
    seats_given_up_go_to_the_queue_while_newcomers_press,
    ten_cancellations_of_one_seat_offer_it_once,
    one_request_key_registers_once,
    one_request_key_at_many_workshops_at_once_registers_once,
    servers_started_at_once_make_one_programme,
    a_double_submit_without_a_key_registers_once,
    one_person_at_two_workshops_at_once_is_one_person,
);

const CROWD: usize = 200;
const SEATS: u32 = 10;

async fn two_hundred_at_once_get_ten_seats_and_a_queue(kit: &Kit) {
    kit.workshop("w", SEATS).await;
    let answers = kit
        .race(CROWD, |services, n| async move {
            let form = delegate(n);
            let done = services.register(&Actor::Anonymous, "w", &form, Lang::Vi, None);
            match done.await.unwrap() {
                Registering::Done(registered) => registered,
                Registering::Already => panic!("nobody was there before"),
            }
        })
        .await;
    assert_eq!(number(&answers, |one| one.state == Booked), 10);
    let mut positions: Vec<u64> = answers.iter().filter_map(|one| one.position).collect();
    positions.sort_unstable();
    assert_eq!(positions, (1..=190).collect::<Vec<_>>());
    assert_eq!(kit.in_state(Booked).await.len(), 10);
    assert_eq!(kit.in_state(Waitlisted).await.len(), 190);
    assert_eq!(kit.count(establishment::Entity).await, 1);
}

/// The negative control: counting outside the lock sells more than ten seats.
async fn a_deed_without_the_lock_oversells_in_this_harness(kit: &Kit) {
    kit.workshop("model", 1).await;
    kit.register("model", &delegate(0)).await;
    let model = kit.all(registration::Entity).await.remove(0);
    for round in 0..5 {
        let workshop = kit.workshop(&format!("w{round}"), SEATS).await.row.id;
        let people = crowd(kit, model.establishment_id).await;
        let model = model.clone();
        kit.race(CROWD, move |services, n| {
            let mut row = model.clone().into_active_model();
            row.id = NotSet;
            row.workshop_id = Set(workshop);
            row.person_id = Set(people[n]);
            row.code = Set(service::random_token());
            async move { naive_deed(&services, workshop, &row).await.unwrap() }
        })
        .await;
        let sold = booked(&kit.services, workshop).await.unwrap();
        if sold > u64::from(SEATS) {
            return;
        }
    }
    panic!("the harness cannot see overselling");
}

async fn crowd(kit: &Kit, establishment_id: i64) -> Vec<i64> {
    let people = (0..CROWD).map(|n| person::ActiveModel {
        full_name: Set(format!("Người {n}")),
        folded: Set(format!("nguoi {n}")),
        phone: Set(None),
        email: Set(None),
        establishment_id: Set(establishment_id),
        is_demo: Set(false),
        created_at: Set(kit.now()),
        ..Default::default()
    });
    let people = &people.collect::<Vec<_>>();
    let made = kit.services.db().write(|tx| async move {
        let made = person::Entity::insert_many(people.clone());
        Ok(made.exec_with_returning(&*tx).await?)
    });
    made.await.unwrap().iter().map(|row| row.id).collect()
}

async fn naive_deed(
    services: &Services,
    workshop_id: i64,
    row: &registration::ActiveModel,
) -> Result<(), Failure> {
    if booked(services, workshop_id).await? >= u64::from(SEATS) {
        return Ok(());
    }
    services
        .db()
        .write(|tx| async move {
            row.clone().insert(&*tx).await?;
            Ok(())
        })
        .await
}

async fn booked(services: &Services, workshop_id: i64) -> Result<u64, Failure> {
    Ok(registration::Entity::find()
        .filter(registration::Column::WorkshopId.eq(workshop_id))
        .filter(registration::Column::State.eq(Code(Booked)))
        .count(services.db().read())
        .await?)
}

async fn seats_given_up_go_to_the_queue_while_newcomers_press(kit: &Kit) {
    kit.workshop("w", 5).await;
    let mut first = Vec::new();
    for n in 0..10 {
        first.push(kit.register("w", &delegate(n)).await);
    }
    let tickets: Vec<String> = first.iter().map(|one| kit.ticket(one)).collect();
    let newcomers = kit
        .race(30, move |services, n| {
            let ticket = tickets.get(n).filter(|_| n < 5).cloned();
            async move {
                if let Some(ticket) = ticket {
                    services.cancel_by_ticket(&ticket).await.unwrap();
                    return None;
                }
                let form = delegate(100 + n);
                let done = services.register(&Actor::Anonymous, "w", &form, Lang::Vi, None);
                match done.await.unwrap() {
                    Registering::Done(registered) => Some(registered.state),
                    Registering::Already => panic!("nobody was there before"),
                }
            }
        })
        .await;
    assert_eq!(number(&newcomers, |state| *state == Some(Waitlisted)), 25);
    let seated: Vec<i64> = kit
        .in_state(Offered)
        .await
        .iter()
        .map(|row| row.id)
        .collect();
    let queue: Vec<i64> = first[5..].iter().map(|one| one.id).collect();
    assert_eq!(seated, queue, "those who waited longest");
}

async fn ten_cancellations_of_one_seat_offer_it_once(kit: &Kit) {
    kit.workshop("w", 1).await;
    let booked = kit.register("w", &delegate(0)).await;
    for n in 1..5 {
        kit.register("w", &delegate(n)).await;
    }
    let ticket = kit.ticket(&booked);
    kit.race(10, move |services, _| {
        let ticket = ticket.clone();
        async move { services.cancel_by_ticket(&ticket).await.unwrap() }
    })
    .await;
    let rows = kit.all(registration::Entity).await;
    assert_eq!(number(&rows, |row| *row.state == Offered), 1);
    assert_eq!(number(&rows, |row| *row.state == Cancelled), 1);
    let log = kit.all(audit::Entity).await;
    assert_eq!(number(&log, |line| line.deed == "cancel"), 1);
    assert_eq!(number(&log, |line| line.deed == "offer"), 1);
    let mails = kit.all(outbox::Entity).await;
    assert_eq!(number(&mails, |mail| mail.purpose == "cancelled"), 1);
}

async fn one_request_key_registers_once(kit: &Kit) {
    kit.workshop("w", 5).await;
    let answers = kit
        .race(20, |services, _| async move {
            let key = RequestKey::new("public", "one-and-the-same", "body");
            let form = delegate(0);
            let done = services.register(&Actor::Anonymous, "w", &form, Lang::Vi, Some(&key));
            done.await.unwrap()
        })
        .await;
    assert!(matches!(answers[0], Registering::Done(_)));
    assert_eq!(number(&answers, |answer| *answer == answers[0]), 20);
    assert_eq!(kit.count(registration::Entity).await, 1);
    assert_eq!(kit.count(outbox::Entity).await, 1);
}

async fn one_request_key_at_many_workshops_at_once_registers_once(kit: &Kit) {
    let slugs = ["a", "b", "c", "d", "e", "f"];
    for slug in slugs {
        kit.workshop(slug, 5).await;
    }
    let answers = kit
        .race(slugs.len(), move |services, n| async move {
            let key = RequestKey::new("public", "one-and-the-same", slugs[n]);
            let form = delegate(n);
            services
                .register(&Actor::Anonymous, slugs[n], &form, Lang::Vi, Some(&key))
                .await
        })
        .await;
    assert_eq!(number(&answers, Result::is_ok), 1, "{answers:?}");
    let reused = |answer: &Result<_, _>| {
        matches!(answer, Err(Failure::Conflict(service::Conflict::KeyReused)))
    };
    assert_eq!(number(&answers, reused), slugs.len() - 1, "{answers:?}");
    assert_eq!(kit.count(registration::Entity).await, 1);
}

async fn servers_started_at_once_make_one_programme(kit: &Kit) {
    let emptied = kit.services.db().write(|tx| async move {
        programme::Entity::delete_many().exec(&*tx).await?;
        organization::Entity::delete_many().exec(&*tx).await?;
        Ok(())
    });
    emptied.await.unwrap();
    kit.race(
        8,
        |services, _| async move { services.migrate().await.unwrap() },
    )
    .await;
    assert_eq!(kit.count(programme::Entity).await, 1);
    assert_eq!(kit.count(organization::Entity).await, 1);
}

async fn a_double_submit_without_a_key_registers_once(kit: &Kit) {
    kit.workshop("w", 5).await;
    let answers = kit
        .race(20, |services, _| async move {
            let form = delegate(0);
            let done = services.register(&Actor::Anonymous, "w", &form, Lang::Vi, None);
            done.await.unwrap()
        })
        .await;
    assert_eq!(
        number(&answers, |answer| *answer == Registering::Already),
        19
    );
    assert_eq!(kit.count(registration::Entity).await, 1);
}

async fn one_person_at_two_workshops_at_once_is_one_person(kit: &Kit) {
    let slugs = ["a", "b", "c", "d"];
    for slug in slugs {
        kit.workshop(slug, 5).await;
    }
    for person in 0..10 {
        kit.race(slugs.len(), move |services, n| async move {
            let mut form = delegate(person);
            form.establishment = format!("Công ty TNHH Mới {person}");
            let done = services.register(&Actor::Anonymous, slugs[n], &form, Lang::Vi, None);
            done.await.unwrap()
        })
        .await;
    }
    assert_eq!(kit.count(registration::Entity).await, 40);
    assert_eq!(kit.count(person::Entity).await, 10);
    assert_eq!(kit.count(establishment::Entity).await, 10);
}
