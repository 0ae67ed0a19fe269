//! People whom an organiser writes down by hand, and how to reach them.

use crate::kit::{Kit, ORGANIZER, delegate, is_conflict, is_not_found, is_problem, number};
use crate::on_both;
use chrono::Duration;
use domain::{
    Coded, DelegateRow, Lang, LikenessNoun, PersonForm, RegistrationMode, RegistrationState,
};
use sea_orm::{EntityTrait, Set};
use service::entity::{Code, audit, likeness, outbox, registration, workshop};
use service::{Conflict, ContactForm, Failure, PeopleQuery};

on_both!(
    a_person_is_added_by_hand_in_every_mode_and_outside_the_window,
    a_full_room_is_asked_about_once_and_noted,
    a_misspelt_name_is_corrected_and_found_by,
    a_contact_is_edited_by_the_organiser,
);

fn by_hand(name: &str, email: &str) -> PersonForm {
    PersonForm {
        person: DelegateRow {
            full_name: name.to_owned(),
            role: "owner".to_owned(),
            phone: String::new(),
            email: email.to_owned(),
        },
        establishment: "CSSX Năm Lúa".to_owned(),
        ..PersonForm::default()
    }
}

async fn a_person_is_added_by_hand_in_every_mode_and_outside_the_window(kit: &Kit) {
    let view = kit.workshop("w", 10).await;
    // Registration has closed by the last day.
    kit.clock.advance(Duration::days(9) + Duration::hours(12));
    for (n, mode) in RegistrationMode::ALL.iter().copied().enumerate() {
        let row = workshop::ActiveModel {
            id: Set(view.row.id),
            mode: Set(Code(mode)),
            ..Default::default()
        };
        workshop::Entity::update(row)
            .exec(kit.services.db().read())
            .await
            .unwrap();
        let form = by_hand(&format!("Lê Văn {n}x"), &format!("le{n}@example.com"));
        let added = kit.services.add_person(&ORGANIZER, "w", &form, Lang::Vi);
        let id = added.await.unwrap();
        let found = kit.services.person(&ORGANIZER, "w", id).await.unwrap();
        assert_eq!(found.person.state, RegistrationState::Booked, "{mode}");
        assert!(found.person.consent_pending && found.consents.is_empty());
        let again = kit.services.add_person(&ORGANIZER, "w", &form, Lang::Vi);
        is_problem(again.await, "full_name");
    }
    let mails = kit.all(outbox::Entity).await;
    assert_eq!(number(&mails, |mail| mail.purpose == "added"), 3);
    kit.clock.advance(Duration::days(3));
    let form = by_hand("Lê Muộn", "");
    let late = kit
        .services
        .add_person(&ORGANIZER, "w", &form, Lang::Vi)
        .await;
    is_conflict(late, Conflict::NotAllowedNow);
}

async fn a_full_room_is_asked_about_once_and_noted(kit: &Kit) {
    kit.workshop("w", 1).await;
    kit.register("w", &delegate(1)).await;
    let mut form = by_hand("Lê An", "");
    let asked = kit
        .services
        .add_person(&ORGANIZER, "w", &form, Lang::Vi)
        .await;
    is_problem(asked, "when_full");
    assert_eq!(
        kit.count(registration::Entity).await,
        1,
        "nothing was written"
    );
    form.when_full = "wait".to_owned();
    let waits = kit.services.add_person(&ORGANIZER, "w", &form, Lang::Vi);
    waits.await.unwrap();
    assert_eq!(kit.in_state(RegistrationState::Waitlisted).await.len(), 1);
    let lines = kit.all(audit::Entity).await;
    assert_eq!(number(&lines, |line| line.deed == "over_capacity"), 0);
    let mut form = by_hand("Lê Bình", "");
    form.when_full = "over".to_owned();
    let over = kit.services.add_person(&ORGANIZER, "w", &form, Lang::Vi);
    over.await.unwrap();
    assert_eq!(kit.in_state(RegistrationState::Booked).await.len(), 2);
    let lines = kit.all(audit::Entity).await;
    let line = lines.iter().find(|line| line.deed == "over_capacity");
    let after = line.unwrap().after.as_deref().unwrap();
    assert_eq!(after, r#"{"over":1,"people":1}"#);
}

async fn a_misspelt_name_is_corrected_and_found_by(kit: &Kit) {
    kit.workshop("w", 10).await;
    kit.workshop("other", 10).await;
    let one = kit.register("w", &delegate(1)).await;
    let colleague = kit.register("w", &delegate(2)).await;
    let page = async |slug, id| kit.services.person(&ORGANIZER, slug, id).await;
    let correct = async |slug, name: &str| {
        kit.services
            .correct_name(&ORGANIZER, slug, one.id, name)
            .await
    };
    for wrong in ["", " ", "12 34"] {
        let refused = correct("w", wrong).await;
        assert!(matches!(refused, Err(Failure::Invalid(_))), "{refused:?}");
    }
    is_not_found(correct("other", "Đỗ Thị Ánh").await);
    correct("w", "  Đỗ Thị  Ánh ").await.unwrap();
    let corrected = page("w", one.id).await.unwrap().person;
    assert_eq!(corrected.full_name, "Đỗ Thị Ánh");
    assert_eq!(corrected.code, one.code);
    let query = PeopleQuery {
        typed: "do thi anh".to_owned(),
        ..PeopleQuery::default()
    };
    let found = kit.services.people(&ORGANIZER, "w", &query, 1).await;
    let found: Vec<i64> = found.unwrap().rows.iter().map(|row| row.id).collect();
    assert_eq!(found, [one.id]);
    let lines = kit.all(audit::Entity).await;
    let line = lines.iter().find(|line| line.deed == "correct_name");
    assert!(!line.unwrap().after.as_deref().unwrap().contains("Ánh"));
    // With the name of a colleague they may be one, which an organiser judges.
    let name = page("w", colleague.id).await.unwrap().person.full_name;
    correct("w", &name).await.unwrap();
    let pairs = kit.all(likeness::Entity).await;
    let noted = pairs.iter().any(|pair| *pair.noun == LikenessNoun::Person);
    assert!(noted, "{pairs:?}");
}

async fn a_contact_is_edited_by_the_organiser(kit: &Kit) {
    kit.workshop("w", 10).await;
    kit.workshop("other", 10).await;
    let one = kit.register("w", &delegate(1)).await;
    let edit = async |slug, phone: &str, email: &str| {
        let form = ContactForm {
            phone: phone.to_owned(),
            email: email.to_owned(),
            unreachable: false,
        };
        let edited = kit.services.edit_contact(&ORGANIZER, slug, one.id, &form);
        edited.await
    };
    let wrong = edit("w", "12", "x").await;
    assert!(
        matches!(&wrong, Err(Failure::Invalid(problems)) if problems.0.len() == 2),
        "{wrong:?}"
    );
    is_not_found(edit("other", "", "").await);
    edit("w", "0959 888 777", "moi@example.com").await.unwrap();
    let page = kit.services.person(&ORGANIZER, "w", one.id).await.unwrap();
    assert_eq!(page.person.phone.as_deref(), Some("+84959888777"));
    assert_eq!(page.person.email.as_deref(), Some("moi@example.com"));
    let lines = kit.all(audit::Entity).await;
    let line = lines
        .iter()
        .find(|line| line.deed == "change_contact")
        .unwrap();
    assert_eq!(line.actor, "token:1");
    assert!(!line.after.as_deref().unwrap().contains("moi@"), "{line:?}");
}
