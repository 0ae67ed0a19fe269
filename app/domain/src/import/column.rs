//! What the headings of a file mean.

use crate::coded::coded;
use crate::{Coded, fold};

coded! {
    /// What a column holds.
    ImportField {
        /// Họ và tên.
        FullName = "full_name",
        /// Đơn vị.
        Establishment = "establishment",
        /// Chức vụ.
        Role = "role",
        /// Điện thoại.
        Phone = "phone",
        /// E-mail.
        Email = "email",
        /// Địa bàn.
        Locality = "locality",
    }
}

/// Folded headings as people write them, the more telling first.
fn synonyms(field: ImportField) -> &'static [&'static str] {
    match field {
        ImportField::FullName => &[
            "ho va ten",
            "ho ten",
            "ten dai bieu",
            "dai bieu",
            "full name",
            "fullname",
            "participant",
            "delegate",
            "name",
            "ten",
        ],
        ImportField::Establishment => &[
            "ten don vi",
            "don vi cong tac",
            "don vi",
            "co so",
            "doanh nghiep",
            "cong ty",
            "co quan",
            "establishment",
            "organisation",
            "organization",
            "company",
            "enterprise",
        ],
        ImportField::Role => &[
            "chuc vu",
            "chuc danh",
            "vai tro",
            "position",
            "job title",
            "role",
        ],
        ImportField::Phone => &[
            "so dien thoai",
            "dien thoai",
            "di dong",
            "sdt",
            "dt",
            "phone",
            "mobile",
            "telephone",
            "tel",
        ],
        ImportField::Email => &["dia chi email", "thu dien tu", "e-mail", "email", "mail"],
        ImportField::Locality => &[
            "dia ban",
            "xa phuong",
            "phuong xa",
            "xa",
            "phuong",
            "huyen",
            "dia phuong",
            "dia chi",
            "locality",
            "commune",
            "ward",
            "district",
            "address",
        ],
    }
}

/// How a heading is compared and remembered: folded, without punctuation.
#[must_use]
pub fn fold_heading(heading: &str) -> String {
    let folded: String = fold(heading)
        .chars()
        .map(|sign| {
            if sign.is_alphanumeric() || sign == '-' {
                sign
            } else {
                ' '
            }
        })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What each heading means, each field once: as it was last said to mean, else
/// by the whole heading, else by whole words of it.
#[must_use]
pub fn guess_columns(
    headings: &[String],
    remembered: impl Fn(&str) -> Option<ImportField>,
) -> Vec<Option<ImportField>> {
    let folded: Vec<String> = headings.iter().map(|one| fold_heading(one)).collect();
    let mut columns = vec![None; headings.len()];
    let mut give = |at: usize, field: ImportField| {
        if columns[at].is_none() && !columns.contains(&Some(field)) {
            columns[at] = Some(field);
        }
    };
    for (at, heading) in folded.iter().enumerate() {
        if let Some(field) = remembered(heading) {
            give(at, field);
        }
    }
    let same = |heading: &str, synonym: &str| heading == synonym;
    let within =
        |heading: &str, synonym: &str| format!(" {heading} ").contains(&format!(" {synonym} "));
    for fits in [same as fn(&str, &str) -> bool, within] {
        for field in ImportField::ALL.iter().copied() {
            for synonym in synonyms(field) {
                for (at, heading) in folded.iter().enumerate() {
                    if fits(heading, synonym) {
                        give(at, field);
                    }
                }
            }
        }
    }
    columns
}

/// How many rows may stand above the headings: a letterhead and a title.
const SEARCHED: usize = 10;

/// The row with the headings: of the first ten that which has most of them, a
/// name among them. None when there is no such row.
#[must_use]
pub fn find_headings(rows: &[Vec<String>]) -> Option<usize> {
    let known = |row: &Vec<String>| {
        let columns = guess_columns(row, |_| None);
        let named = columns.contains(&Some(ImportField::FullName));
        let number = columns.iter().flatten().count();
        (named && number > 1).then_some(number)
    };
    // Blank rows in front of a list do not count.
    let filled = rows.iter().enumerate();
    let filled = filled.filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
    filled
        .take(SEARCHED)
        .filter_map(|(at, row)| Some((known(row)?, at)))
        // The first of those that are alike.
        .max_by_key(|(number, at)| (*number, std::cmp::Reverse(*at)))
        .map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &[&str]) -> Vec<String> {
        row.iter().map(|cell| (*cell).to_owned()).collect()
    }

    fn guess(row: &[&str]) -> Vec<Option<ImportField>> {
        guess_columns(&cells(row), |_| None)
    }

    #[test]
    fn headings_in_both_languages() {
        use ImportField::{Email, Establishment, FullName, Locality, Phone, Role};
        assert_eq!(
            guess(&[
                "TT",
                "Họ và tên",
                "Chức vụ",
                "Đơn vị",
                "Địa chỉ",
                "Điện thoại",
                "Email",
                "Ghi chú"
            ]),
            [
                None,
                Some(FullName),
                Some(Role),
                Some(Establishment),
                Some(Locality),
                Some(Phone),
                Some(Email),
                None
            ]
        );
        assert_eq!(
            guess(&["Full name", "Company", "Position", "Phone no.", "E-mail"]),
            [
                Some(FullName),
                Some(Establishment),
                Some(Role),
                Some(Phone),
                Some(Email)
            ]
        );
        // A name of a firm is no name of a person.
        assert_eq!(
            guess(&["STT", "Tên đơn vị", "Họ tên", "SĐT", "Xã/Phường"]),
            [
                None,
                Some(Establishment),
                Some(FullName),
                Some(Phone),
                Some(Locality)
            ]
        );
        assert_eq!(guess(&["Họ tên", "Họ và tên"]), [None, Some(FullName)]);
    }

    #[test]
    fn what_was_said_before_goes_first() {
        let columns = guess_columns(&cells(&["Người dự", "Họ tên"]), |heading| {
            (heading == "nguoi du").then_some(ImportField::FullName)
        });
        assert_eq!(columns, [Some(ImportField::FullName), None]);
    }

    #[test]
    fn headings_stand_below_a_letterhead() {
        let rows = [
            cells(&["TRUNG TÂM KHUYẾN CÔNG", "", ""]),
            cells(&["DANH SÁCH ĐẠI BIỂU", "", ""]),
            cells(&["TT", "Họ và tên", "Đơn vị"]),
            cells(&["1", "Lê An", "Cơ sở Năm Lúa"]),
        ];
        assert_eq!(find_headings(&rows), Some(2));
        assert_eq!(find_headings(&rows[3..]), None);
        assert_eq!(find_headings(&[]), None);
    }
}
