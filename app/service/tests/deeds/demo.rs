//! The demo programme, counted from its rows to the last digit.

use crate::kit::{Kit, ORGANIZER, delegate, number};
use crate::on_both;
use domain::{
    AccountRole, Cell, ChangeKind, DeliveryState, Funnel, InvitationState, Phase, Purpose,
    RegistrationMode, RegistrationState,
};
use service::entity::{
    account, agenda_item, assignment, checkin, consent, establishment, outbox, party, registration,
    workshop, workshop_change,
};
use service::{Conflict, DemoSignIns, Failure, demo_sign_ins};

on_both!(
    the_demo_has_the_figures_of_the_article,
    the_demo_has_workshops_held_and_to_come,
    the_demo_has_invitations_a_group_and_answers,
    the_demo_has_an_account_for_each_role,
    a_filled_database_is_not_filled_again,
    an_undone_check_in_no_longer_counts,
);

fn attendances(cells: &[Cell]) -> Vec<(&str, u32)> {
    let filled = cells.iter().filter(|cell| cell.attendances > 0);
    filled
        .map(|cell| (cell.key.as_str(), cell.attendances))
        .collect()
}

async fn the_demo_has_the_figures_of_the_article(kit: &Kit) {
    kit.services.fill_demo().await.unwrap();
    let summary = kit.services.summary(&ORGANIZER).await.unwrap();
    let tally = &summary.tally;
    assert_eq!(
        (summary.target, summary.held, summary.upcoming),
        (600, 6, 31 + 47 + 22 + 9 + 2)
    );
    assert_eq!(
        (tally.attendances, tally.persons, tally.officials),
        (600, 512, 0)
    );
    assert_eq!(
        summary.funnel,
        Funnel {
            registered: 684,
            attended: 538,
            substituted: 24,
            cancelled: 42,
            not_seated: 0,
            no_shows: 80,
            substitutes: 24,
            walk_ins: 38,
        }
    );
    assert_eq!(
        attendances(&tally.by_role),
        [
            ("manager", 150),
            ("technician", 174),
            ("foreman", 126),
            ("owner", 150)
        ]
    );
    assert_eq!(
        attendances(&tally.by_sector),
        [
            ("coconut", 228),
            ("seafood", 156),
            ("food", 60),
            ("sugar", 48),
            ("tobacco", 30),
            ("other", 78),
        ]
    );
    assert_eq!(
        attendances(&tally.by_site),
        [
            ("industrial_park", 96),
            ("industrial_cluster", 90),
            ("craft_village", 132),
            ("elsewhere", 282),
        ]
    );
    assert_eq!(
        attendances(&tally.by_locality),
        [
            ("TP Bến Tre", 150),
            ("Châu Thành", 108),
            ("Bình Đại", 84),
            ("Mỏ Cày Nam", 72),
            ("Giồng Trôm", 60),
            ("Ba Tri", 48),
            ("Mỏ Cày Bắc", 36),
            ("Thạnh Phú", 24),
            ("Chợ Lách", 18),
        ]
    );
    for cells in [
        &tally.by_role,
        &tally.by_sector,
        &tally.by_site,
        &tally.by_locality,
    ] {
        assert_eq!(cells.iter().map(|cell| cell.attendances).sum::<u32>(), 600);
        assert_eq!(cells.iter().map(|cell| cell.persons).sum::<u32>(), 512);
    }
}

async fn the_demo_has_workshops_held_and_to_come(kit: &Kit) {
    kit.services.fill_demo().await.unwrap();
    let view = kit.services.programme(&ORGANIZER).await.unwrap();
    assert_eq!(view.unreached.0, 3);
    let of_phase = |phase| {
        let rows = view
            .workshops
            .iter()
            .filter(move |row| row.0.phase == phase);
        rows.collect::<Vec<_>>()
    };
    let mut held: Vec<u32> = of_phase(Phase::Held)
        .iter()
        .map(|(_, count)| count.funnel.attended + count.funnel.substitutes + count.funnel.walk_ins)
        .collect();
    held.reverse();
    assert_eq!(held, [96, 104, 110, 92, 88, 110]);
    assert_eq!(of_phase(Phase::Upcoming).len(), 5);
    assert_eq!(of_phase(Phase::Draft).len(), 1);
    assert_eq!(of_phase(Phase::Cancelled).len(), 1);
    let changes = kit.all(workshop_change::Entity).await;
    let mut kinds: Vec<_> = changes.iter().map(|row| *row.kind).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, [ChangeKind::Moved, ChangeKind::Cancelled]);
    assert_eq!(kit.services.alert_minimums().await.unwrap(), 1);
    assert!(kit.count(agenda_item::Entity).await > 0);
    assert_eq!(kit.in_state(RegistrationState::Waitlisted).await.len(), 7);
    assert_eq!(kit.in_state(RegistrationState::Offered).await.len(), 1);
    assert_eq!(kit.in_state(RegistrationState::Requested).await.len(), 1);
    let offers = kit.services.offers_to_call(&ORGANIZER).await.unwrap();
    assert!(offers.len() <= 1, "{offers:?}");
    let consents = kit.all(consent::Entity).await;
    let reporting = number(&consents, |row| *row.purpose == Purpose::Reporting);
    assert_eq!(reporting, 684 + 24 + 38 + 119, "each has its proof");
    let bounced = kit.all(outbox::Entity).await;
    assert_eq!(
        number(&bounced, |mail| *mail.state == DeliveryState::Failed),
        6
    );
    assert_eq!(
        bounced.len(),
        6 + 1,
        "the organiser was told of the minimum"
    );
    // The demo is a database like any other: people can go on from there.
    let registered = kit.register("tiet-kiem-nuoc-nganh-dua", &delegate(1)).await;
    assert_eq!(registered.state, RegistrationState::Booked);
    let full = kit.register("can-bang-vat-lieu", &delegate(1)).await;
    assert_eq!(full.position, Some(8));
}

async fn the_demo_has_invitations_a_group_and_answers(kit: &Kit) {
    kit.services.fill_demo().await.unwrap();
    // One that people register for themselves too, and one for those invited.
    for slug in ["giam-nuoc-thai-thuy-san", "cam-ket-cua-lanh-dao"] {
        let list = kit.services.invitations(&ORGANIZER, slug, None).await;
        let list = list.unwrap();
        let mut states: Vec<_> = list.rows.iter().map(|row| (row.state, row.named)).collect();
        states.sort_unstable();
        let named = states.iter().map(|(_, named)| named).sum::<u32>();
        assert!(named > 1, "{states:?}");
        let number_of = |state| states.iter().filter(|(is, _)| *is == state).count();
        assert_eq!(number_of(InvitationState::Sent), 2);
        assert_eq!(number_of(InvitationState::Declined), 1);
        assert_eq!(states.len(), 4);
    }
    let view = kit.services.public_workshop("cam-ket-cua-lanh-dao").await;
    assert_eq!(*view.unwrap().row.mode, RegistrationMode::Invitation);
    let rows = kit.all(registration::Entity).await;
    assert!(number(&rows, |row| row.party_id.is_some()) > 1);
    assert_eq!(kit.count(party::Entity).await, 1);
    let open = "tiet-kiem-nuoc-nganh-dua";
    let (_, questions) = kit.services.questions(&ORGANIZER, open).await.unwrap();
    let answered: Vec<_> = questions.iter().map(|question| question.answered).collect();
    assert_eq!(answered, [24, 16]);
}

async fn the_demo_has_an_account_for_each_role(kit: &Kit) {
    let DemoSignIns { password, accounts } = kit.services.fill_demo().await.unwrap();
    assert_eq!(demo_sign_ins().accounts, accounts);
    assert_eq!(accounts.len(), 4);
    for (role, email) in accounts {
        let account = kit.services.sign_in(&email, password).await.unwrap();
        assert_eq!(account.role, role);
        let actor = kit.services.actor_by_account(account.id).await.unwrap();
        let seen = kit.services.workshops(&actor).await.unwrap().len();
        let expected = match role {
            AccountRole::Organizer | AccountRole::Director => 13,
            AccountRole::Trainer => 6,
            AccountRole::Door => 4,
        };
        assert_eq!(seen, expected, "{role}");
    }
    assert!(kit.all(account::Entity).await.iter().all(|row| row.is_demo));
    assert_eq!(kit.count(assignment::Entity).await, 10);
    assert!(kit.services.frame().await.unwrap().demo);
}

async fn a_filled_database_is_not_filled_again(kit: &Kit) {
    kit.services.fill_demo().await.unwrap();
    let again = kit.services.fill_demo().await;
    assert!(
        matches!(again, Err(Failure::Conflict(Conflict::NotEmpty))),
        "{again:?}"
    );
    assert_eq!(kit.count(workshop::Entity).await, 13);
    assert_eq!(kit.count(establishment::Entity).await, 47);
}

async fn an_undone_check_in_no_longer_counts(kit: &Kit) {
    kit.services.fill_demo().await.unwrap();
    let slug = "chia-se-nhan-rong-2010";
    let door = kit.services.door(&ORGANIZER, slug).await.unwrap();
    let standing = kit.all(checkin::Entity).await;
    let of_door = standing
        .iter()
        .filter(|row| row.session_id == door.session.id);
    let one = of_door.map(|row| row.registration_id).next().unwrap();
    let session = door.session.id;
    let verified = async || kit.services.summary(&ORGANIZER).await.unwrap().verified;
    assert_eq!(verified().await.attendances, 600);
    let reopen = kit
        .services
        .reopen_figures(&ORGANIZER, slug, session, "Nhầm người");
    reopen.await.unwrap();
    assert_eq!(verified().await.attendances, 490, "provisional again");
    let undo = kit
        .services
        .undo_check_in(&ORGANIZER, slug, door.session.id, one);
    undo.await.unwrap();
    let summary = kit.services.summary(&ORGANIZER).await.unwrap();
    assert_eq!(summary.tally.attendances, 599);
    let by_role = summary.tally.by_role.iter();
    assert_eq!(by_role.map(|cell| cell.attendances).sum::<u32>(), 599);
    let again = kit.services.door(&ORGANIZER, slug).await.unwrap();
    assert_eq!((door.arrived, again.arrived), (110, 109));
}
