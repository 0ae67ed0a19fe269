//! What establishments are: said by the organisers, seen in the figures.

use crate::kit::{Kit, ORGANIZER, delegate, named};
use crate::on_both;
use domain::{
    AccountRole, Cell, EstablishmentKind, LikenessState, Reason, Sector, SiteType, UNCLASSIFIED,
};
use service::entity::audit;
use service::{Actor, Failure, ScanRequest};

on_both!(
    a_classification_moves_the_breakdowns,
    what_is_not_classified_comes_first_and_is_found_without_accents,
    what_is_in_no_list_changes_nothing,
    only_organisers_classify,
    the_same_tax_code_is_noted_to_be_judged,
);

/// The key of the only establishment of this name.
async fn id_of(kit: &Kit, typed: &str) -> i64 {
    let found = kit.services.establishments(&ORGANIZER, typed).await;
    let rows = found.unwrap().rows;
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows[0].id
}

fn attendances(cells: &[Cell], key: &str) -> u32 {
    let cell = cells.iter().find(|cell| cell.key == key);
    cell.map_or(0, |cell| cell.attendances)
}

async fn a_classification_moves_the_breakdowns(kit: &Kit) {
    let w = kit.workshop("w", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let scan = ScanRequest {
        code: one.code.clone(),
        session: w.sessions[0].id,
        nonce: "n".to_owned(),
        at: None,
    };
    kit.services.check_in(&ORGANIZER, "w", &scan).await.unwrap();
    let before = kit.services.summary(&ORGANIZER).await.unwrap().tally;
    assert_eq!(attendances(&before.by_sector, UNCLASSIFIED), 1);
    assert_eq!(attendances(&before.by_site, UNCLASSIFIED), 1);

    let id = id_of(kit, "").await;
    let saved = kit
        .services
        .classify_establishment(&ORGANIZER, id, "enterprise", "coconut", "craft_village")
        .await
        .unwrap();
    assert_eq!(saved.kind, Some(EstablishmentKind::Enterprise));
    let after = kit.services.summary(&ORGANIZER).await.unwrap().tally;
    assert_eq!(attendances(&after.by_sector, "coconut"), 1);
    assert_eq!(attendances(&after.by_sector, UNCLASSIFIED), 0);
    assert_eq!(attendances(&after.by_site, "craft_village"), 1);
    assert_eq!(attendances(&after.by_site, UNCLASSIFIED), 0);

    let log = kit.all(audit::Entity).await;
    let entry = log.iter().find(|row| row.deed == "classify").unwrap();
    assert_eq!((entry.noun.as_str(), entry.noun_id), ("establishment", id));
    let after = entry.after.as_deref().unwrap();
    assert!(
        after.contains("coconut") && !after.contains(&saved.name),
        "{after}"
    );
}

async fn what_is_not_classified_comes_first_and_is_found_without_accents(kit: &Kit) {
    kit.workshop("w", 9).await;
    for n in 1..=2 {
        kit.register("w", &delegate(n)).await;
    }
    let mut other = named("Trần Thị Út", "0912345678");
    other.establishment = "HTX Dừa Bến Tre".to_owned();
    kit.register("w", &other).await;
    let services = &kit.services;
    let all = services.establishments(&ORGANIZER, "").await.unwrap();
    assert_eq!((all.all, all.unclassified, all.found), (2, 2, 2));
    let numbers: Vec<i64> = all.rows.iter().map(|row| row.registrations).collect();
    assert_eq!(numbers, [2, 1]);

    let id = all.rows[0].id;
    services
        .classify_establishment(&ORGANIZER, id, "enterprise", "food", "elsewhere")
        .await
        .unwrap();
    let all = services.establishments(&ORGANIZER, "").await.unwrap();
    assert_eq!((all.all, all.unclassified), (2, 1));
    assert_eq!(all.rows[1].id, id);
    assert_eq!(all.rows[1].sector, Some(Sector::Food));
    assert_eq!(all.rows[1].site, Some(SiteType::Elsewhere));

    let found = services
        .establishments(&ORGANIZER, "dua ben")
        .await
        .unwrap();
    assert_eq!((found.found, found.rows.len()), (1, 1));
    assert_eq!(found.rows[0].name, "HTX Dừa Bến Tre");
}

async fn what_is_in_no_list_changes_nothing(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.register("w", &delegate(1)).await;
    let id = id_of(kit, "rang dong").await;
    let services = &kit.services;
    let refused = services
        .classify_establishment(&ORGANIZER, id, "enterprise", "gold", "moon")
        .await;
    let Err(Failure::Invalid(problems)) = refused else {
        panic!("{refused:?}");
    };
    let problems: Vec<_> = problems
        .0
        .into_iter()
        .map(|p| (p.field.into_owned(), p.reason))
        .collect();
    assert_eq!(
        problems,
        ["sector", "site"].map(|field| (field.to_owned(), Reason::NotAChoice))
    );
    let row = services.establishments(&ORGANIZER, "").await.unwrap().rows;
    assert_eq!(row[0].kind, None);
    // What is left empty is not known again.
    for kind in ["household", ""] {
        let saved = services.classify_establishment(&ORGANIZER, id, kind, "", "");
        assert_eq!(saved.await.unwrap().kind.is_some(), !kind.is_empty());
    }
    let nowhere = services.classify_establishment(&ORGANIZER, id + 1, "", "", "");
    assert!(matches!(nowhere.await, Err(Failure::NotFound)));
}

async fn only_organisers_classify(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.register("w", &delegate(1)).await;
    let id = id_of(kit, "").await;
    let services = &kit.services;
    for role in [AccountRole::Door, AccountRole::Director] {
        let actor = kit.staff(role, &[]).await;
        let done = services.classify_establishment(&actor, id, "enterprise", "", "");
        assert!(matches!(done.await, Err(Failure::Forbidden)), "{role}");
        let read = services.establishments(&actor, "").await;
        assert!(matches!(read, Err(Failure::Forbidden)), "{role}");
    }
    let nobody = services.classify_establishment(&Actor::Anonymous, id, "", "", "");
    assert!(matches!(nobody.await, Err(Failure::SignInNeeded)));
}

async fn the_same_tax_code_is_noted_to_be_judged(kit: &Kit) {
    kit.workshop("w", 5).await;
    for (n, firm) in ["Cơ sở Ba Rạng", "Doanh nghiệp Lúa Chín"]
        .into_iter()
        .enumerate()
    {
        let mut form = delegate(n);
        form.establishment = firm.to_owned();
        kit.register("w", &form).await;
    }
    let services = &kit.services;
    let (one, other) = (id_of(kit, "rang").await, id_of(kit, "lua").await);
    let enter = async |id, typed| services.enter_tax_code(&ORGANIZER, id, typed).await;
    assert!(enter(one, "0100 047 516").await.unwrap());
    assert!(!enter(other, "0100047517").await.unwrap(), "a slip warns");
    let queue = async || {
        services
            .merge_queue(&ORGANIZER, LikenessState::Open)
            .await
            .unwrap()
    };
    assert_eq!(queue().await.pairs.len(), 0);
    assert!(enter(other, "0100047516").await.unwrap());
    assert_eq!(queue().await.pairs.len(), 1);
    let wrong = enter(one, "083123456789").await;
    assert!(
        matches!(&wrong, Err(Failure::Invalid(problems)) if problems.of("tax_code").is_some()),
        "a citizen's number is not taken: {wrong:?}"
    );
    let door = Actor::Token {
        id: 1,
        role: AccountRole::Door,
    };
    let refused = services.enter_tax_code(&door, one, "").await;
    assert!(matches!(refused, Err(Failure::Forbidden)), "{refused:?}");
}
