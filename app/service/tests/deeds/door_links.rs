//! Links that make a phone a device of a door.

use crate::door_sync::{attended, batch, begun, code, device, link, outcomes};
use crate::kit::{Kit, ORGANIZER};
use crate::on_both;
use chrono::Duration;
use domain::{CheckinOutcome, DOOR_GRACE, Refusal, SYNC_GRACE};
use service::entity::door_conflict;
use service::{Actor, Failure};

on_both!(
    a_link_opens_one_door_until_the_workshop_is_over,
    a_revoked_link_takes_its_devices_along,
);

async fn a_link_opens_one_door_until_the_workshop_is_over(kit: &Kit) {
    let (w, people) = begun(kit, 2).await;
    kit.workshop("other", 5).await;
    let token = link(kit).await;
    let forged = format!("{token}A");
    assert!(matches!(
        kit.services.enter_door(&forged).await,
        Err(Failure::NotFound)
    ));
    let door = device(kit).await;
    let services = &kit.services;
    assert!(services.door(&door, "w").await.is_ok());
    assert_eq!(
        services.door_list(&door, "w").await.unwrap().people.len(),
        2
    );
    assert_eq!(services.workshops(&door).await.unwrap().len(), 1);
    for refused in [
        services.door(&door, "other").await.err(),
        services.cockpit(&door, "w").await.err(),
        services.make_door_link(&door, "w", "").await.err(),
        services
            .sync_door(&door, "other", None, &batch(&w, kit.now(), Vec::new()))
            .await
            .err(),
    ] {
        assert!(matches!(refused, Some(Failure::Forbidden)), "{refused:?}");
    }
    let over = w.ends_at() + DOOR_GRACE + Duration::minutes(1);
    let scanned = w.sessions[0].starts_at;
    kit.clock.advance(over - kit.now());
    assert!(matches!(
        services.enter_door(&token).await,
        Err(Failure::NotFound)
    ));
    assert!(matches!(
        services.door(&door, "w").await,
        Err(Failure::Forbidden)
    ));
    // What was scanned then can still be handed in.
    let scans = vec![code(&people[0], "a", scanned)];
    let sync = async |scans| {
        let batch = batch(&w, kit.now(), scans);
        services.sync_door(&door, "w", None, &batch).await
    };
    let late = sync(scans).await.unwrap();
    assert_eq!(outcomes(&late), [CheckinOutcome::Admitted]);
    let now = kit.now();
    let scans = vec![code(&people[1], "b", now)];
    let outside = sync(scans).await.unwrap();
    let refused = CheckinOutcome::Refused(Refusal::OutsideHours);
    assert_eq!(outcomes(&outside), [refused]);
    kit.clock.advance(SYNC_GRACE);
    assert!(matches!(sync(Vec::new()).await, Err(Failure::Forbidden)));
}

async fn a_revoked_link_takes_its_devices_along(kit: &Kit) {
    let (w, people) = begun(kit, 1).await;
    let (door, services) = (device(kit).await, &kit.services);
    let own = services.ready_device(&ORGANIZER, "w", None).await.unwrap();
    let own = own.unwrap();
    let keys = services.door_keys(&ORGANIZER, "w").await.unwrap();
    assert_eq!((keys.links[0].devices, keys.devices.len()), (1, 2));
    let link = keys.links[0].row.id;
    services
        .revoke_door_link(&ORGANIZER, "w", link)
        .await
        .unwrap();
    services
        .revoke_door_link(&ORGANIZER, "w", link)
        .await
        .unwrap();
    assert!(matches!(
        services.door(&door, "w").await,
        Err(Failure::Forbidden)
    ));
    assert!(
        services
            .ready_device(&ORGANIZER, "w", Some(&own))
            .await
            .unwrap()
            .is_none()
    );
    let device = services.door_keys(&ORGANIZER, "w").await.unwrap().devices[0].id;
    services
        .revoke_device(&ORGANIZER, "w", device)
        .await
        .unwrap();
    let gone = services.actor_by_device(&own).await.unwrap();
    assert!(gone.is_none());
    // What it met is heard all the same, and waits for an organiser.
    let met = batch(&w, kit.now(), vec![code(&people[0], "a", kit.now())]);
    for (actor, token) in [(&Actor::Anonymous, &own), (&ORGANIZER, &own)] {
        let answers = services.sync_door(actor, "w", Some(token), &met).await;
        let answers = answers.unwrap();
        let revoked = CheckinOutcome::Refused(Refusal::Revoked);
        assert_eq!(
            (outcomes(&answers), answers[0].conflict),
            (vec![revoked], true)
        );
    }
    assert_eq!(
        (kit.count(door_conflict::Entity).await, attended(kit).await),
        (1, 0)
    );
    let again = services.ready_device(&ORGANIZER, "w", Some(&own)).await;
    assert!(matches!(again, Err(Failure::Forbidden)), "{again:?}");
}
