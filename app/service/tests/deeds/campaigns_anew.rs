//! Mails of messages that were written and have not left: they follow what
//! becomes of those whom they name, and leave after all other mails.

use crate::kit::{
    Kit, ORGANIZER, Sink, campaign_mails, delegate, deliver, mails, make, message, move_form,
    number, started,
};
use crate::on_both;
use domain::{CampaignForm, CampaignState, DeliveryState};
use service::{CallList, Callee, ContactForm, MailLimits, Mailer, Registered, Services};
use std::collections::HashSet;
use tokio::net::TcpListener;

on_both!(
    a_mail_to_colleagues_names_those_who_still_come,
    a_mail_to_colleagues_none_of_whom_comes_stays_here,
    many_mails_are_written_anew_at_once_and_stay_what_they_were,
    who_takes_an_opt_out_back_gets_what_looked_done,
    a_message_to_many_leaves_after_all_other_mails,
);

/// A worker whose mails reach a server, one at a time.
async fn worker(kit: &Kit) -> (Services, Sink) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let sink = Sink::open(listener);
    let one = MailLimits {
        connections: 1,
        ..MailLimits::default()
    };
    let mailer = Mailer::limited_smtp(&url, "taphuan@example.com", one).unwrap();
    let worker = kit.another_with(mailer, "http://127.0.0.1:3000").await;
    (worker, sink)
}

/// Three who share a mailbox, and the message to them in one mail.
async fn colleagues(kit: &Kit) -> (Vec<Registered>, i64) {
    kit.workshop("w", 9).await;
    let mut colleagues = Vec::new();
    for n in 1..=3 {
        let mut form = delegate(n);
        "van.phong@example.com".clone_into(&mut form.email);
        colleagues.push(kit.register("w", &form).await);
    }
    deliver(&kit.services).await;
    let shared = CampaignForm {
        shared: "one".to_owned(),
        ..message("now")
    };
    let id = make(kit, &shared).await;
    kit.clock.advance(chrono::Duration::minutes(1));
    (colleagues, id)
}

async fn a_mail_to_colleagues_names_those_who_still_come(kit: &Kit) {
    let services = &kit.services;
    let (colleagues, id) = colleagues(kit).await;
    kit.cancel(&colleagues[0]).await;
    let elsewhere = ContactForm {
        email: "rieng@example.com".to_owned(),
        phone: "0959 000 002".to_owned(),
        ..ContactForm::default()
    };
    let changed = services.edit_contact(&ORGANIZER, "w", colleagues[1].id, &elsewhere);
    changed.await.unwrap();
    let before = campaign_mails(kit).await.remove(0);
    assert!(before.to_name.contains("Số 1") && before.to_name.contains("Số 2"));
    deliver(services).await;
    let mails = campaign_mails(kit).await;
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(
        (*mail.state, mail.to_name.as_str(), &mail.message_id),
        (DeliveryState::Sent, "Nguyễn Văn Số 3", &before.message_id)
    );
    assert!(!mail.body_text.contains("Số 1") && !mail.body_text.contains("Số 2"));
    assert!(!mail.body_html.contains(&kit.ticket(&colleagues[1])));
    // Told is who read it; who moved to another mailbox is called.
    let (state, page) = started(services, id).await;
    assert_eq!(state, CampaignState::Done);
    let count = &page.campaign.count;
    assert_eq!(
        (count.of(DeliveryState::Sent), count.unwritten, count.all()),
        (1, 1, 2)
    );
    let called: Vec<_> = page.calls.iter().map(|(row, _)| row.who).collect();
    assert_eq!(called, [Callee::Registration(colleagues[1].id)]);
    let told = services.mark_call(
        &ORGANIZER,
        "w",
        CallList::Campaign(id),
        called[0],
        Some(domain::CallOutcome::Called),
    );
    told.await.unwrap();
}

async fn a_mail_to_colleagues_none_of_whom_comes_stays_here(kit: &Kit) {
    let (colleagues, id) = colleagues(kit).await;
    for one in &colleagues {
        kit.cancel(one).await;
    }
    deliver(&kit.services).await;
    let mails = campaign_mails(kit).await;
    assert_eq!(*mails[0].state, DeliveryState::Withheld);
    let (state, page) = started(&kit.services, id).await;
    assert_eq!(state, CampaignState::Done);
    assert_eq!(page.campaign.count.of(DeliveryState::Withheld), 3);
    assert!(page.calls.is_empty());
}

async fn many_mails_are_written_anew_at_once_and_stay_what_they_were(kit: &Kit) {
    const PEOPLE: usize = 120;
    kit.workshop("w", 200).await;
    for n in 0..PEOPLE {
        kit.register("w", &delegate(n)).await;
    }
    make(kit, &message("now")).await;
    let before = campaign_mails(kit).await;
    let form = move_form(kit, "w", 7).await;
    let moved = kit.services.move_workshop(&ORGANIZER, "w", &form);
    moved.await.unwrap();
    let after = campaign_mails(kit).await;
    assert_eq!(after.len(), PEOPLE);
    for (old, new) in before.iter().zip(&after) {
        assert!(new.body_text.contains("10/12/2026"), "{}", new.body_text);
        assert!(new.body_html.contains("10/12/2026"));
        let is = service::entity::outbox::Model {
            body_text: old.body_text.clone(),
            body_html: old.body_html.clone(),
            created_at: old.created_at,
            ..new.clone()
        };
        assert_eq!(&is, old, "nothing else is another");
    }
}

async fn who_takes_an_opt_out_back_gets_what_looked_done(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let one = kit.register("w", &delegate(1)).await;
    deliver(services).await;
    let inviting = CampaignForm {
        purpose: "invitations".to_owned(),
        ..message("now")
    };
    let id = make(kit, &inviting).await;
    services.pause_campaign(&ORGANIZER, "w", id).await.unwrap();
    let mail = campaign_mails(kit).await.remove(0);
    assert_eq!(mail.registration_id, Some(one.id));
    let address = mail.unsubscribe.unwrap();
    let token = address.rsplit('/').next().unwrap();
    services.unsubscribe("invitations", token).await.unwrap();
    assert_eq!(started(services, id).await.0, CampaignState::Done);
    services
        .subscribe_again("invitations", token)
        .await
        .unwrap();
    deliver(services).await;
    let (state, page) = started(services, id).await;
    assert_eq!(state, CampaignState::Done);
    assert_eq!(page.campaign.count.of(DeliveryState::Sent), 1);
}

async fn a_message_to_many_leaves_after_all_other_mails(kit: &Kit) {
    const MANY: usize = 6;
    kit.workshop("w", 50).await;
    for n in 0..MANY {
        kit.register("w", &delegate(n)).await;
    }
    deliver(&kit.services).await;
    make(kit, &message("now")).await;
    // Written later, and about others.
    for n in MANY..MANY + 4 {
        kit.register("w", &delegate(n)).await;
    }
    let (worker, sink) = worker(kit).await;
    assert_eq!(worker.deliver_due().await.unwrap(), MANY + 4);
    let all = mails(kit).await;
    let of_campaign: HashSet<&str> = all
        .iter()
        .filter(|mail| mail.campaign_id.is_some())
        .map(|mail| mail.message_id.as_str())
        .collect();
    let wire = sink.mails();
    let to_many: Vec<bool> = wire
        .iter()
        .map(|taken| of_campaign.iter().any(|id| taken.contains(id)))
        .collect();
    assert_eq!(number(&to_many, |is| *is), MANY);
    assert!(to_many.is_sorted(), "{to_many:?}");
}
