//! Who is to be called of a change.

use crate::kit::{
    Kit, ORGANIZER, delegate, is_not_found, move_form, named, party, send_party, workshop_form,
};
use crate::on_both;
use chrono::Duration;
use domain::CallOutcome::{Called, NoAnswer, WrongNumber};
use domain::{
    CallStanding, ChangeKind, ContactFilter, DelegateRow, DeliveryState, Lang, MailFailure,
    PartyForm, WorkshopForm,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use service::entity::{Code, call, outbox, workshop_change};
use service::{CallList, Callee, ContactForm, PeopleQuery, Tried};

on_both!(
    whoever_has_no_working_address_is_called,
    whose_mail_of_the_change_is_refused_is_called_too,
    an_address_counts_by_the_last_mail_that_was_settled,
    who_has_no_phone_is_reached_through_who_registered_them,
    another_link_is_told_by_phone_too,
    a_wrong_number_leaves_those_to_be_called,
    a_wrong_number_hides_no_number_of_a_colleague,
);

async fn whoever_has_no_working_address_is_called(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(0)).await;
    let mut silent = named("Trần Thị Không Thư", "0959111222");
    silent.email = String::new();
    kit.register("w", &silent).await;
    kit.register("w", &delegate(2)).await;
    let mails = kit.all(outbox::Entity).await;
    let refused = mails.iter().find(|mail| mail.to_name.ends_with('2'));
    settle(kit, refused.unwrap().id, DeliveryState::Failed).await;
    let form = move_form(kit, "w", 7).await;
    let preview = services.preview_move(&ORGANIZER, "w", &form).await.unwrap();
    assert_eq!((preview.booked.mail, preview.booked.call), (1, 2));
    let (_, change) = services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    let page = services.change_page(&ORGANIZER, "w", change).await.unwrap();
    assert_eq!(page.calls.len(), 2);
    let silent = page.calls.iter().find(|row| row.email.is_none()).unwrap();
    assert_eq!(silent.full_name, "Trần Thị Không Thư");
    for _ in 0..2 {
        services
            .mark_call(
                &ORGANIZER,
                "w",
                CallList::Change(change),
                silent.who,
                Some(Called),
            )
            .await
            .unwrap();
    }
    let page = services.change_page(&ORGANIZER, "w", change).await.unwrap();
    assert_eq!(
        page.calls.last().unwrap().who,
        silent.who,
        "who was reached comes last"
    );
    services
        .mark_call(&ORGANIZER, "w", CallList::Change(change), silent.who, None)
        .await
        .unwrap();
    assert!(
        kit.all(call::Entity)
            .await
            .iter()
            .all(|row| row.outcome.is_none() && row.marked_at.is_none())
    );
    let unknown = Callee::Registration(999);
    let marked = services.mark_call(
        &ORGANIZER,
        "w",
        CallList::Change(change),
        unknown,
        Some(Called),
    );
    is_not_found(marked.await);
}

/// What becomes of a mail now; one that failed did for its mailbox's sake.
async fn settle(kit: &Kit, id: i64, state: DeliveryState) {
    let now = kit.now();
    let failure = (state == DeliveryState::Failed).then_some(Code(MailFailure::Mailbox));
    let db = kit.services.db();
    db.write(|tx| async move {
        outbox::Entity::update_many()
            .col_expr(outbox::Column::State, Expr::value(Code(state)))
            .col_expr(outbox::Column::NextAt, Expr::value(now))
            .col_expr(outbox::Column::Failure, Expr::value(failure))
            .filter(outbox::Column::Id.eq(id))
            .exec(&*tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
}

async fn whose_mail_of_the_change_is_refused_is_called_too(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let first = kit.register("w", &delegate(0)).await;
    let second = kit.register("w", &delegate(1)).await;
    let form = move_form(kit, "w", 7).await;
    let moved = services.move_workshop(&ORGANIZER, "w", &form).await;
    let (_, change) = moved.unwrap();
    let calls = async || {
        let page = services.change_page(&ORGANIZER, "w", change).await;
        let calls = page.unwrap().calls.into_iter();
        calls
            .map(|row| (row.who, row.marked.is_some()))
            .collect::<Vec<_>>()
    };
    assert_eq!(calls().await, []);
    for mail in kit.all(outbox::Entity).await {
        let of_first = mail.registration_id == Some(first.id);
        // A confirmation that was refused is no mail of this change.
        let refused = of_first != mail.purpose.starts_with("moved-2");
        let state = if refused {
            DeliveryState::Failed
        } else {
            DeliveryState::Sent
        };
        settle(kit, mail.id, state).await;
    }
    let [first, second] = [first, second].map(|one| Callee::Registration(one.id));
    let mark = async |who: Callee, reached: bool| {
        let outcome = reached.then_some(Called);
        services
            .mark_call(&ORGANIZER, "w", CallList::Change(change), who, outcome)
            .await
    };
    assert_eq!(calls().await, [(second, false)]);
    is_not_found(mark(first, true).await);
    mark(second, true).await.unwrap();
    assert_eq!(calls().await, [(second, true)]);
    mark(second, false).await.unwrap();
    assert_eq!(calls().await, [(second, false)]);
    assert_eq!(kit.all(call::Entity).await.len(), 1);
}

async fn an_address_counts_by_the_last_mail_that_was_settled(kit: &Kit) {
    let services = &kit.services;
    for slug in ["w", "other"] {
        kit.workshop(slug, 9).await;
        kit.register(slug, &delegate(0)).await;
    }
    let mut mails = kit.all(outbox::Entity).await;
    mails.sort_by_key(|mail| mail.id);
    let form = move_form(kit, "w", 7).await;
    // Which mail is settled how, and whether its address is dead then.
    for (mail, state, dead) in [
        (0, DeliveryState::Failed, true),
        (1, DeliveryState::Sent, false),
        (0, DeliveryState::Failed, true),
        (0, DeliveryState::Sent, false),
    ] {
        kit.clock.advance(Duration::minutes(1));
        settle(kit, mails[mail].id, state).await;
        let preview = services.preview_move(&ORGANIZER, "w", &form).await.unwrap();
        let booked = (preview.booked.mail, preview.booked.call);
        assert_eq!(booked, if dead { (0, 1) } else { (1, 0) });
    }
}

async fn who_has_no_phone_is_reached_through_who_registered_them(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let form = PartyForm {
        contact_name: "Trần Thị Hoa".to_owned(),
        contact_phone: "0950 000 700".to_owned(),
        contact_email: String::new(),
        establishment: "Hợp tác xã Lá Biếc".to_owned(),
        locality: "Xã Ba Tri".to_owned(),
        told: true,
        delegates: vec![DelegateRow {
            full_name: "Lê An".to_owned(),
            role: "technician".to_owned(),
            ..DelegateRow::default()
        }],
        opened_at: None,
    };
    services
        .register_party("w", &form, Lang::Vi, None)
        .await
        .unwrap();
    let form = move_form(kit, "w", 7).await;
    let moved = services.move_workshop(&ORGANIZER, "w", &form).await;
    let (_, change) = moved.unwrap();
    let page = services.change_page(&ORGANIZER, "w", change).await.unwrap();
    assert_eq!(page.calls[0].phone, None);
    let via = Some(("Trần Thị Hoa".to_owned(), "+84950000700".to_owned()));
    assert_eq!(page.calls[0].via, via);
}

async fn another_link_is_told_by_phone_too(kit: &Kit) {
    let services = &kit.services;
    let with = |link: &str| WorkshopForm {
        format: "hybrid".to_owned(),
        online_link: link.to_owned(),
        ..workshop_form("w", 9)
    };
    let (old, new) = ("https://meet.example.com/a", "https://meet.example.com/b");
    let view = services.schedule(&ORGANIZER, &with(old)).await.unwrap();
    services.publish(&ORGANIZER, "w").await.unwrap();
    kit.register("w", &delegate(0)).await;
    let mut silent = named("Trần Thị Không Thư", "0959111222");
    silent.email = String::new();
    let silent = kit.register("w", &silent).await;
    let after = services.revise(&ORGANIZER, "w", &with(new)).await.unwrap();
    let rows = kit.all(workshop_change::Entity).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((*rows[0].kind, rows[0].told), (ChangeKind::Link, 2));
    assert_eq!(rows[0].version, after.row.version);
    let page = services.change_page(&ORGANIZER, "w", rows[0].id).await;
    let page = page.unwrap();
    let called: Vec<_> = page.calls.iter().map(|row| row.who).collect();
    assert_eq!(called, [Callee::Registration(silent.id)]);
    assert!(!page.messages[0].zalo.contains(new), "a link travels on");
    let public = services.changes(view.row.id).await.unwrap();
    assert!(public.is_empty(), "not everybody's matter");
    let cockpit = services.cockpit(&ORGANIZER, "w").await.unwrap();
    assert_eq!(cockpit.changes.len(), 1);
}

async fn a_wrong_number_leaves_those_to_be_called(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let mut silent = named("Trần Thị Không Thư", "0959111222");
    silent.email = String::new();
    let silent = kit.register("w", &silent).await;
    let mut other = named("Lê Thị Khác", "0959111333");
    other.email = String::new();
    kit.register("w", &other).await;
    let form = move_form(kit, "w", 7).await;
    let moved = services.move_workshop(&ORGANIZER, "w", &form).await;
    let change = moved.unwrap().1;
    let list = CallList::Change(change);
    let who = Callee::Registration(silent.id);
    let found = async || {
        let page = services.change_page(&ORGANIZER, "w", change).await.unwrap();
        let row = page.calls.into_iter().find(|row| row.who == who).unwrap();
        let of = async |contact| {
            let query = PeopleQuery {
                contact: Some(contact),
                ..PeopleQuery::default()
            };
            let people = services.people(&ORGANIZER, "w", &query, 1).await.unwrap();
            people.rows.iter().any(|row| row.id == silent.id)
        };
        let to_call = of(ContactFilter::ToCall).await;
        (row.standing, to_call, of(ContactFilter::None).await)
    };
    let mark = async |outcome| {
        services
            .mark_call(&ORGANIZER, "w", list, who, outcome)
            .await
            .unwrap();
    };
    assert_eq!(found().await, (CallStanding::ToCall, true, false));
    mark(Some(NoAnswer)).await;
    assert_eq!(found().await, (CallStanding::ToCall, true, false));
    mark(Some(WrongNumber)).await;
    assert_eq!(found().await, (CallStanding::NoContact, false, true));
    let page = services.person(&ORGANIZER, "w", silent.id).await.unwrap();
    assert!(page.person.phone_fails);
    mark(None).await;
    assert_eq!(found().await, (CallStanding::ToCall, true, false));
    // Another number is called anew.
    mark(Some(WrongNumber)).await;
    let contact = ContactForm {
        phone: "0959 111 444".to_owned(),
        ..ContactForm::default()
    };
    services
        .edit_contact(&ORGANIZER, "w", silent.id, &contact)
        .await
        .unwrap();
    assert_eq!(found().await, (CallStanding::ToCall, true, false));
    mark(Some(Called)).await;
    assert_eq!(found().await.0, CallStanding::Told);
}

async fn a_wrong_number_hides_no_number_of_a_colleague(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let mut form = party(&["Lê An"]);
    form.contact_email.clear();
    "0959 111 222".clone_into(&mut form.delegates[0].phone);
    send_party(kit, "w", &form).await;
    let form = move_form(kit, "w", 7).await;
    let moved = services.move_workshop(&ORGANIZER, "w", &form).await;
    let change = moved.unwrap().1;
    let row = async || {
        let page = services.change_page(&ORGANIZER, "w", change).await.unwrap();
        page.calls.into_iter().next().unwrap()
    };
    let who = row().await.who;
    let mark = async |outcome| {
        let marked = services.mark_call(&ORGANIZER, "w", CallList::Change(change), who, outcome);
        marked.await.unwrap();
    };
    let standing = async || {
        let row = row().await;
        (row.standing, row.tried(), row.phone_fails, row.via_fails)
    };
    let (to_call, own, via) = (CallStanding::ToCall, Some(Tried::Own), Some(Tried::Via));
    assert_eq!(standing().await, (to_call, own, false, false));
    mark(Some(WrongNumber)).await;
    assert_eq!(standing().await, (to_call, via, true, false));
    // Nobody answers at the colleague's: their own stays wrong.
    mark(Some(NoAnswer)).await;
    assert_eq!(standing().await, (to_call, via, true, false));
    mark(Some(WrongNumber)).await;
    mark(Some(WrongNumber)).await;
    assert_eq!(
        standing().await,
        (CallStanding::NoContact, None, true, true)
    );
    mark(Some(WrongNumber)).await;
    assert_eq!(kit.count(call::Entity).await, 1);
    mark(None).await;
    assert_eq!(standing().await, (to_call, own, false, false));
    mark(Some(WrongNumber)).await;
    mark(Some(Called)).await;
    assert_eq!(standing().await.0, CallStanding::Told);
}
