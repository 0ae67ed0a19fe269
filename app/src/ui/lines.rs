//! Text of several lines inside a text area.

/// A text as it stands between the tags of a `<textarea>`, where tachys escapes
/// nothing: markup stays text, and a leading empty line is kept, since readers
/// of HTML drop the first line break there.
pub(crate) fn in_textarea(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("\n{text}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::*;

    #[test]
    fn what_is_typed_stays_text() {
        let shown = |text: &str| {
            let text = in_textarea(text);
            view! { <textarea>{text}</textarea> }.to_html()
        };
        let tail = |html: String| html.replace("<!>", "");
        assert_eq!(
            tail(shown("</textarea><b>&amp;")),
            "<textarea>\n&lt;/textarea>&lt;b>&amp;amp;</textarea>"
        );
        assert_eq!(tail(shown("\na")), "<textarea>\n\na</textarea>");
    }
}
