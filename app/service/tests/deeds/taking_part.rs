//! How people take part, as mails and messages say it: by the format of the
//! workshop, whatever organisers changed of the words.

use crate::kit::{Kit, ORGANIZER, delegate, mails, workshop_form};
use crate::on_both;
use domain::{AudienceForm, CampaignForm, TemplateForm, TemplateOccasion};
use service::PreviewForm;

on_both!(what_is_said_of_taking_part_follows_the_format);

const LINK: &str = "https://meet.example.com/a";

/// A public workshop of a format.
async fn workshop(kit: &Kit, slug: &str, format: &str) {
    let mut form = workshop_form(slug, 1);
    format.clone_into(&mut form.format);
    if format != "in_person" {
        LINK.clone_into(&mut form.online_link);
    }
    if format == "online" {
        form.session.room.clear();
    }
    kit.services.schedule(&ORGANIZER, &form).await.unwrap();
    kit.services.publish(&ORGANIZER, slug).await.unwrap();
}

async fn what_is_said_of_taking_part_follows_the_format(kit: &Kit) {
    let services = &kit.services;
    let words = async |occasion| services.template(&ORGANIZER, occasion).await.unwrap().form;
    // Organisers changed a word, and none that says how.
    let seat = TemplateOccasion::Confirmation;
    let own = TemplateForm {
        subject_vi: "Hẹn gặp: {hoi_thao}".to_owned(),
        ..words(seat).await
    };
    services
        .save_template(&ORGANIZER, seat, &own)
        .await
        .unwrap();
    let reminder = TemplateOccasion::Reminder;
    for (n, (format, arrives, online)) in [
        ("in_person", true, false),
        ("online", false, true),
        ("hybrid", true, true),
    ]
    .into_iter()
    .enumerate()
    {
        let slug = &format!("w{n}");
        workshop(kit, slug, format).await;
        kit.register(slug, &delegate(n)).await;
        let confirmation = mails(kit).await.pop().unwrap();
        assert!(confirmation.subject.starts_with("Hẹn gặp: "));
        let begun = services.begin_campaign(&ORGANIZER, slug, reminder).await;
        let begun = begun.unwrap();
        let plan = services.preview_campaign(&ORGANIZER, slug, &begun).await;
        let message = plan.unwrap().samples.remove(0);
        let look = PreviewForm {
            words: words(reminder).await,
            lang: "vi".to_owned(),
            workshop: slug.clone(),
            person: String::new(),
        };
        let look = services.preview_template(&ORGANIZER, reminder, &look).await;
        let look = look.unwrap().mail.unwrap();
        for (what, text) in [
            ("the confirmation", &confirmation.body_text),
            ("a message", &message.text),
            ("the look at a reminder", &look.text),
        ] {
            for (said, is_said) in [
                ("đưa mã điểm danh hoặc mã QR", arrives),
                ("bấm liên kết ở đó", online),
                ("Dự trực tuyến: Liên kết ở trang đăng ký", online),
                ("Mã điểm danh: ", true),
                (LINK, false),
            ] {
                assert_eq!(
                    text.contains(said),
                    is_said,
                    "{format}, {what}, {said}: {text}"
                );
            }
        }
        // Whoever waits takes no part yet.
        kit.register(slug, &delegate(n + 10)).await;
        let waiting = CampaignForm {
            audience: AudienceForm {
                states: vec!["waitlisted".to_owned()],
                ..AudienceForm::default()
            },
            ..begun
        };
        let plan = services.preview_campaign(&ORGANIZER, slug, &waiting).await;
        let text = plan.unwrap().samples.remove(0).text;
        for said in ["mã QR", "bấm liên kết", "Dự trực tuyến: ", "Mã điểm danh: "] {
            assert!(!text.contains(said), "{format}, {said}: {text}");
        }
    }
}
