//! Who is told by a message: those who share a mailbox, those who stopped such
//! mails, and those whose address is refused.

use crate::imports::{run, upload};
use crate::kit::{
    Kit, ORGANIZER, Sink, campaign_mails, delegate, deliver, is_conflict, look_at, make, message,
    move_form, started,
};
use crate::on_both;
use domain::CallOutcome::{Called, NoAnswer};
use domain::{CallStanding, CampaignForm, CampaignState, DeliveryState, Outdated};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use service::entity::{Code, outbox};
use service::{CallList, Callee, Conflict, Mailer};
use tokio::net::TcpListener;

on_both!(
    a_shared_mailbox_gets_one_mail_or_one_each,
    who_stops_invitations_stops_them_for_nobody_else,
    whose_address_is_refused_is_called,
    a_message_that_failed_is_sent_again_while_it_is_so,
    whom_a_quiet_file_named_is_asked_by_the_first_message,
);

async fn colleague(kit: &Kit, n: usize) -> service::Registered {
    let mut form = delegate(n);
    // A mailbox is one however it is spelled.
    let spelled = ["VanPhong@example.com", "vanphong@example.com"][n % 2];
    spelled.clone_into(&mut form.email);
    kit.register("w", &form).await
}

async fn a_shared_mailbox_gets_one_mail_or_one_each(kit: &Kit) {
    kit.workshop("w", 9).await;
    let (one, two) = (colleague(kit, 1).await, colleague(kit, 2).await);
    kit.register("w", &delegate(3)).await;
    let shared = CampaignForm {
        shared: "one".to_owned(),
        ..message("now")
    };
    let plan = look_at(kit, &shared).await;
    assert_eq!((plan.mailed.len(), plan.mails), (3, 2));
    let id = make(kit, &shared).await;
    let mails = campaign_mails(kit).await;
    assert_eq!(mails.len(), 2);
    let to_both = mails
        .iter()
        .find(|mail| mail.registration_id.is_none())
        .unwrap();
    assert_eq!(to_both.to_name, "Nguyễn Văn Số 1, Nguyễn Văn Số 2");
    for one in [&one, &two] {
        let page = format!("/my/{}", kit.ticket(one));
        let code = domain::TicketCode::spaced(&one.code);
        assert!(to_both.body_text.contains(&page) && to_both.body_text.contains(&code));
        assert!(
            to_both.body_html.contains(&format!("{page}\"")),
            "a link to press"
        );
    }
    deliver(&kit.services).await;
    let (_, page) = started(&kit.services, id).await;
    assert_eq!(
        page.campaign.count.of(DeliveryState::Sent),
        3,
        "people, not mails"
    );
    // One each.
    make(kit, &message("now")).await;
    let each = campaign_mails(kit).await.split_off(2);
    assert_eq!(each.len(), 3);
    assert!(each.iter().all(|mail| mail.registration_id.is_some()));
    assert!(!each[0].body_text.contains("Số 2"));
}

async fn who_stops_invitations_stops_them_for_nobody_else(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let (one, two) = (colleague(kit, 1).await, colleague(kit, 2).await);
    let inviting = CampaignForm {
        purpose: "invitations".to_owned(),
        ..message("now")
    };
    make(kit, &inviting).await;
    make(kit, &message("now")).await;
    let state = async |id: i64, inviting: bool| {
        let mails = campaign_mails(kit).await.into_iter();
        let mut theirs = mails
            .filter(|mail| mail.registration_id == Some(id))
            .filter(|mail| mail.unsubscribe.is_some() == inviting);
        theirs.next().unwrap()
    };
    let mail = state(one.id, true).await;
    let address = mail.unsubscribe.clone().unwrap();
    assert!(mail.body_text.contains(&address));
    let token = address.rsplit('/').next().unwrap();
    services.unsubscribe("invitations", token).await.unwrap();
    assert_eq!(*state(one.id, true).await.state, DeliveryState::Withheld);
    let page = services.outbox_mail(&ORGANIZER, mail.id).await.unwrap();
    assert_eq!(page.outdated, Some(Outdated::Stopped));
    assert_eq!(*state(two.id, true).await.state, DeliveryState::Queued);
    let own = state(one.id, false).await;
    assert_eq!(
        *own.state,
        DeliveryState::Queued,
        "what this workshop needs"
    );
    services
        .subscribe_again("invitations", token)
        .await
        .unwrap();
    assert_eq!(*state(one.id, true).await.state, DeliveryState::Queued);
    // Taken back on the own page, after it was written.
    let mut consents = delegate(1).consents;
    consents.invitations = false;
    let ticket = kit.ticket(&one);
    services.set_consents(&ticket, consents).await.unwrap();
    deliver(services).await;
    assert_eq!(*state(one.id, true).await.state, DeliveryState::Withheld);
    assert_eq!(*state(two.id, true).await.state, DeliveryState::Sent);
    assert_eq!(*state(one.id, false).await.state, DeliveryState::Sent);
    let plan = look_at(kit, &inviting).await;
    assert_eq!((plan.mailed.len(), plan.left_out.len()), (1, 1));
}

async fn whose_address_is_refused_is_called(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    deliver(services).await;
    let mut refused = delegate(1);
    "nobody@example.com".clone_into(&mut refused.email);
    let refused = kit.register("w", &refused).await;
    kit.register("w", &delegate(2)).await;
    deliver(services).await;
    let id = make(kit, &message("now")).await;
    assert!(started(services, id).await.1.calls.is_empty());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let sink = Sink::open(listener);
    let mailer = Mailer::smtp(&url, "taphuan@example.com").unwrap();
    let worker = kit.another_with(mailer, "http://127.0.0.1:3000").await;
    deliver(&worker).await;
    assert_eq!(sink.mails().len(), 1);
    let (state, page) = started(services, id).await;
    assert_eq!(state, CampaignState::Done);
    let count = &page.campaign.count;
    assert_eq!(
        (
            count.of(DeliveryState::Sent),
            count.of(DeliveryState::Failed)
        ),
        (1, 1)
    );
    let failed = page
        .recipients
        .iter()
        .find(|one| one.error.is_some())
        .unwrap();
    assert!(failed.error.as_ref().unwrap().contains("no such user"));
    let who = Callee::Registration(refused.id);
    assert_eq!(page.calls.len(), 1);
    assert_eq!(page.calls[0].0.who, who);
    for (outcome, standing) in [
        (Some(NoAnswer), CallStanding::ToCall),
        (Some(Called), CallStanding::Told),
        (None, CallStanding::ToCall),
    ] {
        let list = CallList::Campaign(id);
        services
            .mark_call(&ORGANIZER, "w", list, who, outcome)
            .await
            .unwrap();
        let (_, page) = started(services, id).await;
        assert_eq!(page.calls[0].0.standing, standing);
    }
    // The next message knows at once.
    let plan = look_at(kit, &message("now")).await;
    assert_eq!((plan.mailed.len(), plan.calls.len()), (1, 1));
}

/// What became of the mails of messages: set, as a mail server would have it.
async fn settle(kit: &Kit, state: DeliveryState) {
    kit.services
        .db()
        .write(|tx| async move {
            outbox::Entity::update_many()
                .col_expr(outbox::Column::State, Expr::value(Code(state)))
                .filter(outbox::Column::CampaignId.is_not_null())
                .exec(&*tx)
                .await?;
            Ok(())
        })
        .await
        .unwrap();
}

async fn a_message_that_failed_is_sent_again_while_it_is_so(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    kit.register("w", &delegate(1)).await;
    make(kit, &message("now")).await;
    settle(kit, DeliveryState::Failed).await;
    let mail = campaign_mails(kit).await.remove(0);
    services.send_again(&ORGANIZER, mail.id).await.unwrap();
    settle(kit, DeliveryState::Failed).await;
    // It says when and where.
    kit.clock.advance(chrono::Duration::minutes(1));
    let form = move_form(kit, "w", 7).await;
    services
        .move_workshop(&ORGANIZER, "w", &form)
        .await
        .unwrap();
    is_conflict(
        services.send_again(&ORGANIZER, mail.id).await,
        Conflict::NotAllowedNow,
    );
}

async fn whom_a_quiet_file_named_is_asked_by_the_first_message(kit: &Kit) {
    let services = &kit.services;
    kit.workshop("w", 9).await;
    let file = "Họ tên,Đơn vị,Email\nLê An,Năm Lúa,an@example.com\n";
    let file = upload(kit, "w", file.as_bytes()).await.unwrap();
    run(kit, file, false).await;
    let asks = |text: &str| text.contains("đã ghi tên Anh/Chị") && text.contains("có đồng ý hay");
    // Who was asked by the mails of the last message.
    let asked = async || -> Vec<String> {
        let mails = campaign_mails(kit).await;
        let last = mails.iter().map(|mail| mail.campaign_id).max().unwrap();
        let mails = mails.into_iter().filter(|mail| mail.campaign_id == last);
        let asking = mails.filter(|mail| asks(&mail.body_text));
        asking.map(|mail| mail.to_name).collect()
    };
    let plan = look_at(kit, &message("now")).await;
    assert!(asks(&plan.samples[0].text));
    kit.register("w", &delegate(1)).await;
    deliver(services).await;
    let first = make(kit, &message("now")).await;
    assert_eq!(asked().await, ["Lê An"], "nobody who registered alone");
    // Written anew it says the same, and cancelled it has told nobody.
    services
        .pause_campaign(&ORGANIZER, "w", first)
        .await
        .unwrap();
    services
        .resume_campaign(&ORGANIZER, "w", first)
        .await
        .unwrap();
    assert_eq!(asked().await, ["Lê An"]);
    services
        .cancel_campaign(&ORGANIZER, "w", first)
        .await
        .unwrap();
    make(kit, &message("now")).await;
    assert_eq!(asked().await, ["Lê An"]);
    deliver(services).await;
    make(kit, &message("now")).await;
    assert!(asked().await.is_empty(), "once is enough");
}
