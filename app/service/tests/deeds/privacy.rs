//! What is agreed to, kept, mailed and shown of a person.

use crate::kit::{
    Kit, ORGANIZER, delegate, inviting, link_of, named, nominate, nomination, nominee_row, number,
    party, send_party,
};
use crate::on_both;
use chrono::Duration;
use domain::{CONSENT_TEXT_VERSION, Lang, Purpose};
use service::entity::{audit, consent, establishment, invitation, outbox, person};
use service::{Actor, ContactForm, Failure, Registering};

on_both!(
    already_reveals_nothing_and_mails_the_link_once_a_day,
    mail_goes_to_the_address_given_with_the_registration,
    each_consent_is_kept_with_the_words_agreed_to,
    the_log_holds_no_personal_data,
    a_wrong_address_of_a_page_leads_nowhere,
    others_learn_and_change_nothing_of_a_known_person,
    whoever_gave_the_phone_sees_and_changes_it,
);

async fn register_again(kit: &Kit, slug: &str) -> Result<Registering, Failure> {
    let form = delegate(1);
    kit.services
        .register(&Actor::Anonymous, slug, &form, Lang::Vi, None)
        .await
}

async fn already_reveals_nothing_and_mails_the_link_once_a_day(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.register("w", &delegate(1)).await;
    let mut form = delegate(1);
    form.email = "somebody.else@example.com".to_owned();
    for _ in 0..3 {
        let again = kit
            .services
            .register(&Actor::Anonymous, "w", &form, Lang::Vi, None)
            .await
            .unwrap();
        assert_eq!(again, Registering::Already);
    }
    kit.clock.advance(Duration::days(1));
    assert_eq!(
        register_again(kit, "w").await.unwrap(),
        Registering::Already
    );
    let mails = kit.all(outbox::Entity).await;
    let purposes: Vec<&str> = mails.iter().map(|mail| mail.purpose.as_str()).collect();
    assert_eq!(
        purposes,
        [
            "confirmation",
            "link-again-2026-11-23",
            "link-again-2026-11-24"
        ]
    );
    let to = |mail: &outbox::Model| mail.to_address == delegate(1).email;
    assert_eq!(
        number(&mails, to),
        3,
        "only the address on file is written to"
    );
}

async fn mail_goes_to_the_address_given_with_the_registration(kit: &Kit) {
    kit.workshop("w", 5).await;
    kit.workshop("v", 5).await;
    let mut without = delegate(1);
    without.email = String::new();
    kit.register("w", &without).await;
    assert_eq!(kit.count(outbox::Entity).await, 0);
    kit.register("v", &delegate(1)).await;
    let mails = kit.all(outbox::Entity).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to_address, delegate(1).email);
    assert!(mails[0].calendar.is_some());
    // Somebody who knows name and phone does not get the mail of the other.
    assert_eq!(
        register_again(kit, "w").await.unwrap(),
        Registering::Already
    );
    assert_eq!(kit.count(outbox::Entity).await, 1);
}

async fn each_consent_is_kept_with_the_words_agreed_to(kit: &Kit) {
    kit.workshop("w", 5).await;
    let mut form = delegate(1);
    form.consents.invitations = false;
    let one = kit.register("w", &form).await;
    let consents = kit.all(consent::Entity).await;
    let purposes: Vec<Purpose> = consents.iter().map(|row| *row.purpose).collect();
    assert_eq!(purposes, [Purpose::Reporting, Purpose::Materials]);
    for row in consents {
        assert_eq!(row.registration_id, one.id);
        assert_eq!(row.text_version, CONSENT_TEXT_VERSION);
        assert_eq!(
            (row.channel.as_str(), row.actor.as_str()),
            ("web", "public")
        );
        assert_eq!((row.given_at, row.withdrawn_at), (kit.now(), None));
    }
}

async fn the_log_holds_no_personal_data(kit: &Kit) {
    kit.workshop("w", 1).await;
    let person = named("Đỗ Thị Hường", "0958 765 432");
    let first = kit.register("w", &person).await;
    kit.register("w", &delegate(2)).await;
    kit.cancel(&first).await;
    let log = kit.all(audit::Entity).await;
    let deeds: Vec<&str> = log.iter().map(|line| line.deed.as_str()).collect();
    assert_eq!(
        deeds,
        [
            "schedule", "publish", "register", "register", "cancel", "offer"
        ]
    );
    let whole = format!("{log:?}").to_lowercase();
    for secret in [
        "hường",
        "huong",
        "958765432",
        "958 765 432",
        "example.com",
        &first.code,
    ] {
        assert!(
            !whole.contains(&secret.to_lowercase()),
            "{secret} in {whole}"
        );
    }
}

async fn a_wrong_address_of_a_page_leads_nowhere(kit: &Kit) {
    kit.workshop("w", 5).await;
    let one = kit.register("w", &delegate(1)).await;
    let two = kit.register("w", &delegate(2)).await;
    let (right, other) = (kit.ticket(&one), kit.ticket(&two));
    let ticket = kit.services.ticket(&right).await.unwrap();
    assert_eq!(
        (ticket.code.as_str(), ticket.can_cancel),
        (one.code.as_str(), true)
    );
    assert!(ticket.qr_svg.unwrap().contains("<svg"));
    let signature = other.split_once('-').unwrap().1;
    for wrong in [
        one.code.clone(),
        format!("{}-{signature}", one.code),
        format!("{right}x"),
        right.to_lowercase(),
        String::new(),
    ] {
        let page = kit.services.ticket(&wrong).await;
        assert!(matches!(page, Err(Failure::NotFound)), "{wrong}");
        let cancelled = kit.services.cancel_by_ticket(&wrong).await;
        assert!(matches!(cancelled, Err(Failure::NotFound)), "{wrong}");
    }
}

/// Somebody known from an earlier workshop, and a workshop with five seats for
/// each way of registering.
async fn somebody_known(kit: &Kit) -> domain::RegistrationForm {
    let mut known = named("Lê Thị Hường", "0958 765 432");
    known.establishment = "HTX Lá Biếc".to_owned();
    for slug in ["before", "group", "named", "instead", "alone"] {
        kit.workshop(slug, 5).await;
    }
    kit.register("before", &known).await;
    known
}

async fn others_learn_and_change_nothing_of_a_known_person(kit: &Kit) {
    let known = somebody_known(kit).await;
    let services = &kit.services;
    let before = kit.all(person::Entity).await.remove(0);
    // A name and an establishment are enough to register somebody.
    let group = send_party(kit, "group", &party(&[&known.full_name])).await;
    let group = services.party(&group).await.unwrap();
    let place = kit.all(establishment::Entity).await[0].id;
    let invite = inviting(place, 2);
    services.invite(&ORGANIZER, "named", &invite).await.unwrap();
    let id = kit.all(invitation::Entity).await[0].id;
    let link = link_of(kit, "named", id).await;
    nominate(kit, &link, &[&known.full_name]).await.unwrap();
    let page = nomination(kit, &link).await;
    assert_eq!(page.nominees[0].form.phone, "");
    let mut holder = delegate(1);
    holder.establishment = known.establishment.clone();
    let holder = kit.register("instead", &holder).await;
    let (row, holder) = (&nominee_row(&known.full_name), kit.ticket(&holder));
    let instead = services.substitute(&holder, row, Lang::Vi).await;
    // So are a name and a mailbox.
    let mut other_phone = known.clone();
    other_phone.phone = "0950 666 666".to_owned();
    let alone = kit.register("alone", &other_phone).await;
    assert_eq!(kit.count(person::Entity).await, 2, "all are the one known");
    let tickets = [
        group.members[0].ticket.clone(),
        page.nominees[0].ticket.clone(),
        instead.unwrap(),
        kit.ticket(&alone),
    ];
    let mine = ContactForm {
        phone: "0950 666 666".to_owned(),
        email: "ke.xau@example.com".to_owned(),
        unreachable: false,
    };
    for ticket in tickets {
        let page = services.ticket(&ticket).await.unwrap();
        let shown = (page.phone, page.phone_end.as_deref());
        assert_eq!(shown, (None, Some("432")), "enough to know one's own by");
        services.change_contact(&ticket, &mine).await.unwrap();
        let page = services.ticket(&ticket).await.unwrap();
        assert_eq!((page.phone, page.phone_end.as_deref()), (None, Some("432")));
    }
    let mut row = nominee_row(&known.full_name);
    row.phone = mine.phone.clone();
    let id = page.nominees[0].id;
    let changed = services.change_nominee(&link, id, &row, Lang::Vi);
    changed.await.unwrap();
    let after = kit.all(person::Entity).await;
    let after = after.into_iter().find(|row| row.id == before.id).unwrap();
    assert_eq!(after.phone, before.phone);
    // Who typed the mailbox on file knows it, and may give another.
    assert!(after.email == before.email || after.email == Some(mine.email));
}

async fn whoever_gave_the_phone_sees_and_changes_it(kit: &Kit) {
    let known = somebody_known(kit).await;
    let services = &kit.services;
    let mut form = party(&[&known.full_name]);
    form.delegates[0].phone = known.phone.clone();
    let group = send_party(kit, "group", &form).await;
    let own = kit.register("alone", &known).await;
    let group = services.party(&group).await.unwrap().members.remove(0);
    let phone = async |ticket: &str| services.ticket(ticket).await.unwrap().phone;
    let old = Some("+84958765432".to_owned());
    assert_eq!(phone(&group.ticket).await, old);
    let own = kit.ticket(&own);
    let new = ContactForm {
        phone: "0958 000 111".to_owned(),
        ..ContactForm::default()
    };
    services.change_contact(&own, &new).await.unwrap();
    assert_eq!(phone(&own).await.as_deref(), Some("+84958000111"));
    // The other one of the person's own, too; not that of the colleague.
    let rows = kit.all(service::entity::registration::Entity).await;
    let first = rows.iter().min_by_key(|row| row.id).unwrap();
    let first = services.ticket_token(&first.code);
    assert_eq!(phone(&first).await.as_deref(), Some("+84958000111"));
    assert_eq!(phone(&group.ticket).await, None);
}
