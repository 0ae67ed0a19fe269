//! What an import made besides registrations goes with it when it is taken
//! back, as far as nothing else needs it.

use crate::imports::{run, upload};
use crate::kit::{Kit, ORGANIZER, delegate, inviting, named, number, workshop_form};
use crate::likeness::{open, row_of};
use crate::on_both;
use domain::{
    LikenessState,
    RegistrationState::{Booked, Cancelled, Offered},
};
use service::InviteFilter;
use service::entity::{establishment, likeness, person, registration};

on_both!(
    what_a_file_made_is_shown_nowhere_once_it_is_taken_back,
    what_others_need_stays,
    who_was_taken_back_and_registers_is_shown_again,
    what_was_filled_in_is_taken_out_again,
    a_merge_that_was_undone_touches_nobody,
    an_offer_of_the_queue_is_offered_on,
    an_offer_by_more_seats_is_nobodys_answer,
);

/// A file whose columns were said to be what they are not.
const WRONG: &str = "Đơn vị,Họ và tên\n\
    Lê Văn An,Giọt Nắng\n\
    Lê Văn Anh,Giọt Nắng Xanh\n\
    Võ Út,Sao Khơi\n";

async fn names(kit: &Kit) -> Vec<String> {
    let listed = kit.services.establishments(&ORGANIZER, "").await.unwrap();
    let mut names: Vec<_> = listed.rows.into_iter().map(|row| row.name).collect();
    names.sort();
    names
}

async fn what_a_file_made_is_shown_nowhere_once_it_is_taken_back(kit: &Kit) {
    kit.workshop("w", 20).await;
    kit.register("w", &delegate(1)).await;
    let before = names(kit).await;
    let id = upload(kit, "w", WRONG.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    assert_eq!(names(kit).await.len(), before.len() + 3);
    kit.services.undo_import(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!(names(kit).await, before);
    let filter = InviteFilter::default();
    let invitable = kit
        .services
        .establishments_to_invite(&ORGANIZER, "w", &filter, &[]);
    assert_eq!(invitable.await.unwrap().found, before.len());
    assert!(open(kit).await.is_empty(), "nothing of it is to be judged");
    kit.services.find_likenesses(&ORGANIZER).await.unwrap();
    assert!(open(kit).await.is_empty(), "nor found again");
    // What was cancelled stays readable.
    assert_eq!(kit.in_state(Cancelled).await.len(), 3);
}

async fn what_others_need_stays(kit: &Kit) {
    for slug in ["w", "v"] {
        kit.workshop(slug, 20).await;
    }
    let file = "Họ tên,Đơn vị,SĐT\n\
        Lê An,Năm Lúa,0950000001\n\
        Lê Bình,Bảy Hạt,0950000002\n\
        Lê Chi,Lá Biếc,0950000003\n\
        Lê Dung,Sao Khơi,0950000004\n\
        Lê Em,Ván Thơm,0950000005\n";
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    let firm = async |name: &str| {
        let firms = kit.all(establishment::Entity).await;
        firms.into_iter().find(|row| row.name == name).unwrap().id
    };
    // One registers elsewhere, one firm is invited, one is told apart.
    let mut form = named("Lê An", "0950 000 001");
    form.establishment = "Năm Lúa".to_owned();
    kit.register("v", &form).await;
    let services = &kit.services;
    let invite = inviting(firm("Bảy Hạt").await, 2);
    services.invite(&ORGANIZER, "v", &invite).await.unwrap();
    let known = firm("Lá Biếc").await;
    let classified = services.classify_establishment(&ORGANIZER, known, "cooperative", "", "");
    classified.await.unwrap();
    services.undo_import(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!(names(kit).await, ["Bảy Hạt", "Lá Biếc", "Năm Lúa"]);
    let persons = kit.all(person::Entity).await;
    let shown = persons.iter().filter(|row| row.withdrawn_at.is_none());
    let shown: Vec<_> = shown.map(|row| row.full_name.as_str()).collect();
    assert_eq!(shown, ["Lê An"]);
}

async fn who_was_taken_back_and_registers_is_shown_again(kit: &Kit) {
    kit.workshop("w", 20).await;
    kit.register("w", &named("Lê Văn An", "0950000001")).await;
    let file = "Họ tên,Đơn vị,SĐT\n\
        Lê Văn Anh,Cồn Mây,0950000001\n\
        Lê Chi,Cồn Mai,0950000003\n";
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    let noted = open(kit).await.len();
    assert_eq!(noted, 2, "a name and a firm nearly the same");
    kit.services.undo_import(&ORGANIZER, "w", id).await.unwrap();
    assert!(open(kit).await.is_empty());
    let mut again = named("Lê Văn Anh", "0950000001");
    again.establishment = "Cồn Mây".to_owned();
    let row = row_of(kit, &kit.register("w", &again).await).await;
    let persons = kit.all(person::Entity).await;
    assert_eq!(persons.len(), 3, "nobody is new");
    let shown = persons.iter().find(|one| one.id == row.person_id).unwrap();
    assert_eq!(shown.withdrawn_at, None);
    assert_eq!(open(kit).await.len(), 1, "the person is compared again");
    assert!(names(kit).await.contains(&"Cồn Mây".to_owned()));
    // Once more by a file, which finds them both.
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    assert_eq!(open(kit).await.len(), 2);
    let hidden = kit.all(establishment::Entity).await;
    assert_eq!(number(&hidden, |row| row.withdrawn_at.is_some()), 0);
    assert_eq!(hidden.len(), 3);
    let rows = kit.all(likeness::Entity).await;
    assert!(rows.iter().all(|row| *row.state == LikenessState::Open));
}

async fn what_was_filled_in_is_taken_out_again(kit: &Kit) {
    for slug in ["w", "v", "u"] {
        kit.workshop(slug, 20).await;
    }
    let without = "Họ tên,Đơn vị\nLê An,Năm Lúa\nLê Bình,Bảy Hạt\n";
    let id = upload(kit, "w", without.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    let file = "Họ tên,Đơn vị,SĐT,MST\n\
        Lê An,Năm Lúa,0950000001,0100047516\n\
        Lê Bình,Bảy Hạt,0950000002,1399000016\n";
    let services = &kit.services;
    let id = upload(kit, "v", file.as_bytes()).await.unwrap();
    let confirmed = services.confirm_import(&ORGANIZER, "v", id, false);
    confirmed.await.unwrap();
    kit.clock.advance(chrono::Duration::minutes(1));
    services.run_imports().await.unwrap();
    kit.clock.advance(chrono::Duration::minutes(1));
    // One says the same phone since.
    let mut form = named("Lê Bình", "0950 000 002");
    form.establishment = "Bảy Hạt".to_owned();
    kit.register("u", &form).await;
    services.undo_import(&ORGANIZER, "v", id).await.unwrap();
    let mut persons = kit.all(person::Entity).await;
    persons.sort_by_key(|row| row.id);
    let phones: Vec<_> = persons.iter().map(|row| row.phone.as_deref()).collect();
    assert_eq!(phones, [None, Some("+84950000002")]);
    let mut firms = kit.all(establishment::Entity).await;
    firms.sort_by_key(|row| row.id);
    let codes: Vec<_> = firms.iter().map(|row| row.tax_code.as_deref()).collect();
    assert_eq!(codes, [None, Some("1399000016")]);
    assert!(firms.iter().all(|row| row.withdrawn_at.is_none()));
    let rows = kit.all(registration::Entity).await;
    assert_eq!(rows.len(), 5);
}

async fn a_merge_that_was_undone_touches_nobody(kit: &Kit) {
    kit.workshop("w", 20).await;
    let mut known = named("Lê An", "0950000001");
    known.establishment = "Năm Lúa".to_owned();
    known.email = "an@example.com".to_owned();
    kit.register("w", &known).await;
    let file = "Họ tên,Đơn vị,SĐT\nLê An,Năm Lúa,0950000002\n";
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    let services = &kit.services;
    let pair = open(kit).await[0].id;
    kit.clock.advance(chrono::Duration::minutes(1));
    let choice = service::MergeChoice::default();
    services.merge(&ORGANIZER, pair, choice).await.unwrap();
    assert_eq!(kit.in_state(Cancelled).await.len(), 1);
    kit.clock.advance(chrono::Duration::minutes(1));
    let over = services.undo_judgement(&ORGANIZER, pair).await.unwrap();
    assert!(over.is_empty(), "there are seats for both");
    let undone = services.undo_import(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!((undone.cancelled, undone.stay), (1, Vec::new()));
}

async fn an_offer_of_the_queue_is_offered_on(kit: &Kit) {
    kit.workshop("w", 2).await;
    let first = kit.register("w", &delegate(1)).await;
    let second = kit.register("w", &delegate(2)).await;
    let file = "Họ tên,Đơn vị\nLê An,Năm Lúa\nLê Bình,Bảy Hạt\n";
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    let last = kit.register("w", &delegate(3)).await;
    kit.clock.advance(chrono::Duration::minutes(1));
    kit.cancel(&first).await;
    let services = &kit.services;
    let offered = kit.in_state(Offered).await;
    assert_eq!(offered.len(), 1);
    // The other one takes the seat that came next, and stays.
    kit.cancel(&second).await;
    let taker = kit.in_state(Offered).await.pop().unwrap();
    let ticket = services.ticket_token(&taker.code);
    services.accept_offer(&ticket).await.unwrap();
    kit.clock.advance(chrono::Duration::minutes(1));
    let undone = services.undo_import(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!(undone.cancelled, 1);
    let stays = vec![("Lê Bình".to_owned(), Booked)];
    assert_eq!(undone.stay, stays);
    assert_eq!(*row_of(kit, &last).await.state, Offered, "the seat goes on");
    // Who stayed is still to be read.
    let page = services.import_page(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!(page.stayed, stays);
}

async fn an_offer_by_more_seats_is_nobodys_answer(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 1).await;
    kit.register("w", &delegate(1)).await;
    let file = "Họ tên,Đơn vị\nLê An,Năm Lúa\n";
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    kit.clock.advance(chrono::Duration::minutes(1));
    let more = workshop_form("w", 2);
    services.revise(&ORGANIZER, "w", &more).await.unwrap();
    assert_eq!(kit.in_state(Offered).await.len(), 1);
    kit.clock.advance(chrono::Duration::minutes(1));
    let undone = services.undo_import(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!((undone.cancelled, undone.stay), (1, Vec::new()));
}
