//! Short ways to materials and to those who fetch them.

use super::{Kit, ORGANIZER, delegate};
use bytes::Bytes;
use domain::MaterialForm;
use futures::stream;
use service::entity::{material_version, outbox};
use service::{Failure, Registered, ScanRequest, Shelf};

pub(crate) async fn upload(
    kit: &Kit,
    name: &str,
    content: &'static [u8],
) -> Result<material_version::Model, Failure> {
    upload_said(kit, "w".into(), &MaterialForm::default(), name, content).await
}

/// As [`upload`], on a shelf and with something said of it. A document that is
/// there already gets its name at the end, since no file is taken twice.
pub(crate) async fn upload_said(
    kit: &Kit,
    shelf: Shelf<'_>,
    form: &MaterialForm,
    name: &str,
    content: &'static [u8],
) -> Result<material_version::Model, Failure> {
    let bring = async |content: &'static [u8]| {
        let parts = content
            .chunks(100)
            .map(|part| Ok::<_, String>(Bytes::from_static(part)));
        kit.services
            .upload_material(&ORGANIZER, shelf, form, name, stream::iter(parts))
            .await
    };
    let received = bring(content).await?;
    if !received.already {
        return Ok(received.version);
    }
    let received = bring([content, name.as_bytes()].concat().leak()).await?;
    assert!(!received.already, "{name} was there before");
    Ok(received.version)
}

/// Registers somebody and checks them in.
pub(crate) async fn attend(kit: &Kit, n: usize, email: &str, materials: bool) -> Registered {
    let mut form = delegate(n);
    email.clone_into(&mut form.email);
    form.consents.materials = materials;
    let registered = kit.register("w", &form).await;
    let door = kit.services.door(&ORGANIZER, "w").await.unwrap();
    let scan = ScanRequest {
        code: registered.code.clone(),
        session: door.session.id,
        nonce: registered.code.clone(),
        at: None,
    };
    kit.services.check_in(&ORGANIZER, "w", &scan).await.unwrap();
    registered
}

/// The last part of the link in somebody's mail.
pub(crate) async fn token_of(kit: &Kit, registered: &Registered) -> String {
    let mails = kit.all(outbox::Entity).await;
    let mail = mails
        .iter()
        .find(|mail| mail.purpose == "materials" && mail.registration_id == Some(registered.id))
        .unwrap();
    let link = mail.body_text.split("/materials/").nth(1).unwrap();
    link.split_whitespace().next().unwrap().to_owned()
}
