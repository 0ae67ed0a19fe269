//! One mail's words, of which text and HTML are made.

use crate::outbox::NewMail;
use crate::{Failure, Organizer};
use askama::Template;
use domain::{Coded, Lang, Phone};
use text::Words;

/// As what whoever is greeted is greeted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Greeting {
    /// Somebody by name.
    Person,
    /// An establishment of which nobody is named.
    House,
}

/// What stands in a mail.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) lang: Lang,
    /// Whom it greets.
    pub(crate) name: String,
    pub(crate) subject: String,
    pub(crate) paragraphs: Vec<String>,
    /// A name and what it is, each. An address is where the name leads, where
    /// words can lead somewhere.
    pub(crate) facts: Vec<(String, String)>,
    /// Words and where they lead.
    pub(crate) link: Option<(String, String)>,
}

/// A way to reach the organisers, and where it leads where that can be said.
struct Way {
    words: String,
    href: Option<String>,
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
    ways: &'a [Way],
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
    ways: &'a [Way],
    /// How mails of this kind are stopped: words and where.
    stop: Option<&'a (String, String)>,
}

impl Letter {
    /// The mail, without its address and purpose.
    pub(crate) fn mail(&self, organizer: &Organizer) -> Result<NewMail, Failure> {
        self.mail_that_stops(organizer, None)
    }

    /// As [`Letter::mail`], to somebody or to an establishment.
    pub(crate) fn mail_to(
        &self,
        greeting: Greeting,
        organizer: &Organizer,
    ) -> Result<NewMail, Failure> {
        self.written(greeting, organizer, None)
    }

    /// As [`Letter::mail`], with the address where mails of its kind are
    /// stopped.
    pub(crate) fn mail_that_stops(
        &self,
        organizer: &Organizer,
        unsubscribe: Option<String>,
    ) -> Result<NewMail, Failure> {
        self.written(Greeting::Person, organizer, unsubscribe)
    }

    fn written(
        &self,
        greeting: Greeting,
        organizer: &Organizer,
        unsubscribe: Option<String>,
    ) -> Result<NewMail, Failure> {
        let words = Words(self.lang);
        let name = [("name", (&self.name).into())];
        let greeting = &match greeting {
            Greeting::Person => words.say_with("mail-greeting", &name),
            Greeting::House => words.say_with("mail-greeting-house", &name),
        };
        let sign_off = &words.say("mail-sign-off");
        let ways = &ways(organizer);
        let footer = &words.say(if ways.is_empty() {
            "mail-footer-alone"
        } else {
            "mail-footer"
        });
        let reply_to = Some(organizer.email.clone()).filter(|address| !address.is_empty());
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
            ways,
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
            ways,
            stop,
        };
        Ok(NewMail {
            to_name: self.name.clone(),
            subject: self.subject.clone(),
            body_text: text.render().map_err(Failure::internal)?,
            body_html: html.render().map_err(Failure::internal)?,
            reply_to,
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

/// Whom to ask and how, as far as the organisers have said.
fn ways(organizer: &Organizer) -> Vec<Way> {
    let (phone, email) = (organizer.phone.trim(), organizer.email.trim());
    let dialled = Phone::parse(phone).ok();
    [
        (organizer.contact_name.trim(), None),
        // What is no number of this country may be two of them, or say whom to
        // ask for.
        (
            phone,
            dialled.map(|phone| format!("tel:{}", phone.as_str())),
        ),
        (email, Some(format!("mailto:{email}"))),
    ]
    .into_iter()
    .filter(|(words, _)| !words.is_empty())
    .map(|(words, href)| Way {
        words: words.to_owned(),
        href,
    })
    .collect()
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
        // The names of facts stand in a narrow column of their own.
        let fits = ["100%", "560px", "7.5em"];
        let widths = html.split("width:").skip(1);
        let fixed = widths.filter(|rest| !fits.iter().any(|width| rest.starts_with(width)));
        assert_eq!(fixed.count(), 0, "{html}");
        assert_eq!(
            html.matches("560px").count(),
            html.matches("max-width:560px").count()
        );
        assert!(mail.body_text.contains("<b>An</b>"), "text stays text");
    }

    #[test]
    fn what_can_be_dialled_and_opened_is_a_link_in_html_and_whole_in_text() {
        let (page, address) = ("Trang của An, mã ABCD", "https://example.com/my/x");
        let letter = Letter {
            lang: Lang::Vi,
            name: "An, Bình".to_owned(),
            subject: "Nhắc lịch".to_owned(),
            paragraphs: Vec::new(),
            facts: vec![(page.to_owned(), address.to_owned())],
            link: None,
        };
        let office = Organizer {
            contact_name: "Trần Thị Hoa".to_owned(),
            phone: "0275 3822 123".to_owned(),
            email: "lop@example.com".to_owned(),
            ..Organizer::default()
        };
        let mail = letter.mail(&office).unwrap();
        let (text, html) = (&mail.body_text, &mail.body_html);
        assert!(text.contains(&format!("{page}: {address}\n")), "{text}");
        let contact = "Trần Thị Hoa · 0275 3822 123 · lop@example.com";
        assert!(text.contains(contact), "{text}");
        for (href, words) in [
            ("tel:+842753822123", "0275 3822 123"),
            ("mailto:lop@example.com", "lop@example.com"),
            (address, page),
        ] {
            let (_, rest) = html.split_once(&format!("href=\"{href}\"")).expect(href);
            let (shown, _) = rest.split_once("</a>").unwrap();
            assert!(shown.ends_with(&format!(">{words}")), "{shown}");
        }
        let two = Organizer {
            phone: "0275 3822 123 – 124 (Hoa)".to_owned(),
            ..office
        };
        let mail = letter.mail(&two).unwrap();
        assert!(!mail.body_html.contains("tel:"), "nobody knows which");
    }
}
