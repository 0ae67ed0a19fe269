//! What organisers look for in the list: a plain GET form.

use crate::html::*;
use crate::render::{Cx, Fields};
use crate::ui::{Field, Kind, hidden};
use domain::{Coded, Phase, Problems, WorkshopKind};
use service::{FoundWorkshops, WorkshopFilter};

/// Where the list stands.
const PATH: &str = "/manage/workshops";

/// The query as it was asked: a section of the list, and filters.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) phase: Option<Phase>,
    pub(super) filter: WorkshopFilter,
}

impl Asked {
    pub(super) fn of(query: &Fields) -> Self {
        let short = |name: &str| query.text(name).trim().chars().take(100).collect();
        Self {
            phase: Phase::from_code(&query.text("phase")),
            filter: WorkshopFilter {
                year: query.text("year").parse().ok(),
                kind: WorkshopKind::from_code(&query.text("kind")),
                place: short("place"),
                typed: short("q"),
                trainer: query.text("trainer").parse().ok(),
            },
        }
    }

    /// Whether a filter leaves anything out.
    pub(super) fn narrows(&self) -> bool {
        self.filter != WorkshopFilter::default()
    }

    /// The address of the list with these filters and another section.
    pub(super) fn address(&self, phase: Option<Phase>) -> String {
        let filter = &self.filter;
        let year = filter.year.map(|year| year.to_string());
        let trainer = filter.trainer.map(|id| id.to_string());
        let pairs = [
            ("phase", phase.map(Coded::code)),
            ("q", Some(filter.typed.as_str())),
            ("year", year.as_deref()),
            ("kind", filter.kind.map(Coded::code)),
            ("place", Some(filter.place.as_str())),
            ("trainer", trainer.as_deref()),
        ];
        crate::render::address(PATH, &pairs)
    }
}

/// The form, and how many were found.
pub(super) fn form(
    cx: &Cx,
    asked: &Asked,
    found: &FoundWorkshops,
    trainers: &[(i64, String)],
) -> AnyView {
    let filter = &asked.filter;
    let none = Problems::default();
    let any = |words: &str| vec![(String::new(), cx.say(words))];
    let year = filter.year.map(|year| year.to_string());
    let mut years = any("manage-filter-any");
    let listed = found.years.iter().rev();
    years.extend(listed.map(|year| (year.to_string(), year.to_string())));
    if let Some(year) = &year
        && !years.iter().any(|(value, _)| value == year)
    {
        years.push((year.clone(), year.clone()));
    }
    let mut kinds = any("manage-filter-any");
    let terms = WorkshopKind::ALL.iter().copied();
    kinds.extend(terms.map(|kind| (kind.code().to_owned(), cx.words.term(kind))));
    let mut people = any("manage-filter-any");
    let listed = trainers.iter();
    people.extend(listed.map(|(id, words)| (id.to_string(), words.clone())));
    let select = |name, label, chosen: &str, options| {
        Field::line(cx, &none, name, label, chosen)
            .kind(Kind::Select(options))
            .view()
            .into_any()
    };
    let year = year.unwrap_or_default();
    let kind = filter.kind.map_or("", Coded::code);
    let trainer = filter.trainer.map(|id| id.to_string()).unwrap_or_default();
    let phase = asked.phase.map(|phase| hidden("phase", phase.code()));
    let text = |name: &'static str, label: &str, kind: &'static str, value: &str| {
        let value = value.to_owned();
        view! {
            <div class="field">
                <label for=name>{cx.say(label)}</label>
                <input id=name name=name type=kind value=value maxlength="100" />
            </div>
        }
        .into_any()
    };
    view! {
        <form method="get" action=PATH class="filters" role="search">
            {phase}
            {text("q", "manage-filter-search", "search", &filter.typed)}
            {select("year", "manage-filter-year", &year, years)}
            {select("kind", "field-kind", kind, kinds)}
            {text("place", "manage-room", "text", &filter.place)}
            {select("trainer", "manage-filter-trainer", &trainer, people)}
            <button class="button button--secondary" type="submit">{cx.say("manage-filter-find")}</button>
        </form>
        {summary(cx, asked, found)}
    }
    .into_any()
}

fn summary(cx: &Cx, asked: &Asked, found: &FoundWorkshops) -> Option<AnyView> {
    asked.narrows().then(|| {
        let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let words = cx.say_with(
            "manage-filter-found",
            &[
                ("number", number(found.rows.len()).into()),
                ("all", number(found.all).into()),
            ],
        );
        let all = Asked::default().address(asked.phase);
        view! { <p>{words}" "<a href=all>{cx.say("manage-filter-clear")}</a></p> }.into_any()
    })
}
