//! One mail's words, of which text and HTML are made.

use crate::outbox::NewMail;
use crate::{Failure, Organizer};
use askama::Template;
use domain::{Coded, Lang};
use text::Words;

/// What stands in a mail.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) lang: Lang,
    /// Whom it greets.
    pub(crate) name: String,
    pub(crate) subject: String,
    pub(crate) paragraphs: Vec<String>,
    /// A name and what it is, each.
    pub(crate) facts: Vec<(String, String)>,
    /// Words and where they lead.
    pub(crate) link: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    lang: &'a str,
    subject: &'a str,
    greeting: &'a str,
    paragraphs: &'a [String],
    facts: &'a [(String, String)],
    link: Option<&'a (String, String)>,
    sign_off: &'a str,
    organizer: &'a str,
    footer: &'a str,
    /// How mails of this kind are stopped: words and where.
    stop: Option<&'a (String, String)>,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    greeting: &'a str,
    paragraphs: &'a [String],
    facts: &'a [(String, String)],
    link: Option<&'a (String, String)>,
    sign_off: &'a str,
    organizer: &'a str,
    footer: &'a str,
    /// How mails of this kind are stopped: words and where.
    stop: Option<&'a (String, String)>,
}

impl Letter {
    /// The mail, without its address and purpose.
    pub(crate) fn mail(&self, organizer: &Organizer) -> Result<NewMail, Failure> {
        self.mail_that_stops(organizer, None)
    }

    /// As [`Letter::mail`], with the address where mails of its kind are
    /// stopped.
    pub(crate) fn mail_that_stops(
        &self,
        organizer: &Organizer,
        unsubscribe: Option<String>,
    ) -> Result<NewMail, Failure> {
        let words = Words(self.lang);
        let greeting = &words.say_with("mail-greeting", &[("name", (&self.name).into())]);
        let sign_off = &words.say("mail-sign-off");
        let footer = &footer(words, organizer);
        let organizer = organizer.name(self.lang);
        let stop = unsubscribe.map(|address| (words.say("mail-unsubscribe"), address));
        let stop = stop.as_ref();
        let text = Text {
            greeting,
            paragraphs: &self.paragraphs,
            facts: &self.facts,
            link: self.link.as_ref(),
            sign_off,
            organizer,
            footer,
            stop,
        };
        let html = Html {
            lang: self.lang.code(),
            subject: &self.subject,
            greeting,
            paragraphs: &self.paragraphs,
            facts: &self.facts,
            link: self.link.as_ref(),
            sign_off,
            organizer,
            footer,
            stop,
        };
        Ok(NewMail {
            to_name: self.name.clone(),
            subject: self.subject.clone(),
            body_text: text.render().map_err(Failure::internal)?,
            body_html: html.render().map_err(Failure::internal)?,
            unsubscribe: stop.map(|(_, address)| address.clone()),
            ..NewMail::default()
        })
    }
}

/// Words of several lines as paragraphs.
pub(crate) fn paragraphs(words: &str) -> Vec<String> {
    words
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

/// Where to ask, as far as the organisers have said.
fn footer(words: Words, organizer: &Organizer) -> String {
    let contact = organizer.contact();
    if contact.is_empty() {
        return words.say("mail-footer-alone");
    }
    words.say_with("mail-footer", &[("contact", (&contact).into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_html_fits_a_phone_loads_nothing_and_takes_no_markup() {
        let letter = Letter {
            lang: Lang::Vi,
            name: "<b>An</b>".to_owned(),
            subject: "</title><script>".to_owned(),
            paragraphs: vec!["<img src=https://example.com/x.png>".to_owned()],
            facts: vec![("Nơi".to_owned(), "\"><a href=x>".to_owned())],
            link: Some(("Mở".to_owned(), "https://example.com/my/x".to_owned())),
        };
        let mail = letter.mail(&Organizer::default()).unwrap();
        let html = &mail.body_html;
        for markup in [
            "<b>",
            "<script",
            "<img",
            "<a href=x",
            "<link",
            "src=\"",
            "url(",
        ] {
            assert!(!html.contains(markup), "{markup} in {html}");
        }
        let widths = html.split("width:").skip(1);
        let fixed = widths.filter(|rest| !rest.starts_with("100%") && !rest.starts_with("560px"));
        assert_eq!(fixed.count(), 0, "{html}");
        assert_eq!(
            html.matches("560px").count(),
            html.matches("max-width:560px").count()
        );
        assert!(mail.body_text.contains("<b>An</b>"), "text stays text");
    }
}
