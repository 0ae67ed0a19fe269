//! The names of establishments without their legal forms.

use crate::registration_form::clean_line;
use crate::{Reason, fold};

/// Abbreviations of trades that people write or spell out, folded. Those that
/// mean two things are left alone.
const TRADES: [(&str, &[&str]); 5] = [
    ("sx", &["san", "xuat"]),
    ("tm", &["thuong", "mai"]),
    ("dv", &["dich", "vu"]),
    ("tmdv", &["thuong", "mai", "dich", "vu"]),
    ("xnk", &["xuat", "nhap", "khau"]),
];

/// What stands before a name, folded, the longer before its own beginning.
/// Several follow one another: `Công ty TNHH Một thành viên`.
const BEFORE: [&str; 33] = [
    "trach nhiem huu han",
    "mot thanh vien",
    "hai thanh vien tro len",
    "hai thanh vien",
    "1 thanh vien",
    "2 thanh vien tro len",
    "2 thanh vien",
    "doanh nghiep tu nhan",
    "dn tu nhan",
    "co so san xuat",
    "cs san xuat",
    "ho kinh doanh ca the",
    "ho kinh doanh",
    "ho san xuat",
    "ca the",
    "hop tac xa",
    "hop danh",
    "doanh nghiep",
    "cong ty",
    "c ty",
    "ct tnhh",
    "co phan",
    "co so",
    "cty",
    "ctcp",
    "tnhh",
    "mtv",
    "dntn",
    "dntt",
    "cssx",
    "hkd",
    "htx",
    "cp",
];

/// What stands after a name, folded, the longer before its own end. Words that
/// end names of their own, as `Hiệp hội Doanh nghiệp` or `Cánh Cò`, are none.
const AFTER: [&str; 36] = [
    "cong ty trach nhiem huu han",
    "cty trach nhiem huu han",
    "trach nhiem huu han",
    "mot thanh vien",
    "hai thanh vien tro len",
    "hai thanh vien",
    "1 thanh vien",
    "2 thanh vien tro len",
    "2 thanh vien",
    "cong ty co phan",
    "cty co phan",
    "co phan",
    "cong ty tnhh",
    "cty tnhh",
    "tnhh",
    "cong ty cp",
    "cty cp",
    "ctcp",
    "cp",
    "mtv",
    "doanh nghiep tu nhan",
    "dn tu nhan",
    "dntn",
    "cssx",
    "hkd",
    "htx",
    "limited liability company",
    "joint stock company",
    "company limited",
    "company ltd",
    "co limited",
    "co ltd",
    "company",
    "ltd",
    "llc",
    "jsc",
];

/// The folded name of an establishment without punctuation, its legal forms
/// before and after it, and with abbreviated trades spelled out: by this, one
/// firm spelled in several ways is found. A name that is nothing but legal
/// forms keeps them. Folding twice is folding once.
#[must_use]
pub fn fold_establishment(name: &str) -> String {
    let folded: String = fold(name)
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = folded.split_whitespace().flat_map(spelled_out).collect();
    let core = core(&words);
    let kept = if core.is_empty() { &words } else { core };
    kept.join(" ")
}

/// The key of an establishment that was stored when fewer legal forms were
/// known, by the rule of today; none where it is right. Who has the name of
/// another since a merge keeps the key of its own.
#[must_use]
pub fn refold_establishment(name: &str, stored: &str) -> Option<String> {
    let again = fold_establishment(stored);
    if again == stored {
        return None;
    }
    let key = fold_establishment(name);
    let is_own = format!(" {again} ").contains(&format!(" {key} "));
    Some(if is_own { key } else { again })
}

/// The name of an establishment in one line, of two hundred characters at most.
///
/// # Errors
/// [`Reason::Required`], [`Reason::TooLong`], and [`Reason::NotAnEstablishment`]
/// where nothing with a letter or a digit stands beside the legal form: all
/// such names would be one establishment.
pub fn establishment_name(typed: &str) -> Result<String, Reason> {
    let name = clean_line(typed, 200)?;
    let key = fold_establishment(&name);
    let words: Vec<&str> = key.split_whitespace().collect();
    if core(&words).is_empty() {
        Err(Reason::NotAnEstablishment)
    } else {
        Ok(name)
    }
}

fn spelled_out(word: &str) -> Vec<&str> {
    let trade = TRADES.iter().find(|(short, _)| *short == word);
    trade.map_or_else(|| vec![word], |(_, long)| long.to_vec())
}

/// What is left between the legal forms, perhaps nothing.
fn core<'a, 'w>(words: &'a [&'w str]) -> &'a [&'w str] {
    let mut core = words;
    loop {
        let before = BEFORE.iter().find_map(|form| without(core, form, true));
        match before.or_else(|| AFTER.iter().find_map(|form| without(core, form, false))) {
            Some(less) => core = less,
            None => return core,
        }
    }
}

/// The words without a form at their beginning or their end, where it stands.
fn without<'a, 'w>(words: &'a [&'w str], form: &str, at_start: bool) -> Option<&'a [&'w str]> {
    let number = form.split(' ').count();
    let (stands, rest) = if at_start {
        words.split_at_checked(number)?
    } else {
        let (rest, stands) = words.split_at_checked(words.len().checked_sub(number)?)?;
        (stands, rest)
    };
    stands.iter().copied().eq(form.split(' ')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_firm_spelled_in_several_ways_is_one() {
        for spelling in [
            "Giọt Nắng",
            "Công ty TNHH Giọt Nắng",
            "CÔNG TY TNHH GIỌT NẮNG",
            "Cong ty TNHH  Giot Nang",
            "cty TNHH Giọt-Nắng",
            "C.ty TNHH Giọt Nắng",
            "CT TNHH Giọt Nắng",
            "TNHH Giọt Nắng",
            "Công ty TNHH MTV Giọt Nắng",
            "Công ty TNHH 1 thành viên Giọt Nắng",
            "Công ty TNHH hai thành viên trở lên Giọt Nắng",
            "TNHH Một thành viên Giọt Nắng",
            "Cty trách nhiệm hữu hạn Giọt Nắng",
            "Công ty Trách nhiệm hữu hạn Một thành viên Giọt Nắng",
            "Cty Cổ phần Giọt Nắng",
            "Công ty CP Giọt Nắng",
            "CTCP Giọt Nắng",
            "CP Giọt Nắng",
            "Công ty hợp danh Giọt Nắng",
            "HKD Giọt Nắng",
            "Hộ kinh doanh cá thể Giọt Nắng",
            "Hộ sản xuất Giọt Nắng",
            "DN tư nhân Giọt Nắng",
            "Doanh nghiệp tư nhân Giọt Nắng",
            "Doanh nghiệp Giọt Nắng",
            "DNTN Giọt Nắng",
            "Cơ sở Giọt Nắng",
            "Cơ sở SX Giọt Nắng",
            "Cơ sở sản xuất Giọt Nắng",
            "CSSX Giọt Nắng",
            "CS SX Giọt Nắng",
            "HTX Giọt Nắng",
            "Hợp tác xã Giọt Nắng",
            "Giọt Nắng TNHH",
            "Giọt Nắng (TNHH MTV)",
            "Giọt Nắng, Cty TNHH",
            "Giọt Nắng - Công ty cổ phần",
            "Giọt Nắng Co., Ltd",
            "Giọt Nắng Co., Ltd.",
            "Giot Nang Company Limited",
            "Giot Nang JSC",
            "Giọt Nắng DNTN",
        ] {
            assert_eq!(fold_establishment(spelling), "giot nang", "{spelling}");
        }
        assert_eq!(
            fold_establishment("Công ty TNHH SX-TM-DV Giọt Nắng"),
            fold_establishment("Cty Sản xuất Thương mại Dịch vụ Giọt Nắng (TNHH)")
        );
    }

    #[test]
    fn a_name_is_more_than_its_legal_form() {
        for (name, key) in [
            ("Công ty TNHH", "cong ty tnhh"),
            ("DNTN", "dntn"),
            ("Cty cổ phần", "cty co phan"),
            ("Hợp tác Xanh", "hop tac xanh"),
            ("HTX Hợp tác", "hop tac"),
            ("Tổng công ty Giọt Nắng", "tong cong ty giot nang"),
            ("Hiệp hội Doanh nghiệp", "hiep hoi doanh nghiep"),
            ("Công đoàn Công ty", "cong doan cong ty"),
            ("Cánh Cò", "canh co"),
            ("Cơ sở Cò", "co"),
            ("Hồ Văn Út", "ho van ut"),
            ("Tư Nhân", "tu nhan"),
            ("CPC", "cpc"),
            ("C.P. Nắng", "c p nang"),
            ("!!!", ""),
        ] {
            assert_eq!(fold_establishment(name), key, "{name}");
        }
    }

    #[test]
    fn an_establishment_has_a_name_beside_its_legal_form() {
        for name in [
            "🎉🎉",
            "!!!",
            "DNTN",
            "Công ty TNHH",
            "Cty cổ phần",
            "Hợp tác xã",
        ] {
            let checked = establishment_name(name);
            assert_eq!(checked, Err(Reason::NotAnEstablishment), "{name}");
        }
        assert_eq!(establishment_name(" "), Err(Reason::Required));
        for name in [
            "Công ty TNHH 22",
            "HTX Lá Biếc",
            "Sở Công Thương",
            "UBND xã",
            "C.P. Nắng",
        ] {
            assert_eq!(establishment_name(name).as_deref(), Ok(name));
        }
    }

    #[test]
    fn keys_of_an_older_rule_are_mended() {
        for (name, stored, key) in [
            ("Công ty TNHH MTV Giọt Nắng", "mtv giot nang", "giot nang"),
            ("Cơ sở SX Giọt Nắng", "sx giot nang", "giot nang"),
            ("Công ty SX Giọt Nắng", "sx giot nang", "san xuat giot nang"),
            ("HKD Giọt Nắng", "hkd giot nang", "giot nang"),
            // Merged, and has the other's name.
            ("Sao Khơi", "giot nang jsc", "giot nang"),
        ] {
            let mended = refold_establishment(name, stored);
            assert_eq!(mended.as_deref(), Some(key), "{name}");
            assert_eq!(refold_establishment(name, key), None, "{name}");
        }
        assert_eq!(refold_establishment("Giọt Nắng", "giot nang"), None);
        assert_eq!(refold_establishment("Sao Khơi", "giot nang"), None);
        assert_eq!(refold_establishment("DNTN", "dntn"), None);
    }

    #[test]
    fn the_longer_form_goes_first() {
        for (at, form) in BEFORE.iter().enumerate() {
            let hidden = BEFORE[..at]
                .iter()
                .find(|shorter| form.starts_with(&format!("{shorter} ")));
            assert_eq!(hidden, None, "{form}");
        }
        for (at, form) in AFTER.iter().enumerate() {
            let hidden = AFTER[..at]
                .iter()
                .find(|shorter| form.ends_with(&format!(" {shorter}")));
            assert_eq!(hidden, None, "{form}");
        }
    }

    /// Names of legal forms, trades and other words.
    fn a_name() -> impl Strategy<Value = String> {
        const WORDS: [&str; 8] = ["Giọt", "Nắng", "SX", "co", "1", "(", "-", "&"];
        let forms: Vec<&str> = BEFORE.into_iter().chain(AFTER).collect();
        let word = prop_oneof![
            proptest::sample::select(forms),
            proptest::sample::select(&WORDS[..]),
        ];
        proptest::collection::vec(word, 0..6).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(name in prop_oneof![a_name(), any::<String>()]) {
            let once = fold_establishment(&name);
            prop_assert_eq!(fold_establishment(&once), once);
        }

        #[test]
        fn no_name_folds_to_nothing_that_has_a_letter(name in a_name()) {
            let letters = fold(&name).chars().any(char::is_alphanumeric);
            prop_assert_eq!(letters, !fold_establishment(&name).is_empty());
        }
    }
}
