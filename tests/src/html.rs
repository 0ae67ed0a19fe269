//! As much of HTML as the tests read: start tags with their attributes, and text.

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name, in small letters.
    pub name: String,
    /// Where the text behind it starts.
    pub end: usize,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute; empty for one without a value.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether it has the attribute.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// All start tags of a page, in order; those of scripts and comments left out.
#[must_use]
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        at += found + 1;
        let rest = &html[at..];
        if rest.starts_with("!--") {
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let tag = read_tag(html, at);
            at = tag.end;
            if matches!(tag.name.as_str(), "script" | "style") {
                let close = format!("</{}", tag.name);
                at += html[at..].find(&close).unwrap_or(html.len() - at);
            }
            tags.push(tag);
        }
    }
    tags
}

/// The text of a piece of HTML, without tags, with its entities read and its space joined.
#[must_use]
pub fn text(html: &str) -> String {
    let mut text = String::new();
    for (index, piece) in html.split('<').enumerate() {
        let shown = match piece.split_once('>') {
            Some((_, behind)) if index > 0 => behind,
            _ => piece,
        };
        text.push_str(shown);
        text.push(' ');
    }
    let words: Vec<_> = text.split_whitespace().collect();
    unescape(&words.join(" "))
}

fn read_tag(html: &str, start: usize) -> Tag {
    let mut cursor = Cursor { html, at: start };
    let name = cursor.until(|c| c.is_whitespace() || c == '>' || c == '/');
    let mut attributes = Vec::new();
    loop {
        cursor.until(|c| !(c.is_whitespace() || c == '/'));
        match cursor.peek() {
            None => break,
            Some('>') => {
                cursor.at += 1;
                break;
            }
            Some(_) => attributes.push(cursor.attribute()),
        }
    }
    Tag {
        name: name.to_ascii_lowercase(),
        end: cursor.at,
        attributes,
    }
}

struct Cursor<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Cursor<'h> {
    fn peek(&self) -> Option<char> {
        self.html[self.at..].chars().next()
    }

    fn until(&mut self, stop: impl Fn(char) -> bool) -> &'h str {
        let rest = &self.html[self.at..];
        let end = rest.find(stop).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn attribute(&mut self) -> (String, String) {
        let first = self.peek().map_or(0, char::len_utf8);
        let start = self.at;
        self.at += first;
        self.until(|c| c.is_whitespace() || c == '=' || c == '>' || c == '/');
        let name = self.html[start..self.at].to_ascii_lowercase();
        if self.peek() != Some('=') {
            return (name, String::new());
        }
        self.at += 1;
        let value = match self.peek() {
            Some(quote @ ('"' | '\'')) => {
                self.at += 1;
                let value = self.until(|c| c == quote);
                self.at = (self.at + 1).min(self.html.len());
                value
            }
            _ => self.until(|c| c.is_whitespace() || c == '>'),
        };
        (name, unescape(value))
    }
}

/// Reads the five entities and the numeric ones.
pub(crate) fn unescape(escaped: &str) -> String {
    let mut pieces = escaped.split('&');
    let mut read = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let entity = piece
            .split_once(';')
            .and_then(|(name, behind)| Some((character(name)?, behind)));
        if let Some((sign, behind)) = entity {
            read.push(sign);
            read.push_str(behind);
        } else {
            read.push('&');
            read.push_str(piece);
        }
    }
    read
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_pages_hold() {
        let html = "<!doctype html><p class=a>A &lt; B &#x27;&amp;amp;<!-- <i> --><input disabled \
                    value=\"Ở &quot;>\" name='x'/><script>if (a<b) {}</script><br>";
        let read = tags(html);
        let names: Vec<_> = read.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(names, ["p", "input", "script", "br"]);
        assert_eq!(read[0].get("class"), Some("a"));
        assert_eq!(read[1].get("value"), Some("Ở \">"));
        assert_eq!(read[1].get("name"), Some("x"));
        assert!(read[1].has("disabled") && !read[1].has("checked"));
        assert_eq!(text("<p>A &lt; B<br>&#x27;&amp;amp;</p>"), "A < B '&amp;");
    }

    #[test]
    fn broken_html_is_read_to_its_end() {
        for html in [
            "<", "<p", "<p a", "<p a=", "<p a=\"", "<!--", "&#x;", "<script>", "a & b",
        ] {
            let _ = (tags(html), text(html));
        }
    }
}
