//! Whose mail is shown when the words of a mail are looked at.

use crate::kit::{Kit, ORGANIZER, delegate, party, send_party};
use crate::on_both;
use domain::TemplateOccasion;
use service::{PreviewForm, TemplatePreview};

on_both!(who_gets_such_a_mail_is_shown_first);

async fn look(kit: &Kit, occasion: TemplateOccasion, workshop: &str) -> TemplatePreview {
    let services = &kit.services;
    let template = services.template(&ORGANIZER, occasion).await.unwrap();
    let form = PreviewForm {
        words: template.form,
        workshop: workshop.to_owned(),
        ..PreviewForm::default()
    };
    let shown = services.preview_template(&ORGANIZER, occasion, &form).await;
    shown.unwrap()
}

async fn who_gets_such_a_mail_is_shown_first(kit: &Kit) {
    kit.workshop("w", 2).await;
    let own = kit.register("w", &delegate(1)).await;
    // Named by a colleague: reads another mail first.
    send_party(kit, "w", &party(&["Lê An"])).await;
    let waits = kit.register("w", &delegate(2)).await;
    kit.workshop("v", 9).await;
    kit.register("v", &delegate(3)).await;
    let shown = look(kit, TemplateOccasion::Waitlisted, "").await;
    assert_eq!(shown.workshop, "w", "where somebody waits");
    assert_eq!((shown.person, shown.people.len()), (Some(waits.id), 3));
    let shown = look(kit, TemplateOccasion::Confirmation, "w").await;
    assert_eq!((shown.person, shown.people.len()), (Some(own.id), 3));
    let last = shown.people.last().map(|(id, _)| *id);
    assert_eq!(last, Some(waits.id), "others after those with a seat");
}
