//! Messages that are held, go on, and are cancelled: by what has left.

use crate::kit::{
    Kit, ORGANIZER, Sink, at, campaign_mails, delegate, deliver, is_conflict, make, message,
    move_form, number, started,
};
use crate::on_both;
use domain::{CampaignEnd, CampaignForm, CampaignState, DeliveryState};
use service::{Callee, Conflict, ContactForm, MailLimits, Mailer, Services};
use std::time::Duration as Time;
use tokio::net::TcpListener;

on_both!(
    held_nothing_leaves_and_then_the_rest_does,
    what_was_held_before_its_time_leaves_when_it_goes_on,
    a_mail_that_is_in_hand_when_it_is_held_leaves_or_waits,
    what_goes_on_says_what_is_so_now,
    a_mail_on_its_way_follows_a_moved_workshop,
    cancelled_the_rest_is_withheld_and_stays_so,
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
    (
        kit.another_with(mailer, "http://127.0.0.1:3000").await,
        sink,
    )
}

async fn people(kit: &Kit, number: usize) {
    kit.workshop("w", 50).await;
    for n in 0..number {
        kit.register("w", &delegate(n)).await;
    }
    deliver(&kit.services).await;
}

async fn in_state(kit: &Kit, state: DeliveryState) -> usize {
    number(&campaign_mails(kit).await, |mail| *mail.state == state)
}

async fn held_nothing_leaves_and_then_the_rest_does(kit: &Kit) {
    let services = &kit.services;
    people(kit, 5).await;
    let id = make(kit, &message("now")).await;
    services.pause_campaign(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!(
        services.deliver_due().await.unwrap(),
        0,
        "not even looked at"
    );
    assert_eq!(started(services, id).await.0, CampaignState::Paused);
    is_conflict(
        services.pause_campaign(&ORGANIZER, "w", id).await,
        Conflict::NotAllowedNow,
    );
    // Other mail leaves meanwhile.
    kit.register("w", &delegate(9)).await;
    assert_eq!(services.deliver_due().await.unwrap(), 1);
    assert_eq!(in_state(kit, DeliveryState::Queued).await, 5);
    services.resume_campaign(&ORGANIZER, "w", id).await.unwrap();
    deliver(services).await;
    let (state, page) = started(services, id).await;
    assert_eq!(state, CampaignState::Done);
    assert_eq!(page.campaign.count.of(DeliveryState::Sent), 5);
    for deed in [
        services.pause_campaign(&ORGANIZER, "w", id).await,
        services.resume_campaign(&ORGANIZER, "w", id).await,
        services.cancel_campaign(&ORGANIZER, "w", id).await,
    ] {
        is_conflict(deed, Conflict::NotAllowedNow);
    }
}

async fn what_was_held_before_its_time_leaves_when_it_goes_on(kit: &Kit) {
    let services = &kit.services;
    people(kit, 2).await;
    let id = make(kit, &message("at:2026-11-25T09:00")).await;
    services.pause_campaign(&ORGANIZER, "w", id).await.unwrap();
    kit.clock.advance(at("2026-11-26T09:00") - kit.now());
    assert_eq!(started(services, id).await.0, CampaignState::Held);
    assert!(campaign_mails(kit).await.is_empty());
    services.resume_campaign(&ORGANIZER, "w", id).await.unwrap();
    assert_eq!(started(services, id).await.0, CampaignState::Sending);
    assert_eq!(campaign_mails(kit).await.len(), 2);
}

/// One mail is slow; while the server takes it the message is held. That one
/// leaves, since the server has it already; none of the others does.
async fn a_mail_that_is_in_hand_when_it_is_held_leaves_or_waits(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 50).await;
    let mut slow = delegate(0);
    "slow@example.com".clone_into(&mut slow.email);
    kit.register("w", &slow).await;
    for n in 1..5 {
        kit.register("w", &delegate(n)).await;
    }
    deliver(services).await;
    let id = make(kit, &message("now")).await;
    let (worker, sink) = worker(kit).await;
    let busy = worker.clone();
    let delivering = tokio::spawn(async move { busy.deliver_due().await });
    while in_state(kit, DeliveryState::Sending).await == 0 {
        tokio::time::sleep(Time::from_millis(20)).await;
    }
    services.pause_campaign(&ORGANIZER, "w", id).await.unwrap();
    sink.let_go();
    delivering.await.unwrap().unwrap();
    assert_eq!(sink.mails().len(), 1);
    let (state, page) = started(services, id).await;
    assert_eq!(state, CampaignState::Paused);
    let count = &page.campaign.count;
    assert_eq!((count.of(DeliveryState::Sent), count.to_leave()), (1, 4));
    services.cancel_campaign(&ORGANIZER, "w", id).await.unwrap();
    deliver(&worker).await;
    assert_eq!(
        sink.mails().len(),
        1,
        "what left has left, and nothing else"
    );
    let (_, page) = started(services, id).await;
    assert_eq!(page.campaign.count.of(DeliveryState::Withheld), 4);
}

async fn what_goes_on_says_what_is_so_now(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 50).await;
    let mut office = Vec::new();
    for n in 0..2 {
        let mut form = delegate(n);
        "vanphong@example.com".clone_into(&mut form.email);
        office.push(kit.register("w", &form).await);
    }
    kit.register("w", &delegate(2)).await;
    let gone = kit.register("w", &delegate(3)).await;
    deliver(services).await;
    let shared = CampaignForm {
        shared: "one".to_owned(),
        ..message("now")
    };
    let id = make(kit, &shared).await;
    services.pause_campaign(&ORGANIZER, "w", id).await.unwrap();
    kit.cancel(&gone).await;
    let form = move_form(kit, "w", 7).await;
    services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    // Who leaves the mailbox takes nobody's code along.
    let own = ContactForm {
        phone: delegate(0).phone,
        email: "rieng@example.com".to_owned(),
        unreachable: false,
    };
    let left = office[0].id;
    let edited = services.edit_contact(&ORGANIZER, "w", left, &own);
    edited.await.unwrap();
    let before = campaign_mails(kit).await;
    services.resume_campaign(&ORGANIZER, "w", id).await.unwrap();
    let after = campaign_mails(kit).await;
    assert_eq!(after.len(), 3);
    for (before, mail) in before.iter().zip(&after) {
        assert_eq!(before.message_id, mail.message_id, "the same mail");
        assert_eq!(before.to_address, mail.to_address);
        let withheld = mail.registration_id == Some(gone.id);
        let (state, day) = if withheld {
            (DeliveryState::Withheld, "03/12/2026")
        } else {
            (DeliveryState::Queued, "10/12/2026")
        };
        assert_eq!(*mail.state, state);
        assert!(mail.body_text.contains(day) && mail.body_html.contains(day));
    }
    let mailbox = after.iter().find(|mail| mail.registration_id.is_none());
    let mailbox = &mailbox.unwrap().body_text;
    assert!(!mailbox.contains(&services.ticket_token(&office[0].code)));
    assert!(mailbox.contains(&services.ticket_token(&office[1].code)));
    let (_, page) = started(services, id).await;
    let calls: Vec<_> = page.calls.iter().map(|(row, _)| row.who).collect();
    assert_eq!(calls, [Callee::Registration(left)]);
}

async fn a_mail_on_its_way_follows_a_moved_workshop(kit: &Kit) {
    people(kit, 2).await;
    make(kit, &message("now")).await;
    let form = move_form(kit, "w", 7).await;
    let moved = kit.services.move_workshop(&ORGANIZER, "w", &form);
    moved.await.unwrap();
    let mails = campaign_mails(kit).await;
    assert_eq!(mails.len(), 2);
    for mail in mails {
        assert!(mail.body_text.contains("10/12/2026"), "{}", mail.body_text);
    }
}

async fn cancelled_the_rest_is_withheld_and_stays_so(kit: &Kit) {
    let services = &kit.services;
    people(kit, 3).await;
    let waits = make(kit, &message("at:2026-11-25T09:00")).await;
    let leaves = make(kit, &message("now")).await;
    for id in [waits, leaves] {
        services.cancel_campaign(&ORGANIZER, "w", id).await.unwrap();
        let (state, page) = started(services, id).await;
        assert_eq!(state, CampaignState::Cancelled);
        let why = page.campaign.row.cancelled_why.map(|why| *why);
        assert_eq!(why, Some(CampaignEnd::Organizer));
    }
    kit.clock.advance(at("2026-11-25T09:00") - kit.now());
    assert_eq!(services.start_due_campaigns().await.unwrap(), 0);
    deliver(services).await;
    let mails = campaign_mails(kit).await;
    assert_eq!(mails.len(), 3);
    assert!(
        mails
            .iter()
            .all(|mail| *mail.state == DeliveryState::Withheld)
    );
    // Not by the page of mails either.
    is_conflict(
        services.send_again(&ORGANIZER, mails[0].id).await,
        Conflict::NotAllowedNow,
    );
}
