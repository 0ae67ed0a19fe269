//! Establishments that were invited and have named nobody are told of a move
//! and of a calling off.

use crate::kit::{
    Kit, ORGANIZER, invited, inviting, known_establishment, link_of, move_form, nominate,
    nomination, party, send_party,
};
use crate::on_both;
use chrono::Duration;
use domain::{InviteForm, TellForm};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use service::entity::{invitation, outbox};
use service::{CallList, Callee, Reach};

on_both!(
    contacts_without_names_are_told_once_a_mailbox,
    contacts_are_left_out_when_nobody_said_to_tell_them,
    an_old_link_says_what_has_changed,
    a_lost_invitation_goes_to_its_contact_once_a_day,
);

async fn invite_and_send(kit: &Kit, form: &InviteForm) -> i64 {
    kit.services.invite(&ORGANIZER, "w", form).await.unwrap();
    let rows = kit.all(invitation::Entity).await;
    let row = rows.into_iter().max_by_key(|row| row.id).unwrap();
    let id = row.id;
    let now = kit.now();
    let db = kit.services.db();
    db.write(|tx| {
        let row = row.clone();
        async move {
            let mut row = row.into_active_model();
            row.sent_at = Set(Some(now));
            row.update(&*tx).await?;
            Ok(())
        }
    })
    .await
    .unwrap();
    id
}

async fn to(kit: &Kit, name: &str, email: &str) -> InviteForm {
    let mut form = inviting(known_establishment(kit, name).await, 2);
    form.rows[0].contact_email = email.to_owned();
    form
}

async fn told(kit: &Kit, purpose: &str) -> Vec<outbox::Model> {
    let mut mails = kit.all(outbox::Entity).await;
    mails.retain(|mail| mail.purpose == purpose && mail.registration_id.is_none());
    mails
}

async fn contacts_without_names_are_told_once_a_mailbox(kit: &Kit) {
    let services = &kit.services;
    // Written and not sent: nobody knows of it.
    invited(kit, 10, 2).await;
    let first = to(kit, "DNTN Sông Gió", "van.thu@example.com").await;
    let first = invite_and_send(kit, &first).await;
    let same = to(kit, "DNTN Cồn Mây", "Van.Thu@example.com").await;
    invite_and_send(kit, &same).await;
    let by_phone = to(kit, "HTX Cọng Lá", "").await;
    let by_phone = invite_and_send(kit, &by_phone).await;
    let names = to(kit, "CSSX Bảy Hạt", "bay@example.com").await;
    let names = invite_and_send(kit, &names).await;
    let link = link_of(kit, "w", names).await;
    nominate(kit, &link, &["Lê An"]).await.unwrap();
    let declined = to(kit, "CSSX Năm Lúa", "nam@example.com").await;
    let declined = invite_and_send(kit, &declined).await;
    let link = link_of(kit, "w", declined).await;
    services.decline_invitation(&link, "Bận").await.unwrap();

    let form = move_form(kit, "w", 7).await;
    let preview = services.preview_move(&ORGANIZER, "w", &form).await.unwrap();
    assert_eq!(preview.invited, Reach { mail: 1, call: 1 });
    let (_, change) = services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    let mails = told(kit, "moved-2").await;
    assert_eq!(mails.len(), 1);
    let link = link_of(kit, "w", first).await;
    assert!(mails[0].body_text.contains(&format!("/invitations/{link}")));
    assert!(!mails[0].body_text.contains("mã đã in"));
    let page = services.change_page(&ORGANIZER, "w", change).await.unwrap();
    let called: Vec<_> = page.contacts.iter().map(|one| one.who).collect();
    assert_eq!(called, [Callee::Contact(by_phone)]);
    let contact = called[0];
    services
        .mark_call(
            &ORGANIZER,
            "w",
            CallList::Change(change),
            contact,
            Some(domain::CallOutcome::Called),
        )
        .await
        .unwrap();
    let reached = services.change_page(&ORGANIZER, "w", change).await.unwrap();
    assert_eq!(
        reached.contacts[0].marked,
        Some((domain::CallOutcome::Called, kit.now()))
    );
    assert_eq!(page.told, 3, "who was named, a mailbox, a call");

    let mut form = TellForm::everybody(2);
    form.note_vi = "Hội trường ngập nước.".to_owned();
    let preview = services.preview_calling_off(&ORGANIZER, "w", &form).await;
    assert_eq!(preview.unwrap().invited, Reach { mail: 1, call: 1 });
    services.call_off(&ORGANIZER, "w", &form).await.unwrap();
    let mails = told(kit, "cancelled-3").await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].body_text.contains("ngập nước"));
    assert!(!mails[0].body_text.contains("/invitations/"));
}

async fn contacts_are_left_out_when_nobody_said_to_tell_them(kit: &Kit) {
    kit.workshop("w", 5).await;
    let form = to(kit, "DNTN Sông Gió", "van.thu@example.com").await;
    invite_and_send(kit, &form).await;
    let mut form = move_form(kit, "w", 7).await;
    form.tell.invited = false;
    let silent = to(kit, "HTX Cọng Lá", "").await;
    invite_and_send(kit, &silent).await;
    let moved = kit.services.move_workshop(&ORGANIZER, "w", &form).await;
    let (_, change) = moved.unwrap();
    assert!(told(kit, "moved-2").await.is_empty());
    let page = kit.services.change_page(&ORGANIZER, "w", change).await;
    let page = page.unwrap();
    assert_eq!((page.told, page.contacts.len()), (0, 0));
}

async fn an_old_link_says_what_has_changed(kit: &Kit) {
    let (_, link) = invited(kit, 10, 2).await;
    let group = send_party(kit, "w", &party(&["Lê An"])).await;
    let (services, before) = (&kit.services, kit.services.public_workshop("w").await);
    assert!(nomination(kit, &link).await.changes.is_empty());
    kit.clock.advance(Duration::hours(1));
    let form = move_form(kit, "w", 7).await;
    services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    let pages = [
        nomination(kit, &link).await.changes,
        services.party(&group).await.unwrap().changes,
    ];
    for changes in pages {
        let (was, is) = &changes[0].sessions[0];
        assert_eq!(changes.len(), 1);
        assert_eq!(was.starts_at, before.as_ref().unwrap().starts_at());
        assert_ne!(was.starts_at, is.starts_at);
    }
    // What was written after it says the new time by itself.
    kit.clock.advance(Duration::hours(1));
    let group = send_party(kit, "w", &party(&["Lê Bình"])).await;
    assert!(services.party(&group).await.unwrap().changes.is_empty());
}

async fn a_lost_invitation_goes_to_its_contact_once_a_day(kit: &Kit) {
    let services = &kit.services;
    // Written and not sent: nobody knows of it.
    invited(kit, 10, 2).await;
    let form = to(kit, "DNTN Sông Gió", "song@example.com").await;
    let id = invite_and_send(kit, &form).await;
    let ask = async |address: &str| {
        services.send_lost_links(address).await.unwrap();
        kit.all(outbox::Entity).await
    };
    for address in ["van.thu@example.com", "khac@example.com"] {
        assert_eq!(ask(address).await.len(), 0);
    }
    ask("Song@example.com").await;
    let mails = ask("song@example.com").await;
    assert_eq!(mails.len(), 1);
    let link = link_of(kit, "w", id).await;
    assert!(mails[0].body_text.contains(&format!("/invitations/{link}")));
    kit.clock.advance(Duration::days(1));
    assert_eq!(ask("song@example.com").await.len(), 2);
    let withdrawn = services.withdraw_invitation(&ORGANIZER, "w", id);
    withdrawn.await.unwrap();
    let before = kit.all(outbox::Entity).await.len();
    kit.clock.advance(Duration::days(1));
    assert_eq!(ask("song@example.com").await.len(), before);
}
