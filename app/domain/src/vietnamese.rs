//! Vietnamese text: normalising, folding for search, sorting of names.

use std::fmt::Write;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Text as it is stored: NFC, control and bidirectional marks dropped, white
/// space collapsed to single spaces and trimmed.
#[must_use]
pub fn normalise(text: &str) -> String {
    let kept: String = text
        .nfc()
        .filter_map(|c| match c {
            c if c.is_whitespace() => Some(' '),
            c if c.is_control() || is_format_mark(c) => None,
            c => Some(c),
        })
        .collect();
    kept.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Marks that change how text is shown without being text: zero-width and
/// bidirectional controls.
fn is_format_mark(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The copy of a text that is searched: lower case, without diacritics. The
/// letter đ folds to d although Unicode gives it no decomposition, and so does
/// the look-alike ð of old keyboards.
#[must_use]
pub fn fold(text: &str) -> String {
    let folded: String = normalise(text)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, 'đ' | 'ð') { 'd' } else { c })
        .collect();
    // A word of marks alone leaves only its space.
    normalise(&folded)
}

/// Whether two personal names may be one: the same letters, and the same marks
/// where both are written with marks. `LE THI HA` may be Hà or Hạ, who are two
/// people. Where in a syllable its tone stands (`Hoà`, `Hòa`) is a matter of
/// taste.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    let marked = |name: &str| normalise(name).to_lowercase() != fold(name);
    fold(a) == fold(b) && (!marked(a) || !marked(b) || spelling(a) == spelling(b))
}

/// Letters with their breve, circumflex or horn, and the tone.
type Syllable = (Vec<(char, u8)>, Option<u8>);

/// The letters of each syllable of a name, and its tone.
fn spelling(name: &str) -> Vec<Syllable> {
    normalise(name)
        .to_lowercase()
        .replace('ð', "đ")
        .split(' ')
        .map(|word| {
            let (letters, tones) = word_key(word);
            (letters, tones.into_iter().max())
        })
        .collect()
}

/// Sorts personal names the Vietnamese way: by given name, then family, then
/// middle names; letters in the order a ă â, d đ, e ê, o ô ơ, u ư; tones
/// ngang, huyền, hỏi, ngã, sắc, nặng deciding last. The key is of small Latin
/// letters and digits alone, which every database collation orders alike.
#[must_use]
pub fn name_sort_key(full_name: &str) -> String {
    let name = normalise(full_name).to_lowercase();
    let words: Vec<&str> = name.split(' ').collect();
    let (given, rest) = words.split_last().map_or(("", &[][..]), |(g, r)| (*g, r));
    let (family, middle) = rest.split_first().map_or(("", &[][..]), |(f, m)| (*f, m));
    let middle = middle.join(" ");
    let mut key = String::new();
    for part in [given, family, middle.as_str()] {
        add_sort_key(&mut key, part);
    }
    key
}

/// Base letters first, tones second: tones only decide between equal letters.
/// A letter is written as itself and its variant, so that the 0 which ends the
/// letters stands before any of them.
fn add_sort_key(key: &mut String, words: &str) {
    let (letters, tones) = word_key(words);
    for (letter, variant) in letters {
        // Writing to a string does not fail.
        let _ = match letter {
            'a'..='z' => write!(key, "{letter}{variant}"),
            ' ' => write!(key, "1"),
            c if c < 'a' => write!(key, "2{:06x}", u32::from(c)),
            c => write!(key, "z9{:06x}", u32::from(c)),
        };
    }
    key.push('0');
    for tone in tones {
        let _ = write!(key, "{tone}");
    }
}

/// The letters of a word with their variants, and the tone of each.
fn word_key(word: &str) -> (Vec<(char, u8)>, Vec<u8>) {
    let mut letters: Vec<(char, u8)> = Vec::new();
    let mut tones: Vec<u8> = Vec::new();
    for c in word.nfd() {
        if let Some(rank) = tone_rank(c) {
            if let Some(last) = tones.last_mut() {
                *last = rank;
            }
        } else if is_combining_mark(c) {
            if let Some(last) = letters.last_mut() {
                last.1 = variant_rank(last.0, c);
            }
        } else {
            letters.push(if c == 'đ' { ('d', 1) } else { (c, 0) });
            tones.push(0);
        }
    }
    (letters, tones)
}

/// Huyền, hỏi, ngã, sắc, nặng.
fn tone_rank(mark: char) -> Option<u8> {
    ['\u{0300}', '\u{0309}', '\u{0303}', '\u{0301}', '\u{0323}']
        .iter()
        .position(|tone| *tone == mark)
        .and_then(|at| u8::try_from(at + 1).ok())
}

/// Where a letter with a breve, circumflex or horn stands after its base.
fn variant_rank(base: char, mark: char) -> u8 {
    match (base, mark) {
        ('a', '\u{0302}') | ('o', '\u{031B}') => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_drops_marks_and_case_and_the_bar_of_d() {
        assert_eq!(fold("  Đỗ  Thị   Hường "), "do thi huong");
        assert_eq!(fold("Nguye\u{0302}\u{0303}n Ðình"), "nguyen dinh");
        assert_eq!(fold("THÀNH VĨNH"), "thanh vinh");
    }

    #[test]
    fn invisible_marks_do_not_survive() {
        assert_eq!(
            normalise("An\u{202E}h\u{0000} \u{200B}Tư\t Nắng\n"),
            "Anh Tư Nắng"
        );
    }

    #[test]
    fn names_are_one_by_their_letters_and_by_their_marks_when_both_have_any() {
        for (a, b) in [
            ("Lê Thị Hà", "LE THI HA"),
            ("Lê Thị Hà", "lê  thị hà "),
            ("Lê Thị Hà", "Le\u{0302} Thi\u{0323} Ha\u{0300}"),
            ("Đỗ Ánh", "Ðỗ Ánh"),
            ("Trần Hoà", "Trần Hòa"),
            ("Nguyễn Thuý An", "NGUYỄN THÚY AN"),
        ] {
            assert!(same_name(a, b) && same_name(b, a), "{a} = {b}");
        }
        for (a, b) in [
            ("Lê Thị Hà", "Lê Thị Hạ"),
            ("Lê Thị Hà", "Lê Thị Ha"),
            ("Trần Văn Dương", "Trần Văn Đương"),
            ("Lê An", "Lê Ân"),
            ("Le An", "Le Anh"),
        ] {
            assert!(!same_name(a, b) && !same_name(b, a), "{a} ≠ {b}");
        }
    }

    #[test]
    fn names_sort_by_given_name_letters_then_tones() {
        let mut names = vec![
            "Trần Văn Út",
            "Lê Thị Ân",
            "Lê Thị Ăn",
            "Lê Thị An",
            "Đỗ Văn Bình",
            "Dương Văn Bình",
            "Lê Thị Ơn",
            "Lê Thị Ôn",
            "Lê Thị Hạ",
            "Lê Thị Hà",
            "Lê Thị Hả",
            "Lê Thị Hã",
            "Lê Thị Há",
        ];
        names.sort_by_key(|name| name_sort_key(name));
        assert_eq!(
            names,
            [
                "Lê Thị An",
                "Lê Thị Ăn",
                "Lê Thị Ân",
                "Dương Văn Bình",
                "Đỗ Văn Bình",
                "Lê Thị Hà",
                "Lê Thị Hả",
                "Lê Thị Hã",
                "Lê Thị Há",
                "Lê Thị Hạ",
                "Lê Thị Ôn",
                "Lê Thị Ơn",
                "Trần Văn Út",
            ]
        );
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(text in any::<String>()) {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once.clone());
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
