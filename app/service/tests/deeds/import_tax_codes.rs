//! Files that tell the tax codes of establishments.

use crate::imports::{run, upload};
use crate::kit::{Kit, ORGANIZER, known_establishment};
use crate::on_both;
use domain::{LikenessReason, Problems, Reason};
use service::Fate;
use service::entity::{establishment, likeness, person};

on_both!(
    a_tax_code_tells_firms_of_one_name_apart,
    a_bad_tax_code_is_said_and_blocks_nothing,
);

const ONE: &str = "0100047516";
const OTHER: &str = "1399000016";

async fn a_tax_code_tells_firms_of_one_name_apart(kit: &Kit) {
    kit.workshop("w", 20).await;
    let known = known_establishment(kit, "Công ty TNHH Giọt Nắng").await;
    let file = format!(
        "Họ và tên,Đơn vị,MST\n\
        Lê An,Giọt Nắng,\n\
        Lê Bình,Cty Giọt Nắng,{ONE}\n\
        Lê Chi,Giọt Nắng,{OTHER}\n\
        Lê Dung,Giọt Nắng JSC,1399 000 016\n\
        Lê Em,Sao Khơi,100047516\n\
        Lê Giang,Sao Khơi,\n"
    );
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    run(kit, id, false).await;
    let firms = kit.all(establishment::Entity).await;
    let code = |id: i64| {
        let firm = firms.iter().find(|firm| firm.id == id).unwrap();
        (firm.name.as_str(), firm.tax_code.as_deref())
    };
    assert_eq!(firms.len(), 3);
    let mut persons = kit.all(person::Entity).await;
    persons.sort_by(|one, other| one.full_name.cmp(&other.full_name));
    let places: Vec<_> = persons.iter().map(|row| row.establishment_id).collect();
    assert_eq!(places[..2], [known, known], "its code was not known before");
    assert_eq!(code(known), ("Công ty TNHH Giọt Nắng", Some(ONE)));
    assert_eq!(places[2], places[3]);
    assert_eq!(code(places[2]), ("Giọt Nắng", Some(OTHER)));
    assert_eq!(places[4], places[5], "without a code, the one of the name");
    assert_eq!(code(places[4]), ("Sao Khơi", Some(ONE)));
    // Two codes are two firms; one code may be one, and somebody looks.
    let noted: Vec<_> = kit
        .all(likeness::Entity)
        .await
        .iter()
        .map(|row| (row.first_id, row.second_id, *row.reason))
        .collect();
    assert_eq!(noted, [(known, places[4], LikenessReason::TaxCode)]);
    // The same file again makes nothing.
    kit.workshop("v", 20).await;
    let again = upload(kit, "v", file.as_bytes()).await.unwrap();
    let confirmed = kit.services.confirm_import(&ORGANIZER, "v", again, false);
    confirmed.await.unwrap();
    kit.services.run_imports().await.unwrap();
    assert_eq!(kit.count(establishment::Entity).await, 3);
    assert_eq!(kit.count(person::Entity).await, 6);
}

async fn a_bad_tax_code_is_said_and_blocks_nothing(kit: &Kit) {
    kit.workshop("w", 20).await;
    let file = "Họ tên,Đơn vị,Mã số thuế\n\
        Lê An,Năm Lúa,0100047517\n\
        Lê Bình,Năm Lúa,079012345678\n\
        Lê Chi,Năm Lúa,\n";
    let id = upload(kit, "w", file.as_bytes()).await.unwrap();
    let page = kit.services.import_page(&ORGANIZER, "w", id).await.unwrap();
    let said: Vec<_> = page
        .rows
        .into_iter()
        .map(|row| (row.fate, row.left_out))
        .collect();
    let code = |reason| Problems::one("tax_code", reason);
    assert_eq!(
        said,
        [
            (Fate::New, code(Reason::CheckDigit)),
            (Fate::New, code(Reason::NotATaxCode)),
            (Fate::New, Problems::default()),
        ]
    );
    run(kit, id, false).await;
    let firms = kit.all(establishment::Entity).await;
    assert_eq!((firms.len(), firms[0].tax_code.clone()), (1, None));
}
