//! The organisers' list, narrowed.

use crate::kit::{Kit, ORGANIZER, workshop_form};
use crate::on_both;
use domain::{AccountRole, TrainerForm, WorkshopKind};
use service::{Actor, Failure, WorkshopFilter};

on_both!(each_filter_narrows_the_list, only_organisers_filter);

async fn slugs(kit: &Kit, filter: &WorkshopFilter) -> Vec<String> {
    let found = kit
        .services
        .find_workshops(&ORGANIZER, filter)
        .await
        .unwrap();
    assert_eq!(found.all, 3);
    let years: Vec<i32> = found.years.into_iter().collect();
    assert_eq!(years, [2026, 2027]);
    found
        .rows
        .into_iter()
        .map(|(view, _)| view.row.slug)
        .collect()
}

async fn each_filter_narrows_the_list(kit: &Kit) {
    let rows = [
        (
            "dua",
            "Tiết kiệm nước ngành dừa",
            "awareness",
            "2026-12-03",
            "Hội trường A",
        ),
        ("dua-2", "Quả dứa", "skills", "2026-12-10", "Khách sạn"),
        (
            "moi",
            "Công nghệ mới",
            "skills",
            "2027-01-01",
            "Hội trường B",
        ),
    ];
    for (slug, title, kind, day, room) in rows {
        let mut form = workshop_form(slug, 5);
        form.title_vi = title.to_owned();
        form.kind = kind.to_owned();
        form.session.room = room.to_owned();
        form.session.starts_at = format!("{day}T06:00");
        form.session.ends_at = format!("{day}T11:00");
        kit.services.schedule(&ORGANIZER, &form).await.unwrap();
    }
    let none = WorkshopFilter::default;
    assert_eq!(slugs(kit, &none()).await, ["moi", "dua-2", "dua"]);
    let year = WorkshopFilter {
        year: Some(2027),
        ..none()
    };
    assert_eq!(slugs(kit, &year).await, ["moi"]);
    let kind = WorkshopFilter {
        kind: Some(WorkshopKind::Skills),
        ..none()
    };
    assert_eq!(slugs(kit, &kind).await, ["moi", "dua-2"]);
    let place = WorkshopFilter {
        place: "hoi truong".to_owned(),
        ..none()
    };
    assert_eq!(slugs(kit, &place).await, ["moi", "dua"]);
    for (typed, found) in [("dua", ["dua-2", "dua"]), ("dừa", ["dua", "dua-2"])] {
        let typed = WorkshopFilter {
            typed: typed.to_owned(),
            ..none()
        };
        assert_eq!(slugs(kit, &typed).await, found);
    }
    let Actor::Account { id, .. } = kit.staff(AccountRole::Trainer, &["dua"]).await else {
        panic!("no account");
    };
    let trainer = TrainerForm {
        full_name: "Trần Văn Út".to_owned(),
        account: id.to_string(),
        ..TrainerForm::default()
    };
    let trainer = kit
        .services
        .add_trainer(&ORGANIZER, &trainer)
        .await
        .unwrap();
    let taught = WorkshopFilter {
        trainer: Some(trainer),
        ..none()
    };
    assert_eq!(slugs(kit, &taught).await, ["dua"]);
    let nobody = WorkshopFilter {
        trainer: Some(trainer + 1),
        ..none()
    };
    assert_eq!(slugs(kit, &nobody).await, Vec::<String>::new());
}

async fn only_organisers_filter(kit: &Kit) {
    let director = kit.staff(AccountRole::Director, &[]).await;
    let filter = WorkshopFilter::default();
    let read = kit.services.find_workshops(&director, &filter).await;
    assert!(matches!(read, Err(Failure::Forbidden)));
}
