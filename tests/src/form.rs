//! A form of a page, filled in and sent as a browser without JavaScript does it.

use crate::html::{Tag, tags, unescape};
use crate::{Answer, Api};

/// A form with the values it would send.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// What is sent, in order.
    pub fields: Vec<(String, String)>,
    /// Boxes and radio buttons not ticked: name and value.
    unticked: Vec<(String, String)>,
}

impl Form {
    /// The POST form of the page at `path` that has a field of this name.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn with_field(html: &str, path: &str, name: &str) -> Self {
        let forms = Self::all(html, path);
        let names: Vec<_> = forms.iter().map(Self::names).collect();
        forms
            .into_iter()
            .find(|form| form.names().iter().any(|known| known == name))
            .unwrap_or_else(|| panic!("no form at {path} has {name}, but: {names:?}"))
    }

    /// All POST forms of the page at `path`.
    #[must_use]
    pub fn all(html: &str, path: &str) -> Vec<Self> {
        html.match_indices("<form")
            .map(|(start, _)| {
                let rest = &html[start..];
                &rest[..rest.find("</form").unwrap_or(rest.len())]
            })
            .filter_map(|form| Self::read(form, path))
            .collect()
    }

    fn read(html: &str, path: &str) -> Option<Self> {
        let tags = tags(html);
        let head = tags.first()?;
        if !head.get("method")?.eq_ignore_ascii_case("post") {
            return None;
        }
        let action = head.get("action").filter(|action| !action.is_empty());
        let mut form = Self {
            action: action.unwrap_or(path).to_owned(),
            fields: Vec::new(),
            unticked: Vec::new(),
        };
        for (index, tag) in tags.iter().enumerate() {
            let name = tag.get("name").filter(|name| !name.is_empty());
            let (Some(name), false) = (name, tag.has("disabled")) else {
                continue;
            };
            match tag.name.as_str() {
                "input" => form.add_input(tag, name),
                "textarea" => {
                    let text = &html[tag.end..];
                    let value = &text[..text.find("</textarea").unwrap_or(text.len())];
                    form.add(name, &unescape(value.strip_prefix('\n').unwrap_or(value)));
                }
                "select" => {
                    let options: Vec<_> = tags[index + 1..]
                        .iter()
                        .take_while(|tag| matches!(tag.name.as_str(), "option" | "optgroup"))
                        .filter(|tag| tag.name == "option")
                        .collect();
                    let chosen = options.iter().find(|option| option.has("selected"));
                    if let Some(option) = chosen.or(options.first()) {
                        form.add(name, option.get("value").unwrap_or_default());
                    }
                }
                _ => {}
            }
        }
        Some(form)
    }

    fn add_input(&mut self, tag: &Tag, name: &str) {
        let value = tag.get("value");
        match tag.get("type").unwrap_or("text") {
            "submit" | "button" | "reset" | "image" | "file" => {}
            "checkbox" | "radio" => {
                let pair = (name.to_owned(), value.unwrap_or("on").to_owned());
                if tag.has("checked") {
                    self.fields.push(pair);
                } else {
                    self.unticked.push(pair);
                }
            }
            _ => self.add(name, value.unwrap_or_default()),
        }
    }

    fn add(&mut self, name: &str, value: &str) {
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    /// The names of all fields, ticked or not.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let all = self.fields.iter().chain(&self.unticked);
        all.map(|(name, _)| name.clone()).collect()
    }

    /// What a field would send; empty when nothing.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// Types into a field, or chooses a value.
    ///
    /// # Panics
    /// When there is no such field.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        if let Some(field) = self.fields.iter_mut().find(|(known, _)| known == name) {
            value.clone_into(&mut field.1);
        } else {
            let pair = (name.to_owned(), value.to_owned());
            assert!(self.unticked.contains(&pair), "no {pair:?} in {self:?}");
            self.fields.push(pair);
        }
        self
    }

    /// Sends this for a field, whatever the page offers.
    #[must_use]
    pub fn set_raw(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.add(name, value);
        self
    }

    /// Ticks the box whose name has this word in it.
    ///
    /// # Panics
    /// When there is no such box.
    #[must_use]
    pub fn tick(mut self, word: &str) -> Self {
        let found = self
            .unticked
            .iter()
            .position(|(name, _)| name.contains(word));
        let found = found.unwrap_or_else(|| panic!("no box for {word} in {self:?}"));
        let pair = self.unticked.swap_remove(found);
        self.fields.push(pair);
        self
    }

    /// Whether the box whose name has this word in it is ticked.
    #[must_use]
    pub fn is_ticked(&self, word: &str) -> bool {
        !self.unticked.iter().any(|(name, _)| name.contains(word))
            && self.fields.iter().any(|(name, _)| name.contains(word))
    }

    /// Sends it.
    pub async fn submit(&self, api: &Api) -> Answer {
        api.submit(&self.action, &self.fields).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sends_what_a_browser_sends() {
        let html = "<form method=get><input name=q></form><form method='post'>\
            <input type=hidden name=nonce value=n1><input name=full_name value='A &amp; B'>\
            <select name=role><option value=''>–</option><option value=owner selected>Chủ</option></select>\
            <textarea name=note>\nx &lt; y</textarea><input type=checkbox name=consents.reporting value=yes>\
            <input type=checkbox name=c2 checked><input name=gone disabled><button name=b>Gửi</button></form>";
        let form = Form::with_field(html, "/here", "role");
        let sent = |form: &Form| {
            let fields = form.fields.iter();
            fields
                .map(|(name, value)| format!("{name}={value}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(form.action, "/here");
        assert_eq!(
            sent(&form),
            [
                "nonce=n1",
                "full_name=A & B",
                "role=owner",
                "note=x < y",
                "c2=on"
            ]
        );
        assert!(!form.is_ticked("reporting") && form.is_ticked("c2"));
        let form = form.tick("reporting").set("full_name", "C");
        assert!(form.is_ticked("reporting"));
        assert_eq!(form.value("full_name"), "C");
        assert_eq!(form.fields.len(), 6);
    }
}
