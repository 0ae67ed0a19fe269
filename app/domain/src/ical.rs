//! Calendar files (RFC 5545) and invitations (RFC 5546), written octet for
//! octet: the rules of folding and escaping leave nothing to choose.

use crate::time::to_local;
use chrono::{DateTime, Utc};

/// What a calendar file asks of who reads it (RFC 5546, 1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarMethod {
    /// Take note: a file or a feed, addressed to nobody.
    Publish,
    /// Take part: new, or at another time or place.
    Request,
    /// Strike it out.
    Cancel,
}

impl CalendarMethod {
    /// As it stands in the file and in the header of a mail.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// How sure an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventStatus {
    /// Not settled.
    Tentative,
    /// It will be held.
    Confirmed,
    /// It was called off.
    Cancelled,
}

/// What is known of an attendee's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// They asked to come.
    Accepted,
    /// They were asked and have not answered.
    Awaited,
}

/// Somebody with a name and an e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
}

/// One event of a calendar file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEvent {
    /// The same for the same thing, for good.
    pub uid: String,
    /// Raised when time or place changes.
    pub sequence: i64,
    /// When this was written.
    pub stamp: DateTime<Utc>,
    /// Start.
    pub starts_at: DateTime<Utc>,
    /// End.
    pub ends_at: DateTime<Utc>,
    /// What it is called.
    pub summary: String,
    /// What it is about; may be empty.
    pub description: String,
    /// Where; may be empty.
    pub location: String,
    /// Where more can be read, or the link to take part; may be empty.
    pub url: String,
    /// How sure it is.
    pub status: EventStatus,
    /// Who invites.
    pub organizer: Party,
    /// Who is invited; nobody in what is published.
    pub attendee: Option<(Party, Answer)>,
}

/// The time zone of all events: UTC+7 the whole year.
const TIME_ZONE: [&str; 9] = [
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Ho_Chi_Minh",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// A whole calendar file. A name makes it a feed, which readers ask for again
/// every hour.
#[must_use]
pub fn write_calendar(
    method: CalendarMethod,
    name: Option<&str>,
    events: &[CalendarEvent],
) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Tap Huan//Workshops//VI".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        format!("METHOD:{}", method.code()),
    ];
    if let Some(name) = name {
        let name = escape_text(name);
        lines.extend([
            format!("NAME:{name}"),
            format!("X-WR-CALNAME:{name}"),
            "X-WR-TIMEZONE:Asia/Ho_Chi_Minh".to_owned(),
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H".to_owned(),
            "X-PUBLISHED-TTL:PT1H".to_owned(),
        ]);
    }
    lines.extend(TIME_ZONE.map(str::to_owned));
    for event in events {
        lines.extend(event_lines(event));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().fold(String::new(), |mut file, line| {
        file.push_str(&fold_line(line));
        file.push_str("\r\n");
        file
    })
}

fn event_lines(event: &CalendarEvent) -> Vec<String> {
    let status = match event.status {
        EventStatus::Tentative => "TENTATIVE",
        EventStatus::Confirmed => "CONFIRMED",
        EventStatus::Cancelled => "CANCELLED",
    };
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escape_text(&event.uid)),
        format!("SEQUENCE:{}", event.sequence),
        format!("DTSTAMP:{}", event.stamp.format("%Y%m%dT%H%M%SZ")),
        format!("DTSTART{}", local(event.starts_at)),
        format!("DTEND{}", local(event.ends_at)),
        format!("SUMMARY:{}", escape_text(&event.summary)),
        format!("STATUS:{status}"),
        format!("ORGANIZER{}", party(&event.organizer)),
    ];
    for (name, text) in [
        ("DESCRIPTION", &event.description),
        ("LOCATION", &event.location),
    ] {
        if !text.is_empty() {
            lines.push(format!("{name}:{}", escape_text(text)));
        }
    }
    let url: String = event.url.chars().filter(|c| !c.is_control()).collect();
    if !url.is_empty() {
        lines.push(format!("URL:{url}"));
    }
    if let Some((who, answer)) = &event.attendee {
        let state = match answer {
            Answer::Accepted => "ACCEPTED",
            Answer::Awaited => "NEEDS-ACTION",
        };
        // Nobody reads replies of calendar programs: the answer is a page's.
        let how = format!(";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={state};RSVP=FALSE");
        lines.push(format!("ATTENDEE{how}{}", party(who)));
    }
    lines.push("END:VEVENT".to_owned());
    lines
}

fn local(at: DateTime<Utc>) -> String {
    let at = to_local(at).format("%Y%m%dT%H%M%S");
    format!(";TZID=Asia/Ho_Chi_Minh:{at}")
}

/// The name as a parameter, then the address.
fn party(party: &Party) -> String {
    let name: String = party
        .name
        .chars()
        .map(|c| match c {
            '"' => '\'',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    let address = party
        .address
        .bytes()
        .fold(String::new(), |mut address, byte| {
            if byte.is_ascii_alphanumeric() || b"@.-_+=~".contains(&byte) {
                address.push(char::from(byte));
            } else {
                address.push_str(&format!("%{byte:02X}"));
            }
            address
        });
    if name.trim().is_empty() {
        format!(":mailto:{address}")
    } else {
        format!(";CN=\"{}\":mailto:{address}", name.trim())
    }
}

/// Text as a value (RFC 5545, 3.3.11).
#[must_use]
pub fn escape_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.trim().replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' | '\r' => escaped.push_str("\\n"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line cut into lines of at most 75 octets, never within a character; each
/// further one begins with a space (RFC 5545, 3.1).
#[must_use]
pub fn fold_line(line: &str) -> String {
    const MOST: usize = 75;
    let mut folded = String::with_capacity(line.len() + line.len() / 20);
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > MOST {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(c);
        length += c.len_utf8();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event() -> CalendarEvent {
        let at = |typed| crate::parse_local(typed).unwrap();
        let party = |name: &str, address: &str| Party {
            name: name.to_owned(),
            address: address.to_owned(),
        };
        CalendarEvent {
            uid: "registration-1-session-2@example.com".to_owned(),
            sequence: 3,
            stamp: at("2026-11-23T08:00"),
            starts_at: at("2026-12-03T07:30"),
            ends_at: at("2026-12-03T11:30"),
            summary: "Nước; điện, \\ than".to_owned(),
            description: "Một\r\nHai".to_owned(),
            location: String::new(),
            url: "https://example.com/a,b;c".to_owned(),
            status: EventStatus::Confirmed,
            organizer: party("Trung tâm \"Khuyến công\"", "tt@example.com"),
            attendee: Some((
                party("Lê, Thị; Hoa:", "a b%c@example.com"),
                Answer::Accepted,
            )),
        }
    }

    #[test]
    fn an_invitation_whole() {
        let file = write_calendar(CalendarMethod::Request, None, &[event()]);
        assert!(file.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
        let file = file.replace("\r\n ", "");
        for line in [
            "METHOD:REQUEST",
            "TZID:Asia/Ho_Chi_Minh",
            "SEQUENCE:3",
            "DTSTAMP:20261123T010000Z",
            "DTSTART;TZID=Asia/Ho_Chi_Minh:20261203T073000",
            "DTEND;TZID=Asia/Ho_Chi_Minh:20261203T113000",
            "SUMMARY:Nước\\; điện\\, \\\\ than",
            "DESCRIPTION:Một\\nHai",
            "URL:https://example.com/a,b;c",
            "ORGANIZER;CN=\"Trung tâm 'Khuyến công'\":mailto:tt@example.com",
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;\
             CN=\"Lê, Thị; Hoa:\":mailto:a%20b%25c@example.com",
        ] {
            assert!(file.contains(&format!("{line}\r\n")), "{line} in {file}");
        }
        assert!(!file.contains("LOCATION"));
    }

    proptest! {
        #[test]
        fn folding_keeps_the_text_and_every_line_short(line in "[^\r\n]{0,300}") {
            let folded = fold_line(&line);
            prop_assert_eq!(folded.replace("\r\n ", ""), line);
            for line in folded.split("\r\n") {
                prop_assert!(line.len() <= 75);
            }
        }

        #[test]
        fn vietnamese_is_folded_between_letters(line in "[ạẵốữỹđ ,;\\\\a]{0,200}") {
            let folded = fold_line(&line);
            prop_assert_eq!(folded.replace("\r\n ", ""), line);
            prop_assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        }

        #[test]
        fn nothing_breaks_out_of_its_line(text in any::<String>()) {
            let mut event = event();
            event.summary.clone_from(&text);
            event.description.clone_from(&text);
            event.location.clone_from(&text);
            event.url.clone_from(&text);
            event.organizer.name.clone_from(&text);
            event.attendee = Some((Party { name: text.clone(), address: text }, Answer::Awaited));
            let file = write_calendar(CalendarMethod::Publish, None, &[event]);
            let unfolded = file.replace("\r\n ", "");
            let lines: Vec<&str> = unfolded.split("\r\n").collect();
            prop_assert!(lines.iter().all(|line| !line.contains(['\r', '\n'])));
            let starts = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
            prop_assert_eq!(starts("SUMMARY"), 1);
            prop_assert_eq!(starts("BEGIN:VEVENT"), 1);
            prop_assert_eq!(starts("ATTENDEE"), 1);
        }
    }
}
