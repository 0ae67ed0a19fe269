//! Short ways to rooms, trainers, sessions and moves.

use super::{Kit, ORGANIZER, workshop_form};
use chrono::{DateTime, Duration, Utc};
use domain::{AgendaRow, MoveForm, SessionForm, TeachForm, TellForm, WorkshopForm, parse_local};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use service::entity::{room, session, trainer, venue};
use service::{Conflict, Failure, session_form};

pub(crate) fn at(typed: &str) -> DateTime<Utc> {
    parse_local(typed).unwrap()
}

pub(crate) fn session_at(room: &str, from: &str, to: &str) -> SessionForm {
    SessionForm {
        room: room.to_owned(),
        starts_at: from.to_owned(),
        ends_at: to.to_owned(),
        ..SessionForm::default()
    }
}

pub(crate) async fn insert<A>(kit: &Kit, row: A) -> <A::Entity as EntityTrait>::Model
where
    A: ActiveModelTrait + sea_orm::ActiveModelBehavior + Send + Clone + Sync,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A> + Send,
{
    let db = kit.services.db();
    db.write(|tx| {
        let row = row.clone();
        async move { Ok(row.insert(&*tx).await?) }
    })
    .await
    .unwrap()
}

pub(crate) async fn hall(kit: &Kit, seats: i64) -> i64 {
    let venue = insert(
        kit,
        venue::ActiveModel {
            name: Set("Khách sạn Hùng Vương".to_owned()),
            folded: Set("khach san hung vuong".to_owned()),
            address: Set("Đường Hùng Vương".to_owned()),
            directions: Set(String::new()),
            is_demo: Set(false),
            created_at: Set(kit.now()),
            retired_at: Set(None),
            ..Default::default()
        },
    )
    .await;
    let room = room::ActiveModel {
        venue_id: Set(venue.id),
        name: Set("Hội trường lớn".to_owned()),
        capacity: Set(seats),
        retired_at: Set(None),
        ..Default::default()
    };
    insert(kit, room).await.id
}

pub(crate) async fn teacher(kit: &Kit, name: &str, email: Option<&str>) -> i64 {
    teacher_with_account(kit, name, email, None).await
}

pub(crate) async fn teacher_with_account(
    kit: &Kit,
    name: &str,
    email: Option<&str>,
    account_id: Option<i64>,
) -> i64 {
    let row = trainer::ActiveModel {
        full_name: Set(name.to_owned()),
        folded: Set(domain::fold(name)),
        affiliation: Set("Viện Môi trường".to_owned()),
        fields: Set(String::new()),
        phone: Set(None),
        email: Set(email.map(str::to_owned)),
        account_id: Set(account_id),
        is_demo: Set(false),
        created_at: Set(kit.now()),
        retired_at: Set(None),
        ..Default::default()
    };
    insert(kit, row).await.id
}

/// A question to a trainer, without anything expected.
pub(crate) fn asking(session: i64, trainer: i64) -> TeachForm {
    TeachForm {
        session: session.to_string(),
        trainer_id: trainer.to_string(),
        ..TeachForm::default()
    }
}

pub(crate) fn in_room(slug: &str, room_id: i64, allow_clash: bool) -> WorkshopForm {
    let form = workshop_form(slug, 40);
    WorkshopForm {
        session: SessionForm {
            room_id: room_id.to_string(),
            room: String::new(),
            ..form.session.clone()
        },
        allow_clash,
        ..form
    }
}

pub(crate) fn line(from: &str, to: &str, title: &str, trainer: Option<i64>) -> AgendaRow {
    AgendaRow {
        from: from.to_owned(),
        to: to.to_owned(),
        title_vi: title.to_owned(),
        title_en: String::new(),
        trainer_id: trainer.map(|id| id.to_string()).unwrap_or_default(),
    }
}

pub(crate) async fn sessions(kit: &Kit, slug: &str) -> Vec<session::Model> {
    let found = kit
        .services
        .staff_workshop(&ORGANIZER, domain::Act::ManageWorkshops, slug);
    found.await.unwrap().sessions
}

pub(crate) fn is_problem(result: Result<impl std::fmt::Debug, Failure>, field: &str) {
    assert!(
        matches!(&result, Err(Failure::Invalid(problems)) if problems.of(field).is_some()),
        "{result:?}"
    );
}

pub(crate) fn is_conflict(result: Result<impl std::fmt::Debug, Failure>, conflict: Conflict) {
    assert!(
        matches!(&result, Err(Failure::Conflict(found)) if *found == conflict),
        "{result:?}"
    );
}

pub(crate) fn is_not_found(result: Result<(), Failure>) {
    assert!(matches!(result, Err(Failure::NotFound)), "{result:?}");
}

pub(crate) async fn move_form(kit: &Kit, slug: &str, days: i64) -> MoveForm {
    let found = kit.services.public_workshop(slug).await.unwrap();
    let local = |at: DateTime<Utc>| {
        domain::to_local(at + Duration::days(days))
            .format("%Y-%m-%dT%H:%M")
            .to_string()
    };
    MoveForm {
        sessions: found
            .sessions
            .iter()
            .map(|session| {
                let form = SessionForm {
                    starts_at: local(session.starts_at),
                    ends_at: local(session.ends_at),
                    ..session_form(session)
                };
                (session.id, form)
            })
            .collect(),
        format: String::new(),
        online_link: String::new(),
        allow_clash: false,
        tell: TellForm::everybody(found.row.version),
    }
}
