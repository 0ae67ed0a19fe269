//! Agendas: the lines of a session, inside its hours.

use crate::typed::optional_line;
use crate::{Problems, Reason, Span, clean_line, normalise, overlap};
use chrono::{DateTime, Duration, Utc};

/// One line of an agenda as typed. Times are hours of the session's day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgendaRow {
    /// Start, `HH:MM`.
    pub from: String,
    /// End, `HH:MM`.
    pub to: String,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English; may be empty.
    pub title_en: String,
    /// The key of a trainer; may be empty.
    pub trainer_id: String,
}

impl AgendaRow {
    fn is_blank(&self) -> bool {
        [
            &self.from,
            &self.to,
            &self.title_vi,
            &self.title_en,
            &self.trainer_id,
        ]
        .iter()
        .all(|field| field.trim().is_empty())
    }
}

/// A line of an agenda that is well formed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAgendaItem {
    /// Start.
    pub starts_at: DateTime<Utc>,
    /// End.
    pub ends_at: DateTime<Utc>,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English, empty when not given.
    pub title_en: String,
    /// Who speaks.
    pub trainer_id: Option<i64>,
}

/// Checks the agenda of a session: each line lies inside the session, and no
/// two at the same time. Blank rows are left out; the rest is put in order.
/// Fields are called `from-0`, `to-0`, `item_vi-0`… by the row as typed.
///
/// # Errors
/// All problems, row by row.
pub fn check_agenda(rows: &[AgendaRow], session: Span) -> Result<Vec<NewAgendaItem>, Problems> {
    let mut problems = Problems::default();
    let mut items: Vec<(usize, NewAgendaItem)> = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
        let field = |name: &str| format!("{name}-{at}");
        let from = problems.take(field("from"), hour(&row.from, session));
        let to = problems.take(field("to"), hour(&row.to, session));
        let title_vi = problems.take(field("item_vi"), clean_line(&row.title_vi, 200));
        let title_en = problems.take(field("item_en"), optional_line(&row.title_en, 200));
        let trainer = match row.trainer_id.trim() {
            "" => Ok(None),
            key => key.parse().map(Some).map_err(|_| Reason::NotAChoice),
        };
        let trainer_id = problems.take(field("trainer_id"), trainer);
        if let (Some(from), Some(to)) = (from, to) {
            if to <= from {
                problems.add(field("to"), Reason::EndNotAfterStart);
            } else if from < session.0 {
                problems.add(field("from"), Reason::OutsideSession);
            } else if to > session.1 {
                problems.add(field("to"), Reason::OutsideSession);
            } else if items
                .iter()
                .any(|(_, item)| overlap((item.starts_at, item.ends_at), (from, to)))
            {
                problems.add(field("from"), Reason::Overlaps);
            }
        }
        let whole = || {
            Some(NewAgendaItem {
                starts_at: from?,
                ends_at: to?,
                title_vi: title_vi?,
                title_en: title_en?,
                trainer_id: trainer_id?,
            })
        };
        items.extend(whole().map(|item| (at, item)));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    items.sort_by_key(|(_, item)| item.starts_at);
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

/// An hour of the session's first day, or of the next where that is earlier
/// than the start and the session runs past midnight.
fn hour(typed: &str, session: Span) -> Result<DateTime<Utc>, Reason> {
    use crate::VIETNAM;
    use chrono::{NaiveTime, TimeZone};
    let typed = normalise(typed).to_lowercase().replace('h', ":");
    let typed = match typed.strip_suffix(':') {
        Some(hour) => format!("{hour}:00"),
        None => typed,
    };
    if typed.is_empty() {
        return Err(Reason::Required);
    }
    let time = NaiveTime::parse_from_str(&typed, "%H:%M").map_err(|_| Reason::NotAnHour)?;
    let day = session.0.with_timezone(&VIETNAM).date_naive();
    let at = VIETNAM
        .from_local_datetime(&day.and_time(time))
        .single()
        .ok_or(Reason::NotAnHour)?
        .with_timezone(&Utc);
    let next_day = at + Duration::days(1);
    Ok(if at < session.0 && next_day <= session.1 {
        next_day
    } else {
        at
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_local;

    fn at(typed: &str) -> DateTime<Utc> {
        parse_local(typed).unwrap()
    }

    fn morning() -> Span {
        (at("2026-11-26T07:30"), at("2026-11-26T11:30"))
    }

    fn said(problems: &Problems) -> Vec<String> {
        problems
            .0
            .iter()
            .map(|problem| format!("{} {}", problem.field, problem.reason.code()))
            .collect()
    }

    fn row(from: &str, to: &str, title: &str) -> AgendaRow {
        AgendaRow {
            from: from.into(),
            to: to.into(),
            title_vi: title.into(),
            ..AgendaRow::default()
        }
    }

    #[test]
    fn an_agenda_is_put_in_order_without_its_blank_rows() {
        let rows = [
            row("9h", "10h00", "Nước"),
            AgendaRow::default(),
            row("07:30", "09:00", "Mở đầu"),
        ];
        let items = check_agenda(&rows, morning()).unwrap();
        let titles: Vec<_> = items.iter().map(|item| item.title_vi.as_str()).collect();
        assert_eq!(titles, ["Mở đầu", "Nước"]);
    }

    #[test]
    fn an_agenda_stays_inside_its_session_and_says_one_thing_at_a_time() {
        let rows = [
            row("07:00", "08:00", "Sớm"),
            row("11:00", "12:00", "Muộn"),
            row("08:00", "09:00", "A"),
            row("08:30", "09:30", "B"),
            row("10:00", "10:00", "C"),
            row("25:00", "", ""),
        ];
        assert_eq!(
            said(&check_agenda(&rows, morning()).unwrap_err()),
            [
                "from-0 outside_session",
                "to-1 outside_session",
                "from-3 overlaps",
                "to-4 end_not_after_start",
                "from-5 not_an_hour",
                "to-5 required",
                "item_vi-5 required",
            ]
        );
    }

    #[test]
    fn a_session_past_midnight_has_hours_of_both_days() {
        let night = (at("2026-11-26T20:00"), at("2026-11-27T02:00"));
        let items = check_agenda(&[row("23:00", "01:00", "Ca đêm")], night).unwrap();
        assert_eq!(items[0].ends_at, at("2026-11-27T01:00"));
    }
}
