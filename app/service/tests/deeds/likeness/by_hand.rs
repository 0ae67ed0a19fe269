//! Two that an organiser takes for one.

use crate::kit::{Kit, ORGANIZER, is_problem, known_establishment, named};
use crate::on_both;
use domain::{
    AccountRole,
    LikenessNoun::{Establishment, Person},
    LikenessReason, LikenessState,
};
use service::entity::{likeness, person};
use service::{Actor, Failure, MergeChoice};

on_both!(
    two_who_are_nothing_alike_are_compared_and_merged,
    two_establishments_are_found_and_compared,
    only_organisers_choose,
);

async fn two_who_are_nothing_alike_are_compared_and_merged(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("a", 5).await;
    kit.workshop("b", 5).await;
    let one = kit.register("a", &named("Lê Văn An", "0950000001")).await;
    let other = kit
        .register("b", &named("Nguyễn Thị Hoa", "0950000002"))
        .await;
    let ids = [one.id, other.id];
    let persons = services.persons_registered(&ORGANIZER, &ids).await.unwrap();
    assert_eq!(persons.len(), 2);
    let found = services
        .find_comparable(&ORGANIZER, Person, "le AN")
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].name, "Lê Văn An");
    assert!(found[0].about.contains("0950"), "{}", found[0].about);
    let none = services.find_comparable(&ORGANIZER, Person, " ").await;
    assert!(none.unwrap().is_empty());

    let say = async |ids: &[i64]| services.say_alike(&ORGANIZER, Person, ids).await;
    is_problem(say(&persons[..1]).await, "chosen");
    is_problem(say(&[persons[0], persons[0]]).await, "chosen");
    assert!(matches!(
        say(&[persons[0], -5]).await,
        Err(Failure::NotFound)
    ));
    let id = say(&persons).await.unwrap();
    assert_eq!(say(&persons).await.unwrap(), id, "twice is harmless");
    assert_eq!(services.likenesses_waiting(&ORGANIZER).await.unwrap(), 1);
    let pair = services.like_pair(&ORGANIZER, id).await.unwrap();
    assert_eq!(*pair.row.reason, LikenessReason::Organizer);
    let names = [&pair.first.name, &pair.second.name];
    assert_eq!(names, ["Lê Văn An", "Nguyễn Thị Hoa"]);

    // What was kept apart is judged anew.
    services.keep_apart(&ORGANIZER, id).await.unwrap();
    assert_eq!(say(&persons).await.unwrap(), id);
    let row = kit.all(likeness::Entity).await.remove(0);
    assert_eq!((*row.state, row.decided_at), (LikenessState::Open, None));
    let merged = services.merge(&ORGANIZER, id, MergeChoice::default());
    merged.await.unwrap();
    let rows = kit.all(person::Entity).await;
    assert_eq!(
        rows.iter()
            .filter(|row| row.merged_into_id.is_some())
            .count(),
        1
    );
    is_problem(say(&persons).await, "chosen");
    assert_eq!(services.likenesses_waiting(&ORGANIZER).await.unwrap(), 0);
}

async fn two_establishments_are_found_and_compared(kit: &Kit) {
    let services = &kit.services;
    let one = known_establishment(kit, "HTX Lá Biếc").await;
    let other = known_establishment(kit, "DNTN Sông Gió").await;
    let found = services.find_comparable(&ORGANIZER, Establishment, "la biec");
    assert_eq!(found.await.unwrap()[0].id, one);
    let both = [other, one];
    let shown = services.comparable(&ORGANIZER, Establishment, &both);
    assert_eq!(shown.await.unwrap().len(), 2);
    let said = services.say_alike(&ORGANIZER, Establishment, &both);
    let pair = services
        .like_pair(&ORGANIZER, said.await.unwrap())
        .await
        .unwrap();
    assert_eq!((pair.first.id, pair.second.id), (one, other));
}

async fn only_organisers_choose(kit: &Kit) {
    kit.workshop("a", 5).await;
    let door = kit.staff(AccountRole::Door, &["a"]).await;
    let said = kit.services.say_alike(&door, Person, &[1, 2]).await;
    assert!(matches!(said, Err(Failure::Forbidden)), "{said:?}");
    let found = kit
        .services
        .find_comparable(&Actor::Anonymous, Person, "a")
        .await;
    assert!(matches!(found, Err(Failure::SignInNeeded)), "{found:?}");
}
