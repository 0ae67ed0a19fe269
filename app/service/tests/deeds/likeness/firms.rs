//! Which establishment is the same.

use super::{merge, open, row_of, undo};
use crate::kit::{Kit, ORGANIZER, delegate, inviting, known_establishment, named, number};
use crate::on_both;
use domain::{Lang, LikenessReason, LikenessState};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use service::entity::{establishment, person, registration};
use service::{Actor, MergeChoice};

on_both!(
    keys_of_an_older_rule_are_mended_at_the_start,
    one_firm_spelled_three_ways_is_merged_with_its_history,
    people_of_one_name_in_both_firms_are_compared_once_merged,
    a_firm_that_was_invited_twice_is_marked,
    two_firms_of_one_that_was_not_invited_are_marked,
    nobody_is_registered_from_a_firm_that_was_merged,
);

/// Two rows that a newer rule calls one are for an organiser to judge.
async fn keys_of_an_older_rule_are_mended_at_the_start(kit: &Kit) {
    kit.workshop("w", 20).await;
    let known = known_establishment(kit, "Giọt Nắng").await;
    let old = known_establishment(kit, "Công ty TNHH MTV Giọt Nắng").await;
    establishment::Entity::update_many()
        .col_expr(establishment::Column::NameKey, Expr::value("mtv giot nang"))
        .filter(establishment::Column::Id.eq(old))
        .exec(kit.services.db().read())
        .await
        .unwrap();
    kit.services.migrate().await.unwrap();
    let rows = kit.all(establishment::Entity).await;
    assert_eq!(number(&rows, |row| row.name_key == "giot nang"), 2);
    let pairs: Vec<_> = open(kit)
        .await
        .iter()
        .map(|row| (row.first_id, row.second_id))
        .collect();
    assert_eq!(pairs, [(known, old)]);
    kit.services.migrate().await.unwrap();
    assert_eq!(open(kit).await.len(), 1, "noted once");
    let mut form = delegate(1);
    form.establishment = "Giọt Nắng Co., Ltd".to_owned();
    let row = row_of(kit, &kit.register("w", &form).await).await;
    assert_eq!(row.establishment_id, known);
}

async fn one_firm_spelled_three_ways_is_merged_with_its_history(kit: &Kit) {
    kit.workshop("w", 20).await;
    let from = async |n: usize, establishment: &str| {
        let mut form = delegate(n);
        form.establishment = establishment.to_owned();
        row_of(kit, &kit.register("w", &form).await).await
    };
    let firm = from(1, "Công ty TNHH Rạng Đông Xanh")
        .await
        .establishment_id;
    let capitals = from(2, "CTY TNHH RANG DONG XANH").await;
    assert_eq!(capitals.establishment_id, firm);
    let third = from(3, "Rạng Đông Xan").await;
    assert_ne!(third.establishment_id, firm);
    let services = &kit.services;
    let queue = services.merge_queue(&ORGANIZER, LikenessState::Open).await;
    let pair = queue.unwrap().pairs.remove(0);
    assert_eq!(*pair.row.reason, LikenessReason::Name);
    assert_eq!(
        (pair.first.registrations, pair.second.registrations),
        (2, 1)
    );
    let id = pair.row.id;
    merge(kit, id).await.unwrap();
    let rows = kit.all(registration::Entity).await;
    assert_eq!(number(&rows, |row| row.establishment_id == firm), 3);
    let people = kit.all(person::Entity).await;
    assert_eq!(number(&people, |row| row.establishment_id == firm), 3);
    let listed = services.establishments(&ORGANIZER, "").await.unwrap();
    assert_eq!(listed.all, 1);
    // The other spelling is known, and makes no third establishment.
    let later = from(4, "Cty Rạng Đông Xan").await;
    assert_eq!(later.establishment_id, firm);
    assert_eq!(kit.count(establishment::Entity).await, 2);
    undo(kit, id).await.unwrap();
    let rows = kit.all(registration::Entity).await;
    assert_eq!(number(&rows, |row| row.establishment_id == firm), 3);
    let again = rows.iter().find(|row| row.id == third.id).unwrap();
    assert_eq!(again.establishment_id, third.establishment_id);
}

async fn people_of_one_name_in_both_firms_are_compared_once_merged(kit: &Kit) {
    for slug in ["w", "v"] {
        kit.workshop(slug, 20).await;
    }
    let from = async |slug: &str, name: &str, phone: &str, establishment: &str| {
        let mut form = named(name, phone);
        form.email.clear();
        form.establishment = establishment.to_owned();
        row_of(kit, &kit.register(slug, &form).await)
            .await
            .person_id
    };
    let an = from("w", "Lê Văn An", "0950 000 001", "Rạng Đông Xanh").await;
    let hoa = from("w", "Trần Thị Hoa", "0950 000 002", "Rạng Đông Xanh").await;
    let other_an = from("v", "Lê Văn An", "0950 000 003", "Rạng Đông Xan").await;
    let hoa_too = from("v", "Trần Thị Hoa", "0950 000 004", "Rạng Đông Xan").await;
    from("v", "Võ Út", "0950 000 005", "Rạng Đông Xan").await;
    // Without a phone, the same name in one firm is surely the same person.
    person::Entity::update_many()
        .col_expr(person::Column::Phone, Expr::value(None::<String>))
        .filter(person::Column::Id.eq(hoa_too))
        .exec(kit.services.db().read())
        .await
        .unwrap();
    let pairs = open(kit).await;
    assert_eq!(pairs.len(), 1, "the firms alone");
    let firms = pairs[0].id;
    merge(kit, firms).await.unwrap();
    let pairs = open(kit).await;
    let pairs: Vec<_> = pairs
        .iter()
        .map(|row| (row.first_id, row.second_id, *row.reason))
        .collect();
    let reason = LikenessReason::NameAndPlace;
    assert_eq!(pairs, [(an, other_an, reason), (hoa, hoa_too, reason)]);
    // At two establishments again, nothing says that they are one.
    undo(kit, firms).await.unwrap();
    let pairs = open(kit).await;
    assert_eq!(pairs.iter().map(|row| row.id).collect::<Vec<_>>(), [firms]);
}

/// Both were invited before they were one: the second invitation stands, is
/// marked, and is taken back.
async fn a_firm_that_was_invited_twice_is_marked(kit: &Kit) {
    kit.workshop("w", 20).await;
    let kept = known_establishment(kit, "Công ty TNHH Sao Khơi Xanh").await;
    let gone = known_establishment(kit, "Cty Sao Khơii Xanh TNHH").await;
    let services = &kit.services;
    for id in [kept, gone] {
        let form = inviting(id, 3);
        services.invite(&ORGANIZER, "w", &form).await.unwrap();
    }
    services.find_likenesses(&ORGANIZER).await.unwrap();
    let id = open(kit).await[0].id;
    let seen = async || {
        let listed = services.invitations(&ORGANIZER, "w", None).await.unwrap();
        let mut seen: Vec<_> = listed
            .rows
            .into_iter()
            .map(|each| (each.row.id, each.establishment, each.is_second))
            .collect();
        seen.sort_unstable();
        seen
    };
    assert!(seen().await.iter().all(|(_, _, second)| !second));
    merge(kit, id).await.unwrap();
    let rows = seen().await;
    let name = "Công ty TNHH Sao Khơi Xanh";
    assert!(rows.iter().all(|(_, firm, _)| firm == name), "{rows:?}");
    assert_eq!((rows[0].2, rows[1].2), (false, true));
    let page = services.invitation_page(&ORGANIZER, "w", rows[1].0).await;
    assert!(page.unwrap().invitation.is_second);
    services
        .withdraw_invitation(&ORGANIZER, "w", rows[1].0)
        .await
        .unwrap();
    assert!(seen().await.iter().all(|(_, _, second)| !second));
    undo(kit, id).await.unwrap();
    assert_ne!(seen().await[1].1, name);
}

/// Both were merged into a third: one of the two invitations is a second.
async fn two_firms_of_one_that_was_not_invited_are_marked(kit: &Kit) {
    kit.workshop("w", 20).await;
    let kept = known_establishment(kit, "Giọt Nắng").await;
    let one = known_establishment(kit, "Sao Khơi Xanh").await;
    let other = known_establishment(kit, "Lá Biếc").await;
    let services = &kit.services;
    for id in [other, one] {
        let form = inviting(id, 3);
        services.invite(&ORGANIZER, "w", &form).await.unwrap();
    }
    establishment::Entity::update_many()
        .col_expr(establishment::Column::MergedIntoId, Expr::value(kept))
        .filter(establishment::Column::Id.is_in([one, other]))
        .exec(services.db().read())
        .await
        .unwrap();
    let mut rows = services
        .invitations(&ORGANIZER, "w", None)
        .await
        .unwrap()
        .rows;
    rows.sort_by_key(|each| each.row.id);
    for (row, second) in rows.iter().zip([false, true]) {
        assert_eq!(row.is_second, second);
        let page = services.invitation_page(&ORGANIZER, "w", row.row.id).await;
        assert_eq!(page.unwrap().invitation.is_second, second);
    }
    assert_eq!(rows.len(), 2);
}

async fn nobody_is_registered_from_a_firm_that_was_merged(kit: &Kit) {
    kit.workshop("w", 5).await;
    let mut typo = delegate(100);
    typo.establishment = "Rạng Đông Xan".to_owned();
    kit.register("w", &delegate(101)).await;
    let gone = row_of(kit, &kit.register("w", &typo).await).await;
    let id = open(kit).await[0].id;
    // Two at a time: in a crowd the merge waits until nobody registers.
    for round in 0..20 {
        kit.workshop(&format!("w{round}"), 5).await;
        let answers = kit
            .race(2, move |services, n| async move {
                if n == 0 {
                    let wait = std::time::Duration::from_micros(250 * round);
                    tokio::time::sleep(wait).await;
                    let choice = MergeChoice::default();
                    return services.merge(&ORGANIZER, id, choice).await;
                }
                let mut form = delegate(usize::try_from(round).unwrap());
                form.establishment = "Rạng Đông Xan".to_owned();
                let slug = format!("w{round}");
                let done = services.register(&Actor::Anonymous, &slug, &form, Lang::Vi, None);
                done.await.map(drop)
            })
            .await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        let rows = kit.all(registration::Entity).await;
        let place = gone.establishment_id;
        assert_eq!(number(&rows, |row| row.establishment_id == place), 0);
        undo(kit, id).await.unwrap();
    }
}
