//! An invited establishment names who comes.

use crate::kit::{
    Kit, ORGANIZER, at, delegate, invited, invited_elsewhere, inviting, is_conflict, is_not_found,
    is_problem, link_of, named_standing, nominate, nominating, nomination, nominee_row, number,
};
use crate::on_both;
use chrono::Duration;
use domain::{
    InvitationState, Lang, Naming, NominationForm, RegistrationMode, RegistrationSource,
    RegistrationState::{Booked, Cancelled, Offered, Substituted, Waitlisted},
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use service::entity::{
    Code, consent, establishment, invitation, likeness, person, registration, workshop,
};
use service::{Conflict, ScanRequest};

on_both!(
    an_establishment_is_invited_and_names_who_comes,
    names_sent_twice_are_registered_once,
    no_more_than_the_quota_and_nobody_twice,
    two_saves_at_once_keep_to_the_quota,
    the_contacts_own_phone_in_every_row_makes_nobody_one,
    each_is_placed_for_itself,
    a_nominee_is_changed_until_the_deadline_and_a_seat_up_to_the_door,
    a_waiting_nominee_is_changed_by_leaving_and_registering_anew,
    details_are_put_right_but_not_those_known_from_elsewhere,
    nobody_comes_for_a_reason_and_somebody_after_all,
);

async fn an_establishment_is_invited_and_names_who_comes(kit: &Kit) {
    let (id, link) = invited(kit, 10, 3).await;
    // The public page is closed: only those named come.
    set_mode(kit, RegistrationMode::Invitation).await;
    let before = nomination(kit, &link).await;
    assert_eq!((before.quota, before.left), (3, 3));
    assert_eq!(before.naming, Naming::Open);
    nominate(kit, &link, &["Lê An", "Lê Bình"]).await.unwrap();
    let after = nomination(kit, &link).await;
    assert_eq!((after.left, after.state), (1, InvitationState::Answered));
    assert_eq!(after.contact_name, "Trần Thị Hoa");
    for row in kit.all(registration::Entity).await {
        assert_eq!(*row.state, Booked);
        assert_eq!(*row.source, RegistrationSource::Nomination);
        assert_eq!(row.invitation_id, Some(id));
    }
    assert_eq!(kit.count(consent::Entity).await, 0, "consent is pending");
    let ticket = kit.services.ticket(&after.nominees[0].ticket).await;
    assert_eq!(ticket.unwrap().full_name, "Lê An");
    let list = kit.services.invitations(&ORGANIZER, "w", None).await;
    let list = list.unwrap();
    assert_eq!((list.rows[0].named, list.rows[0].left()), (2, 1));
    assert_eq!((list.booked, list.open_places, list.short), (2, 1, 0));
    let cockpit = kit.services.cockpit(&ORGANIZER, "w").await.unwrap();
    assert_eq!(cockpit.invitations.answered, 1);
}

async fn set_mode(kit: &Kit, mode: RegistrationMode) {
    let row = kit.all(workshop::Entity).await.remove(0);
    let row = &row;
    let db = kit.services.db();
    db.write(|tx| async move {
        let mut row = row.clone().into_active_model();
        row.mode = Set(Code(mode));
        row.update(&*tx).await?;
        Ok(())
    })
    .await
    .unwrap();
}

async fn names_sent_twice_are_registered_once(kit: &Kit) {
    let (_, link) = invited(kit, 10, 2).await;
    nominate(kit, &link, &["Lê An", "Lê Bình"]).await.unwrap();
    nominate(kit, &link, &["Lê An", "Lê Bình"]).await.unwrap();
    assert_eq!(named_standing(kit, &link).await, ["Lê An", "Lê Bình"]);
    assert_eq!(kit.count(registration::Entity).await, 2);
    // Twice at once, on a workshop of its own.
    let link = invited_elsewhere(kit).await;
    let at_once = link.clone();
    let answers = kit
        .race(6, move |services, _| {
            let link = at_once.clone();
            async move {
                let form = nominating(&["Lê Chi", "Lê Dung"]);
                services.nominate(&link, &form, Lang::Vi).await
            }
        })
        .await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(named_standing(kit, &link).await.len(), 2);
}

async fn no_more_than_the_quota_and_nobody_twice(kit: &Kit) {
    let (_, link) = invited(kit, 10, 2).await;
    let many = nominate(kit, &link, &["Lê An", "Lê Bình", "Lê Chi"]).await;
    is_problem(many, "delegates.3.full_name");
    assert_eq!(kit.count(registration::Entity).await, 0, "all or nobody");
    // Told at once, not once everything else is mended.
    let mut unfinished = nominating(&["Lê An", "Lê Bình", "Lê Chi"]);
    unfinished.contact_phone.clear();
    let early = kit.services.nominate(&link, &unfinished, Lang::Vi).await;
    is_problem(early, "delegates.3.full_name");
    // Somebody who registered alone is not doubled, and the row says so.
    let mut alone = delegate(1);
    alone.full_name = "Lê An".to_owned();
    alone.establishment = "Hợp tác xã Lá Biếc".to_owned();
    kit.register("w", &alone).await;
    let mut form = nominating(&["Lê Bình", "Lê An"]);
    form.delegates[1].phone = alone.phone.clone();
    let again = kit.services.nominate(&link, &form, Lang::Vi).await;
    is_problem(again, "delegates.2.full_name");
    let twice = nominate(kit, &link, &["Lê Chi", "lê chi"]).await;
    is_problem(twice, "delegates.2.full_name");
    assert_eq!(kit.count(registration::Entity).await, 1);
    nominate(kit, &link, &["Lê Bình", "Lê Chi"]).await.unwrap();
    is_problem(
        nominate(kit, &link, &["Lê Dung"]).await,
        "delegates.1.full_name",
    );
}

async fn two_saves_at_once_keep_to_the_quota(kit: &Kit) {
    let (_, link) = invited(kit, 10, 2).await;
    let at_once = link.clone();
    let answers = kit
        .race(2, move |services, n| {
            let link = at_once.clone();
            async move {
                let names = [["Lê An", "Lê Bình"], ["Lê Chi", "Lê Dung"]];
                services
                    .nominate(&link, &nominating(&names[n]), Lang::Vi)
                    .await
            }
        })
        .await;
    assert_eq!(number(&answers, Result::is_ok), 1, "{answers:?}");
    assert_eq!(named_standing(kit, &link).await.len(), 2);
    assert_eq!(nomination(kit, &link).await.left, 0);
}

async fn the_contacts_own_phone_in_every_row_makes_nobody_one(kit: &Kit) {
    let (_, link) = invited(kit, 10, 3).await;
    let mut form = nominating(&["Lê An", "Võ Bình", "Trần Chi"]);
    for row in &mut form.delegates {
        row.phone = form.contact_phone.clone();
        row.email = form.contact_email.clone();
    }
    let services = &kit.services;
    services.nominate(&link, &form, Lang::Vi).await.unwrap();
    assert_eq!(kit.count(person::Entity).await, 3);
    assert_eq!(
        kit.count(likeness::Entity).await,
        0,
        "colleagues share both"
    );
}

async fn each_is_placed_for_itself(kit: &Kit) {
    let (_, link) = invited(kit, 2, 3).await;
    set_mode(kit, RegistrationMode::Approval).await;
    nominate(kit, &link, &["Lê An", "Lê Bình", "Lê Chi"])
        .await
        .unwrap();
    let states: Vec<_> = nomination(kit, &link).await.nominees;
    let states: Vec<_> = states.iter().map(|one| (one.state, one.position)).collect();
    assert_eq!(
        states,
        [(Booked, None), (Booked, None), (Waitlisted, Some(1))]
    );
}

async fn a_nominee_is_changed_until_the_deadline_and_a_seat_up_to_the_door(kit: &Kit) {
    let (_, link) = invited(kit, 10, 2).await;
    nominate(kit, &link, &["Lê An", "Lê Bình"]).await.unwrap();
    let services = &kit.services;
    let ids = async |name: &str| {
        let nominees = nomination(kit, &link).await.nominees;
        nominees
            .into_iter()
            .find(|one| one.full_name == name)
            .unwrap()
    };
    let change = async |id, name: &str| {
        services
            .change_nominee(&link, id, &nominee_row(name), Lang::Vi)
            .await
    };
    let an = ids("Lê An").await;
    change(an.id, "Lê Chi").await.unwrap();
    // The same answer twice.
    change(an.id, "Lê Chi").await.unwrap();
    assert_eq!(ids("Lê An").await.state, Substituted);
    // Who was replaced is told so, and gets nobody's page.
    let replaced = services.ticket(&ids("Lê An").await.ticket).await.unwrap();
    assert_eq!((replaced.state, replaced.passed_on), (Substituted, None));
    let taken = change(ids("Lê Chi").await.id, "Lê Bình").await;
    is_problem(taken, "full_name");
    // A form that was opened before the deadline has a minute.
    let deadline = nomination(kit, &link).await.answer_by;
    let opened = Some(kit.now());
    kit.clock
        .advance(deadline - kit.now() + Duration::seconds(59));
    let sent = NominationForm {
        opened_at: opened,
        ..nominating(&["Lê Giang"])
    };
    let beyond_quota = services.nominate(&link, &sent, Lang::Vi).await;
    is_problem(beyond_quota, "delegates.1.full_name");
    let naming = async || {
        let page = services.nomination_by_form(&link, opened).await.unwrap();
        (page.naming, nomination(kit, &link).await.naming)
    };
    assert_eq!(naming().await, (Naming::Open, Naming::Substitutes));
    kit.clock.advance(Duration::seconds(1));
    assert_eq!(naming().await.0, Naming::Substitutes);
    let late = services.nominate(&link, &sent, Lang::Vi).await;
    is_conflict(late, Conflict::NominationOver);
    // After the deadline no new names, but a substitute.
    kit.clock.advance(Duration::hours(12));
    assert_eq!(nomination(kit, &link).await.naming, Naming::Substitutes);
    let late = nominate(kit, &link, &["Lê Giang"]).await;
    is_conflict(late, Conflict::NominationOver);
    change(ids("Lê Bình").await.id, "Lê Dung").await.unwrap();
    // On the day, up to the door: who has come stays.
    let start = at("2026-12-03T07:40");
    kit.clock.advance(start - kit.now());
    let session = services.door(&ORGANIZER, "w").await.unwrap().session.id;
    let dung = ids("Lê Dung").await;
    let scan = ScanRequest {
        code: dung.code.clone(),
        session,
        nonce: "n".to_owned(),
        at: None,
    };
    services.check_in(&ORGANIZER, "w", &scan).await.unwrap();
    is_conflict(change(dung.id, "Lê Mai").await, Conflict::NotAllowedNow);
    change(ids("Lê Chi").await.id, "Lê Mai").await.unwrap();
    assert_eq!(named_standing(kit, &link).await, ["Lê Dung", "Lê Mai"]);
    let mai = kit.in_state(Booked).await.pop().unwrap();
    assert_eq!(*mai.source, RegistrationSource::Substitute);
    kit.clock.advance(Duration::days(1));
    let over = change(ids("Lê Mai").await.id, "Lê Nam").await;
    is_conflict(over, Conflict::NotAllowedNow);
}

async fn a_waiting_nominee_is_changed_by_leaving_and_registering_anew(kit: &Kit) {
    let (_, link) = invited(kit, 1, 2).await;
    let first = kit.register("w", &delegate(0)).await;
    nominate(kit, &link, &["Lê An", "Lê Bình"]).await.unwrap();
    let services = &kit.services;
    let an = nomination(kit, &link).await.nominees.remove(0);
    services
        .change_nominee(&link, an.id, &nominee_row("Lê Chi"), Lang::Vi)
        .await
        .unwrap();
    let places: Vec<_> = nomination(kit, &link).await.nominees;
    let places: Vec<_> = places
        .iter()
        .map(|one| (one.full_name.as_str(), one.state, one.position))
        .collect();
    assert_eq!(
        places,
        [
            ("Lê Bình", Waitlisted, Some(1)),
            ("Lê Chi", Waitlisted, Some(2)),
            ("Lê An", Cancelled, None),
        ]
    );
    // An offered seat goes to who waits, not to the newcomer.
    kit.cancel(&first).await;
    let binh = nomination(kit, &link).await.nominees.remove(0);
    services
        .change_nominee(&link, binh.id, &nominee_row("Lê Dung"), Lang::Vi)
        .await
        .unwrap();
    let offered = kit.in_state(Offered).await;
    let nominees = nomination(kit, &link).await.nominees;
    let chi = nominees.iter().find(|one| one.full_name == "Lê Chi");
    assert_eq!(offered[0].id, chi.unwrap().id);
    // Removing one leaves room in the quota.
    services
        .remove_nominee(&link, chi.unwrap().id)
        .await
        .unwrap();
    assert_eq!(nomination(kit, &link).await.left, 1);
    let other = invited_elsewhere(kit).await;
    let theirs = services.remove_nominee(&other, binh.id).await;
    is_not_found(theirs);
}

async fn details_are_put_right_but_not_those_known_from_elsewhere(kit: &Kit) {
    kit.workshop("before", 5).await;
    let mut known = delegate(7);
    known.full_name = "Lê Bình".to_owned();
    known.establishment = "HTX Lá Biếc".to_owned();
    kit.register("before", &known).await;
    let services = &kit.services;
    let (place, form) = (kit.all(establishment::Entity).await[0].id, kit);
    form.workshop("w", 10).await;
    services
        .invite(&ORGANIZER, "w", &inviting(place, 2))
        .await
        .unwrap();
    let id = kit.all(invitation::Entity).await[0].id;
    let link = link_of(kit, "w", id).await;
    nominate(kit, &link, &["Lê An", "Lê Bình"]).await.unwrap();
    for nominee in nomination(kit, &link).await.nominees {
        let mut right = nominee_row(&nominee.full_name);
        right.phone = "0950 777 777".to_owned();
        right.email = "moi@example.com".to_owned();
        right.role = "manager".to_owned();
        services
            .change_nominee(&link, nominee.id, &right, Lang::Vi)
            .await
            .unwrap();
    }
    let after = nomination(kit, &link).await.nominees;
    let phones: Vec<&str> = after.iter().map(|one| one.form.phone.as_str()).collect();
    // The establishment sees what it gave; what the person gave elsewhere is
    // neither shown to it nor changed by it.
    assert_eq!(phones, ["0950 777 777"; 2]);
    let mut on_file: Vec<_> = kit.all(person::Entity).await;
    on_file.sort_by_key(|person| person.full_name.clone());
    let on_file: Vec<_> = on_file.iter().map(|one| one.phone.as_deref()).collect();
    assert_eq!(on_file, [Some("+84950777777"), Some("+84900000007")]);
    assert!(after.iter().all(|one| one.form.email == "moi@example.com"));
    assert_eq!(
        named_standing(kit, &link).await.len(),
        2,
        "nobody was replaced"
    );
}

async fn nobody_comes_for_a_reason_and_somebody_after_all(kit: &Kit) {
    let (_, link) = invited(kit, 10, 2).await;
    let services = &kit.services;
    // Why is for who wants to say it.
    services.decline_invitation(&link, " ").await.unwrap();
    assert_eq!(
        nomination(kit, &link).await.state,
        InvitationState::Declined
    );
    services
        .decline_invitation(&link, "Bận mùa vụ")
        .await
        .unwrap();
    let declined = nomination(kit, &link).await;
    assert_eq!(declined.state, InvitationState::Declined);
    assert_eq!(declined.decline_reason, "Bận mùa vụ");
    let list = services.invitations(&ORGANIZER, "w", None).await.unwrap();
    assert_eq!(list.open_places, 0, "nobody is expected of them");
    nominate(kit, &link, &["Lê An"]).await.unwrap();
    assert_eq!(
        nomination(kit, &link).await.state,
        InvitationState::Answered
    );
    let named = services.decline_invitation(&link, "Bận").await;
    is_conflict(named, Conflict::NotAllowedNow);
    kit.clock.advance(Duration::days(9));
    let late = services.decline_invitation(&link, "Bận").await;
    is_conflict(late, Conflict::NominationOver);
}
