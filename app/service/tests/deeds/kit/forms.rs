//! Forms that are well filled in.

use domain::{Consents, RegistrationForm, SessionForm, WalkInForm, WorkshopForm};

/// A workshop on 3 December 2026, from half past seven to half past eleven.
pub(crate) fn workshop_form(slug: &str, seats: u32) -> WorkshopForm {
    WorkshopForm {
        slug: slug.to_owned(),
        title_vi: "Kỹ năng đánh giá sản xuất sạch hơn".to_owned(),
        title_en: "Assessment skills".to_owned(),
        session: SessionForm {
            room: "Hội trường A".to_owned(),
            starts_at: "2026-12-03T07:30".to_owned(),
            ends_at: "2026-12-03T11:30".to_owned(),
            ..SessionForm::default()
        },
        capacity: seats.to_string(),
        ..WorkshopForm::default()
    }
}

/// Somebody different for each number, who agrees to everything.
pub(crate) fn delegate(n: usize) -> RegistrationForm {
    named(&format!("Nguyễn Văn Số {n}"), &format!("09{n:08}"))
}

/// Somebody by name and phone.
pub(crate) fn named(full_name: &str, phone: &str) -> RegistrationForm {
    RegistrationForm {
        full_name: full_name.to_owned(),
        phone: phone.to_owned(),
        email: format!("{}@example.com", domain::fold(full_name).replace(' ', ".")),
        role: "technician".to_owned(),
        establishment: "Công ty TNHH Rạng Đông Xanh".to_owned(),
        locality: "Xã Mỏ Cày".to_owned(),
        consents: Consents {
            reporting: true,
            materials: true,
            invitations: true,
        },
        answers: domain::Answers::default(),
        opened_at: None,
    }
}

/// Somebody who comes to the door.
pub(crate) fn walk_in(full_name: &str) -> WalkInForm {
    WalkInForm {
        full_name: full_name.to_owned(),
        establishment: "Rạng Đông Xanh".to_owned(),
        role: "technician".to_owned(),
        phone: String::new(),
    }
}
