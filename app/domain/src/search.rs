//! Looking for words: without accents, those with the same accents first.

use crate::{fold, normalise};

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Each word as typed, in lower case, and folded.
    words: Vec<(String, String)>,
}

/// How well a text fits. The better comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Every word with its accents, or nothing was looked for.
    Exact,
    /// Every word, accents aside.
    Folded,
}

impl Sought {
    /// Takes what was typed apart into words.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let words = normalise(typed).to_lowercase();
        Self {
            words: words
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(|word| (word.to_owned(), fold(word)))
                .collect(),
        }
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Each word in lower case as it was typed, and folded.
    pub fn words(&self) -> impl Iterator<Item = (&str, &str)> {
        let words = self.words.iter();
        words.map(|(typed, folded)| (typed.as_str(), folded.as_str()))
    }

    /// How well a text fits; none when a word is missing from it.
    #[must_use]
    pub fn fit(&self, text: &str) -> Option<Fit> {
        if self.is_empty() {
            return Some(Fit::Exact);
        }
        let (lower, folded) = (normalise(text).to_lowercase(), fold(text));
        if !self.words.iter().all(|(_, word)| folded.contains(word)) {
            return None;
        }
        let exact = self.words.iter().all(|(word, _)| lower.contains(word));
        Some(if exact { Fit::Exact } else { Fit::Folded })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_do_not_matter_and_rank() {
        let text = "Tiết kiệm nước ngành dừa. Hội trường Đồng Khởi";
        assert_eq!(Sought::new("dừa").fit(text), Some(Fit::Exact));
        assert_eq!(Sought::new("DUA nuoc").fit(text), Some(Fit::Folded));
        assert_eq!(Sought::new("dứa").fit(text), Some(Fit::Folded));
        assert_eq!(Sought::new("dong khoi").fit(text), Some(Fit::Folded));
        assert_eq!(Sought::new("dừa tôm").fit(text), None);
        assert_eq!(Sought::new("  ").fit(text), Some(Fit::Exact));
        assert!(Fit::Exact < Fit::Folded);
    }
}
