//! Who the demo's people are called and where they are reached: fictional
//! names from short lists, phones from 095x, mail at example.com.

use super::establishments::PlannedEstablishment;
use domain::DelegateRole;
use std::collections::{BTreeMap, BTreeSet};

/// A delegate.
#[derive(Clone, Debug)]
pub(super) struct PlannedPerson {
    /// Family, middle and given name.
    pub(super) full_name: String,
    /// In E.164. A few colleagues give one phone for all of them.
    pub(super) phone: String,
    /// Some have none, some share their office's.
    pub(super) email: Option<String>,
    /// Index of the establishment, the same over all workshops.
    pub(super) establishment: usize,
    /// The role, the same over all workshops.
    pub(super) role: DelegateRole,
}

impl PlannedPerson {
    /// A person who is yet to be named.
    pub(super) fn unnamed(establishment: usize, role: DelegateRole) -> Self {
        let (full_name, phone) = (String::new(), String::new());
        Self {
            full_name,
            phone,
            email: None,
            establishment,
            role,
        }
    }
}

/// How many attendees have no e-mail.
const WITHOUT_EMAIL: usize = 14;
/// How many colleagues give their office's mailbox, by establishment.
const SHARED_MAILBOXES: [usize; 9] = [5, 4, 3, 3, 2, 2, 2, 2, 2];
/// How many nominees carry their nominator's phone, by establishment.
const SHARED_PHONES: [usize; 3] = [4, 3, 2];
/// The workshops at which two people of the same name meet.
const NAMESAKES_AT: [usize; 3] = [0, 2, 5];

/// Gives everyone a name, a phone and an address, with the oddities of real
/// lists among those who attended (`attended`: people by workshop).
pub(super) fn name_everyone(
    dice: &mut Dice,
    people: &mut [PlannedPerson],
    establishments: &[PlannedEstablishment],
    attended: &[Vec<usize>],
) {
    let names = full_names(dice, people.len());
    for (n, (person, name)) in people.iter_mut().zip(names).enumerate() {
        person.full_name = name;
        person.phone = phone(n);
    }
    for workshop in NAMESAKES_AT {
        name_two_alike(people, &attended[workshop]);
    }
    let mut mailboxes = Mailboxes::default();
    for person in people.iter_mut() {
        person.email = Some(mailboxes.personal(&person.full_name));
    }
    let attendees: BTreeSet<usize> = attended.iter().flatten().copied().collect();
    let is_owner = |person: &usize| people[*person].role == DelegateRole::Owner;
    let (owners, staff): (Vec<usize>, Vec<usize>) = attendees.into_iter().partition(is_owner);
    let apart = (owners.len() / WITHOUT_EMAIL).max(1);
    for &owner in owners.iter().step_by(apart).take(WITHOUT_EMAIL) {
        people[owner].email = None;
    }
    share_contacts(people, establishments, &staff);
}

/// Gives one attendee the name of another from elsewhere; neither is anyone's
/// namesake yet.
fn name_two_alike(people: &mut [PlannedPerson], attendees: &[usize]) {
    let names = |name: &str| {
        people
            .iter()
            .filter(|other| other.full_name == name)
            .count()
    };
    let mut unlike = attendees
        .iter()
        .filter(|person| names(&people[**person].full_name) == 1);
    let Some(&first) = unlike.next() else { return };
    let home = people[first].establishment;
    let Some(&second) = unlike.find(|person| people[**person].establishment != home) else {
        return;
    };
    people[second].full_name = people[first].full_name.clone();
}

/// Lets colleagues share a mailbox in some establishments, a phone in others.
fn share_contacts(
    people: &mut [PlannedPerson],
    establishments: &[PlannedEstablishment],
    staff: &[usize],
) {
    let (mut mailboxes, mut phones) = (SHARED_MAILBOXES.into_iter(), SHARED_PHONES.into_iter());
    for (n, establishment) in establishments.iter().enumerate() {
        let here = |person: &usize| people[*person].establishment == n;
        let colleagues: Vec<usize> = staff.iter().copied().filter(here).collect();
        if colleagues.len() < 8 {
            continue;
        }
        let nominators_phone = people[colleagues[0]].phone.clone();
        let shares_phone = n % 3 == 0;
        let sharing = if shares_phone {
            phones.next()
        } else {
            mailboxes.next()
        };
        for &person in colleagues
            .iter()
            .step_by(2)
            .take(sharing.unwrap_or_default())
        {
            if shares_phone {
                people[person].phone.clone_from(&nominators_phone);
            } else {
                people[person].email = Some(office_mailbox(&establishment.name));
            }
        }
    }
}

/// A small deterministic generator (splitmix64): the demo is the same every
/// time, on every machine.
pub(super) struct Dice(u64);

impl Dice {
    /// A generator that starts from `seed`.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// True in `percent` of a hundred throws.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Puts `items` into a random order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Family names, each with its weight: nearly a third are Nguyễn, as in life.
#[rustfmt::skip]
const FAMILY: [(&str, usize); 24] = [
    ("Nguyễn", 30), ("Trần", 12), ("Lê", 10), ("Phạm", 7), ("Huỳnh", 6), ("Võ", 5),
    ("Phan", 4), ("Đặng", 3), ("Bùi", 3), ("Đỗ", 2), ("Hồ", 2), ("Ngô", 2),
    ("Dương", 2), ("Lý", 1), ("Đoàn", 2), ("Trương", 2), ("Mai", 1), ("Cao", 1),
    ("Lâm", 1), ("Châu", 1), ("Tạ", 1), ("Kiều", 1), ("Thái", 1), ("Đinh", 1),
];

#[rustfmt::skip]
const MIDDLE_OF_MEN: [&str; 16] = [
    "Văn", "Hữu", "Minh", "Thanh", "Ngọc", "Công", "Hoàng", "Quốc",
    "Đức", "Trung", "Thành", "Chí", "Phước", "Bá", "Hồng", "Nhựt",
];

#[rustfmt::skip]
const MIDDLE_OF_WOMEN: [&str; 14] = [
    "Thị", "Thị", "Thị", "Thị Ngọc", "Thị Kim", "Thị Mỹ", "Thị Thu",
    "Ngọc", "Kim", "Thị Hồng", "Bích", "Thị Cẩm", "Mỹ", "Thanh",
];

#[rustfmt::skip]
const GIVEN_OF_MEN: [&str; 48] = [
    "An", "Ân", "Bảo", "Bình", "Cường", "Cảnh", "Chương", "Danh", "Đạt", "Điền", "Đông", "Duy",
    "Giàu", "Hải", "Hậu", "Hiếu", "Hòa", "Hùng", "Hưng", "Khải", "Khánh", "Khoa", "Kiệt", "Lâm",
    "Lộc", "Long", "Lợi", "Luân", "Nam", "Nghĩa", "Nhân", "Phát", "Phong", "Phú", "Phúc", "Quang",
    "Quí", "Sơn", "Tài", "Tâm", "Thắng", "Thiện", "Thịnh", "Tín", "Toàn", "Trí", "Tuấn", "Vinh",
];

#[rustfmt::skip]
const GIVEN_OF_WOMEN: [&str; 48] = [
    "Ái", "Anh", "Ánh", "Bé", "Chi", "Cúc", "Diễm", "Diệu", "Dung", "Duyên", "Đào", "Đẹp",
    "Em", "Giang", "Hà", "Hạnh", "Hiền", "Hoa", "Hồng", "Huệ", "Hương", "Lài", "Lan", "Lệ",
    "Liên", "Linh", "Loan", "Mai", "My", "Nga", "Ngân", "Nhàn", "Nhi", "Nhung", "Nữ", "Oanh",
    "Phượng", "Quyên", "Sương", "Thảo", "Thoa", "Thúy", "Thủy", "Trang", "Trinh", "Tuyền", "Vân", "Yến",
];

/// `count` different full names, in Vietnamese order: family, middle, given.
fn full_names(dice: &mut Dice, count: usize) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::with_capacity(count);
    while names.len() < count {
        let name = full_name(dice);
        if taken.insert(name.clone()) {
            names.push(name);
        }
    }
    names
}

fn full_name(dice: &mut Dice) -> String {
    let family = family(dice.below(FAMILY.iter().map(|(_, weight)| weight).sum()));
    let (middle, given) = if dice.chance(38) {
        (
            MIDDLE_OF_WOMEN[dice.below(14)],
            GIVEN_OF_WOMEN[dice.below(48)],
        )
    } else {
        (MIDDLE_OF_MEN[dice.below(16)], GIVEN_OF_MEN[dice.below(48)])
    };
    format!("{family} {middle} {given}")
}

/// The family name on which `throw` falls when each is as wide as its weight.
fn family(mut throw: usize) -> &'static str {
    for (name, weight) in FAMILY {
        if throw < weight {
            return name;
        }
        throw -= weight;
    }
    FAMILY[0].0
}

/// The phone of the `n`-th person: +84 95x, different for every `n` below ten
/// million, and no neighbour of the phone before it.
fn phone(n: usize) -> String {
    format!("+8495{:07}", (n * 7_368_787 + 1_234_567) % 10_000_000)
}

/// The addresses handed out so far, so that no two people get one by chance.
#[derive(Default)]
struct Mailboxes(BTreeMap<String, u32>);

impl Mailboxes {
    /// A person's own address: given name, family name, and a number from the
    /// second person on.
    fn personal(&mut self, full_name: &str) -> String {
        let folded = domain::fold(full_name);
        let family = folded.split(' ').next().unwrap_or_default();
        let given = folded.rsplit(' ').next().unwrap_or_default();
        let local = format!("{given}.{family}");
        let used = self.0.entry(local.clone()).or_default();
        *used += 1;
        match *used {
            1 => format!("{local}@example.com"),
            n => format!("{local}{n}@example.com"),
        }
    }
}

/// The mailbox of an establishment's office, which several colleagues give.
pub(super) fn office_mailbox(establishment: &str) -> String {
    let name = domain::fold_establishment(establishment).replace(' ', "");
    format!("vanphong.{name}@example.com")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_different_and_stored_as_normalised() {
        let names = full_names(&mut Dice::new(1), 1_000);
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 1_000);
        assert!(names.iter().all(|name| domain::normalise(name) == *name));
    }

    #[test]
    fn phones_are_different_and_of_the_demo_range() {
        let phones: BTreeSet<_> = (0..1_000).map(phone).collect();
        assert_eq!(phones.len(), 1_000);
        assert!(
            phones
                .iter()
                .all(|phone| phone.starts_with("+8495") && phone.len() == 12)
        );
    }

    #[test]
    fn addresses_are_plain_and_never_given_twice() {
        let mut mailboxes = Mailboxes::default();
        assert_eq!(
            mailboxes.personal("Đặng Thị Ngọc Ánh"),
            "anh.dang@example.com"
        );
        assert_eq!(mailboxes.personal("Đặng Hữu Anh"), "anh.dang2@example.com");
        assert_eq!(
            office_mailbox("Công ty TNHH Giọt Nắng"),
            "vanphong.giotnang@example.com"
        );
    }
}
