//! Establishments are invited with a quota.

use crate::kit::{
    Kit, ORGANIZER, delegate, invited, inviting, is_conflict, is_not_found, is_problem,
    known_establishment, link_of, nominate, nomination, workshop_form,
};
use crate::on_both;
use chrono::Duration;
use domain::DeliveryState::{Queued, Withheld};
use domain::{AccountRole, InvitationState, InviteForm, RegistrationState::Booked};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use service::entity::{establishment, invitation, outbox};
use service::{Conflict, Failure, InviteFilter, Invited, ScanRequest};

on_both!(
    an_invitation_is_sent_once_to_an_address,
    a_second_invitation_adds_a_contact_where_there_is_none,
    what_was_taken_back_allows_nothing_and_can_be_made_again,
    a_quota_is_never_below_those_named,
    establishments_are_found_by_what_they_are,
    who_never_attended_is_found,
    only_organisers_invite,
);

async fn an_invitation_is_sent_once_to_an_address(kit: &Kit) {
    let (id, _) = invited(kit, 10, 2).await;
    let services = &kit.services;
    let invite = async |form: &InviteForm| services.invite(&ORGANIZER, "w", form).await.unwrap();
    let place = kit.all(establishment::Entity).await[0].id;
    let again = Invited {
        known: 1,
        ..Invited::default()
    };
    assert_eq!(invite(&inviting(place, 5)).await, again);
    let mut by_hand = inviting(known_establishment(kit, "DNTN Sông Gió").await, 1);
    by_hand.rows[0].contact_email.clear();
    assert_eq!(invite(&by_hand).await.made, 1);
    let send = async |only| services.send_invitations(&ORGANIZER, "w", only).await;
    assert_eq!(send(None).await.unwrap(), 1);
    assert_eq!(send(None).await.unwrap(), 0);
    is_conflict(send(Some(id)).await, Conflict::NothingToSend);
    let mail = kit.all(outbox::Entity).await.remove(0);
    assert_eq!(mail.to_address, "van.thu@example.com");
    let link = link_of(kit, "w", id).await;
    assert!(mail.body_text.contains(&format!("/invitations/{link}")));
    assert!(!mail.body_text.contains("mã QR"), "the mail has none");
    let greeted = mail.body_text.starts_with("Kính gửi HTX Lá Biếc,");
    assert!(greeted, "nobody is named: {}", mail.body_text);
    // To another address it goes again.
    let mut elsewhere = inviting(place, 2);
    elsewhere.rows[0].contact_email = "giam.doc@example.com".to_owned();
    services
        .revise_invitation(&ORGANIZER, "w", id, &elsewhere)
        .await
        .unwrap();
    assert_eq!(send(Some(id)).await.unwrap(), 1);
    // The other one is printed.
    let (_, letters) = services
        .invitation_letters(&ORGANIZER, "w", None)
        .await
        .unwrap();
    assert_eq!(letters.len(), 1);
    let said = letters[0].paragraphs.join("\n");
    assert!(said.contains("mã QR"), "{said}");
    let foreign = services.invitation_letters(&ORGANIZER, "w", Some(-5)).await;
    assert!(matches!(foreign, Err(Failure::NotFound)));
    assert!(letters[0].qr_svg.starts_with("<svg") && letters[0].zalo.contains(&letters[0].link));
    let ids = [letters[0].id];
    let noted = async || services.note_invitations_sent(&ORGANIZER, "w", &ids).await;
    assert_eq!(noted().await.unwrap(), 1);
    assert_eq!(noted().await.unwrap(), 0);
    let list = services.invitations(&ORGANIZER, "w", None).await.unwrap();
    assert_eq!(list.parts, [(InvitationState::Sent, 2)]);
}

async fn a_second_invitation_adds_a_contact_where_there_is_none(kit: &Kit) {
    kit.workshop("w", 10).await;
    let services = &kit.services;
    let place = known_establishment(kit, "HTX Lá Biếc").await;
    let invite = async |form: &InviteForm| services.invite(&ORGANIZER, "w", form).await.unwrap();
    let mut blank = inviting(place, 2);
    blank.rows[0].contact_name.clear();
    blank.rows[0].contact_phone.clear();
    blank.rows[0].contact_email.clear();
    assert_eq!(invite(&blank).await.made, 1);
    let mut new = inviting(place, 5);
    new.rows[0].contact_email = "moi@example.com".to_owned();
    let added = invite(&new).await;
    assert_eq!((added.made, added.known, added.contacts), (0, 1, 1));
    let row = kit.all(invitation::Entity).await.remove(0);
    assert_eq!(row.contact_email.as_deref(), Some("moi@example.com"));
    assert_eq!(row.quota, 2, "the rest stays");
    // The same says nothing, another one that it was not taken.
    assert_eq!(invite(&new).await.kept, 0);
    new.rows[0].contact_email = "khac@example.com".to_owned();
    assert_eq!(invite(&new).await.kept, 1);
    let row = kit.all(invitation::Entity).await.remove(0);
    assert_eq!(row.contact_email.as_deref(), Some("moi@example.com"));
}

async fn what_was_taken_back_allows_nothing_and_can_be_made_again(kit: &Kit) {
    let (id, link) = invited(kit, 10, 2).await;
    let services = &kit.services;
    nominate(kit, &link, &["Lê An"]).await.unwrap();
    services
        .send_invitations(&ORGANIZER, "w", Some(id))
        .await
        .unwrap();
    let withdraw = async || services.withdraw_invitation(&ORGANIZER, "w", id).await;
    withdraw().await.unwrap();
    withdraw().await.unwrap();
    let purposes: Vec<_> = kit.all(outbox::Entity).await;
    let purposes: Vec<_> = purposes
        .iter()
        .map(|mail| (mail.purpose.as_str(), *mail.state))
        .collect();
    assert_eq!(purposes, [("invited", Withheld), ("uninvited", Queued)]);
    is_conflict(
        nominate(kit, &link, &["Lê Bình"]).await,
        Conflict::NotAllowedNow,
    );
    let nominee = nomination(kit, &link).await.nominees.remove(0);
    assert_eq!(nominee.state, Booked, "named people keep their seats");
    assert!(!nominee.can_change && !nominee.can_remove);
    let gone = services.remove_nominee(&link, nominee.id).await;
    is_conflict(gone, Conflict::NotAllowedNow);
    kit.clock.advance(Duration::minutes(1));
    let place = kit.all(establishment::Entity).await[0].id;
    let again = services.invite(&ORGANIZER, "w", &inviting(place, 3)).await;
    assert_eq!(again.unwrap().made, 1);
    let sent = services.send_invitations(&ORGANIZER, "w", None).await;
    assert_eq!(sent.unwrap(), 1, "written to again");
    assert_eq!(nomination(kit, &link).await.left, 2);
}

async fn a_quota_is_never_below_those_named(kit: &Kit) {
    let (id, link) = invited(kit, 3, 3).await;
    let services = &kit.services;
    let place = kit.all(establishment::Entity).await[0].id;
    nominate(kit, &link, &["Lê An", "Lê Bình"]).await.unwrap();
    let revise = async |quota| {
        let form = inviting(place, quota);
        services.revise_invitation(&ORGANIZER, "w", id, &form).await
    };
    is_problem(revise(1).await, "quota-0");
    revise(2).await.unwrap();
    assert_eq!(nomination(kit, &link).await.left, 0);
    // More are invited than there are seats: said, not forbidden.
    let other = known_establishment(kit, "DNTN Sông Gió").await;
    services
        .invite(&ORGANIZER, "w", &inviting(other, 4))
        .await
        .unwrap();
    let list = services.invitations(&ORGANIZER, "w", None).await.unwrap();
    assert_eq!((list.booked, list.open_places, list.short), (2, 4, 3));
    // A link never leads to another's invitation.
    let wrong = kit.services.nomination(&link.replace('-', "-x")).await;
    assert!(matches!(wrong, Err(Failure::NotFound)), "{wrong:?}");
}

async fn establishments_are_found_by_what_they_are(kit: &Kit) {
    let (_, _) = invited(kit, 10, 2).await;
    known_establishment(kit, "Công ty TNHH Rạng Đông Xanh").await;
    let gone = known_establishment(kit, "Cty Rạng Đông").await;
    let db = kit.services.db();
    let row = establishment::Entity::find_by_id(gone).one(db.read()).await;
    let row = &row.unwrap().unwrap();
    db.write(|tx| async move {
        let mut row = row.clone().into_active_model();
        row.merged_into_id = Set(Some(1));
        row.update(&*tx).await?;
        Ok(())
    })
    .await
    .unwrap();
    let find = async |filter: InviteFilter| {
        let services = &kit.services;
        let found = services.establishments_to_invite(&ORGANIZER, "w", &filter, &[]);
        let rows = found.await.unwrap().rows.into_iter();
        rows.map(|row| row.name).collect::<Vec<_>>()
    };
    let typed = |typed: &str| InviteFilter {
        typed: typed.to_owned(),
        ..InviteFilter::default()
    };
    let green = ["Công ty TNHH Rạng Đông Xanh"];
    assert_eq!(find(typed("rang dong")).await, green);
    assert_eq!(find(typed("")).await, green, "those invited are left out");
    let seafood = InviteFilter {
        sector: Some(domain::Sector::Seafood),
        ..InviteFilter::default()
    };
    assert!(find(seafood).await.is_empty());
}

async fn who_never_attended_is_found(kit: &Kit) {
    kit.workshop("w", 5).await;
    let come = kit.register("w", &delegate(1)).await;
    known_establishment(kit, "HTX Lá Biếc").await;
    let services = &kit.services;
    let session = services.door(&ORGANIZER, "w").await.unwrap().session.id;
    let scan = ScanRequest {
        code: come.code.clone(),
        session,
        nonce: "n".to_owned(),
        at: None,
    };
    services.check_in(&ORGANIZER, "w", &scan).await.unwrap();
    kit.workshop("next", 5).await;
    let found = async |unreached| {
        let filter = InviteFilter {
            unreached,
            ..InviteFilter::default()
        };
        let found = services.establishments_to_invite(&ORGANIZER, "next", &filter, &[]);
        let rows = found.await.unwrap().rows.into_iter();
        rows.map(|row| (row.name, row.reached)).collect::<Vec<_>>()
    };
    let never = ("HTX Lá Biếc".to_owned(), false);
    assert_eq!(found(true).await, [never]);
    assert_eq!(found(false).await.len(), 2);
    // A check-in that is undone reached nobody.
    let undo = services.undo_check_in(&ORGANIZER, "w", session, come.id);
    undo.await.unwrap();
    assert_eq!(found(true).await.len(), 2);
}

async fn only_organisers_invite(kit: &Kit) {
    let (id, _) = invited(kit, 10, 2).await;
    let door = kit.staff(AccountRole::Door, &["w"]).await;
    let services = &kit.services;
    let refused = |result: Result<(), Failure>| {
        assert!(matches!(result, Err(Failure::Forbidden)), "{result:?}");
    };
    let form = &inviting(1, 2);
    refused(services.invite(&door, "w", form).await.map(drop));
    refused(services.invitations(&door, "w", None).await.map(drop));
    refused(services.invitation_page(&door, "w", id).await.map(drop));
    refused(services.withdraw_invitation(&door, "w", id).await);
    refused(services.send_invitations(&door, "w", None).await.map(drop));
    // A draft is prepared, not sent; and its link leads nowhere yet.
    let draft = workshop_form("draft", 5);
    services.schedule(&ORGANIZER, &draft).await.unwrap();
    let place = kit.all(establishment::Entity).await[0].id;
    services
        .invite(&ORGANIZER, "draft", &inviting(place, 2))
        .await
        .unwrap();
    let early = services.send_invitations(&ORGANIZER, "draft", None).await;
    is_conflict(early, Conflict::NotAllowedNow);
    let list = services.invitations(&ORGANIZER, "draft", None).await;
    let link = link_of(kit, "draft", list.unwrap().rows[0].row.id).await;
    is_not_found(services.nomination(&link).await.map(drop));
}
