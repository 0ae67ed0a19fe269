//! What the public finds in the list of workshops.

use crate::kit::{Kit, ORGANIZER, workshop_form};
use crate::on_both;
use chrono::{NaiveDate, TimeDelta};
use domain::{LocalityKind, Month, Sector};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use service::entity::{Code, locality, workshop};
use service::{PublicFilter, PublicList};

on_both!(
    what_is_over_stands_in_the_past_and_drafts_nowhere,
    filters_narrow_and_exact_accents_come_first,
    twenty_stand_on_a_page,
);

async fn list(kit: &Kit, filter: PublicFilter) -> PublicList {
    kit.services.public_list(&filter).await.unwrap()
}

fn slugs(list: &PublicList) -> Vec<&str> {
    list.rows
        .iter()
        .map(|view| view.row.slug.as_str())
        .collect()
}

fn past() -> PublicFilter {
    PublicFilter {
        past: true,
        ..PublicFilter::default()
    }
}

async fn what_is_over_stands_in_the_past_and_drafts_nowhere(kit: &Kit) {
    kit.workshop("open", 5).await;
    kit.workshop("called-off", 5).await;
    kit.call_off("called-off").await;
    let draft = workshop_form("draft", 5);
    kit.services.schedule(&ORGANIZER, &draft).await.unwrap();
    let coming = list(kit, PublicFilter::default()).await;
    let mut found = slugs(&coming);
    found.sort_unstable();
    assert_eq!(found, ["called-off", "open"]);
    assert_eq!(list(kit, past()).await.found, 0);
    kit.clock.advance(TimeDelta::days(30));
    assert_eq!(list(kit, PublicFilter::default()).await.found, 0);
    assert_eq!(list(kit, past()).await.found, 2);
}

async fn filters_narrow_and_exact_accents_come_first(kit: &Kit) {
    let titles = [
        ("mua", "Mưa và nước thải"),
        ("mua-vu", "Mùa vụ dừa"),
        ("hoi", "Hội nhập"),
    ];
    for (at, (slug, title)) in titles.into_iter().enumerate() {
        let mut form = workshop_form(slug, 5);
        form.title_vi = title.to_owned();
        form.session.starts_at = format!("2026-12-0{}T07:30", at + 3);
        form.session.ends_at = format!("2026-12-0{}T11:30", at + 3);
        if slug == "hoi" {
            form.session.room = "Nhà văn hóa Ba Tri".to_owned();
            form.session.starts_at = "2027-01-05T07:30".to_owned();
            form.session.ends_at = "2027-01-05T11:30".to_owned();
        }
        kit.services.schedule(&ORGANIZER, &form).await.unwrap();
        kit.services.publish(&ORGANIZER, slug).await.unwrap();
    }
    // The sectors of a form are another deed's; the column is what counts.
    let services = &kit.services;
    let written = services.db().write(|tx| async move {
        let update = workshop::Entity::update_many()
            .col_expr(workshop::Column::Sectors, Expr::value("coconut,food"))
            .filter(workshop::Column::Slug.eq("mua-vu"));
        Ok(update.exec(&*tx).await?)
    });
    written.await.unwrap();
    for name in ["Ba Tri", "Châu Thành"] {
        locality(kit, name).await;
    }
    let typed = |typed: &str| PublicFilter {
        typed: typed.to_owned(),
        ..PublicFilter::default()
    };
    assert_eq!(slugs(&list(kit, typed("mùa")).await), ["mua-vu", "mua"]);
    assert_eq!(slugs(&list(kit, typed("MUA")).await), ["mua", "mua-vu"]);
    assert_eq!(slugs(&list(kit, typed("van hoa")).await), ["hoi"]);
    let all = list(kit, PublicFilter::default()).await;
    let months: Vec<String> = all.months.iter().map(Month::to_string).collect();
    assert_eq!(months, ["2026-12", "2027-01"]);
    let localities: Vec<&String> = all.localities.iter().collect();
    assert_eq!(localities, ["Ba Tri"], "where something takes place");
    let december = PublicFilter {
        month: Month::parse("2026-12"),
        ..PublicFilter::default()
    };
    assert_eq!(slugs(&list(kit, december).await), ["mua", "mua-vu"]);
    let place = PublicFilter {
        place: "ba tri".to_owned(),
        ..PublicFilter::default()
    };
    assert_eq!(slugs(&list(kit, place).await), ["hoi"]);
    let seafood = PublicFilter {
        sector: Some(Sector::Seafood),
        ..PublicFilter::default()
    };
    assert_eq!(slugs(&list(kit, seafood).await), ["mua", "hoi"]);
}

async fn locality(kit: &Kit, name: &str) {
    let row = locality::ActiveModel {
        name: Set(name.to_owned()),
        folded: Set(domain::fold(name)),
        kind: Set(Code(LocalityKind::District)),
        valid_from: Set(NaiveDate::from_ymd_opt(2009, 1, 1).unwrap()),
        valid_to: Set(None),
        predecessor_id: Set(None),
        is_demo: Set(false),
        ..Default::default()
    };
    let services = &kit.services;
    let written = services.db().write(|tx| {
        let row = row.clone();
        async move { Ok(row.insert(&*tx).await?) }
    });
    written.await.unwrap();
}

async fn twenty_stand_on_a_page(kit: &Kit) {
    for n in 0..21 {
        kit.workshop(&format!("w-{n}"), 5).await;
    }
    let first = list(kit, PublicFilter::default()).await;
    assert_eq!((first.rows.len(), first.found, first.pages), (20, 21, 2));
    let beyond = PublicFilter {
        page: 99,
        ..PublicFilter::default()
    };
    let last = list(kit, beyond).await;
    assert_eq!((last.rows.len(), last.page), (1, 2));
}
