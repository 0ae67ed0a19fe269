//! The list of establishments: three choices a row, those not classified first.
//! Names, which may be persons' names, travel in bodies, never in addresses.

use crate::html::*;
use crate::render::{Cx, Fields, Oops, Page};
use crate::ui::{error_summary, hidden, notice, tone};
use axum::response::Response;
use domain::{Coded, EstablishmentKind, Problems, Sector, SiteType, TaxCode};
use service::{EstablishmentRow, Establishments, Failure};

/// What a row sent.
#[derive(Clone, Debug)]
struct Typed {
    id: i64,
    kind: String,
    sector: String,
    site: String,
    tax_code: String,
}

/// What is shown beside the list.
#[derive(Clone, Debug, Default)]
struct Shown {
    /// What was looked for.
    typed: String,
    /// The name of the establishment that was just saved.
    saved: Option<String>,
    /// Whether its tax code looks like a slip of typing.
    doubtful: bool,
    /// A row that was not taken, and why.
    refused: Option<(Typed, Problems)>,
}

/// `GET /manage/establishments`
pub(super) async fn open(cx: Cx) -> Result<Response, Oops> {
    show(&cx, Shown::default()).await
}

/// `POST /manage/establishments`: a search, or what one establishment is. It
/// answers the act itself: a reload saves the same again.
pub(super) async fn act(cx: Cx, fields: Fields) -> Result<Response, Oops> {
    let mut shown = Shown {
        typed: fields.text("q").trim().to_owned(),
        ..Shown::default()
    };
    let id = fields.text("id");
    if !id.is_empty() {
        let row = Typed {
            id: id.parse().map_err(|_| Failure::NotFound)?,
            kind: fields.text("establishment_kind"),
            sector: fields.text("sector"),
            site: fields.text("site"),
            tax_code: fields.text("tax_code"),
        };
        let (services, actor) = (&cx.services, &cx.actor);
        let saved = async {
            let right = services
                .enter_tax_code(actor, row.id, &row.tax_code)
                .await?;
            let saved = services
                .classify_establishment(actor, row.id, &row.kind, &row.sector, &row.site)
                .await?;
            Ok((saved, right))
        };
        match saved.await {
            Ok((saved, right)) => {
                shown.saved = Some(saved.name);
                shown.doubtful = !right;
            }
            Err(Failure::Invalid(problems)) => shown.refused = Some((row, problems)),
            Err(failure) => return Err(failure.into()),
        }
    }
    show(&cx, shown).await
}

async fn show(cx: &Cx, shown: Shown) -> Result<Response, Oops> {
    let data = cx.services.establishments(&cx.actor, &shown.typed).await?;
    let title = cx.say("establishments-title");
    let page = Page::staff(&title).wide();
    let page = if shown.refused.is_some() {
        page.unprocessable()
    } else {
        page
    };
    let inner = cx.clone();
    Ok(cx
        .show(page, move || body(&inner, title, &data, &shown))
        .await)
}

fn body(cx: &Cx, title: String, data: &Establishments, shown: &Shown) -> impl IntoView + use<> {
    let summary = shown.refused.as_ref();
    let summary = summary.map(|(_, problems)| error_summary(cx, problems));
    let saved = shown.saved.as_ref().map(|name| {
        let words = cx.say_with("establishments-saved", &[("name", name.into())]);
        notice(tone::OK, cx.say("establishments-saved-title"), words)
    });
    let doubtful = shown.doubtful.then(|| {
        notice(
            tone::WAIT,
            cx.say("establishments-doubtful-title"),
            cx.say("establishments-doubtful"),
        )
    });
    let by_hand = format!("{}?noun=establishment", crate::merge::BY_HAND);
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let lead = cx.say_with(
        "establishments-lead",
        &[
            ("number", number(data.all).into()),
            ("unclassified", number(data.unclassified).into()),
        ],
    );
    let more = data.found.saturating_sub(data.rows.len());
    let more = (more > 0).then(|| {
        let words = cx.say_with("establishments-more", &[("number", number(more).into())]);
        view! { <p class="muted">{words}</p> }
    });
    let content = if data.all == 0 {
        view! { <div class="empty"><p>{cx.say("establishments-empty")}</p></div> }.into_any()
    } else {
        view! {
            <p>{lead}</p>
            {search(cx, &shown.typed).into_any()}
            {list(cx, data, shown)}
            {more}
        }
        .into_any()
    };
    view! {
        {summary}
        {saved}
        {doubtful}
        <h1>{title}</h1>
        {content}
        <p>
            <a href="/manage/merge">{cx.say("merge-title")}</a>" · "
            <a href=by_hand>{cx.say("merge-by-hand")}</a>
        </p>
        <p><a href="/programme">{cx.say("establishments-to-programme")}</a></p>
    }
}

fn search(cx: &Cx, typed: &str) -> impl IntoView + use<> {
    view! {
        <form class="filters" method="post" role="search">
            <div class="field">
                <label for="q">{cx.say("establishments-search")}</label>
                <input type="search" id="q" name="q" value=typed.to_owned() autocomplete="off" />
            </div>
            <button class="button button--secondary" type="submit">{cx.say("establishments-find")}</button>
        </form>
    }
}

fn list(cx: &Cx, data: &Establishments, shown: &Shown) -> AnyView {
    if data.rows.is_empty() {
        let words = cx.say_with(
            "establishments-not-found",
            &[("typed", (&shown.typed).into())],
        );
        return view! {
            <div class="empty">
                <p>{words}</p>
                <p><a href=super::PATH>{cx.say("establishments-show-all")}</a></p>
            </div>
        }
        .into_any();
    }
    let rows: Vec<_> = data.rows.iter().map(|each| row(cx, each, shown)).collect();
    view! {
        <table class="table table--cards">
            <thead>
                <tr>
                    <th scope="col">{cx.say("establishments-name")}</th>
                    <th scope="col" class="num">{cx.say("establishments-registrations")}</th>
                    <th scope="col">{cx.say("field-establishment_kind")}</th>
                    <th scope="col">{cx.say("field-sector")}</th>
                    <th scope="col">{cx.say("field-site")}</th>
                    <th scope="col">{cx.say("field-tax_code")}</th>
                    <th scope="col"><span class="visually-hidden">{cx.say("establishments-act")}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// One establishment. Its form stands in the last cell; the choices, each in a
/// cell of its own, belong to it by its identifier.
fn row(cx: &Cx, row: &EstablishmentRow, shown: &Shown) -> AnyView {
    let refused = shown.refused.as_ref();
    let refused = refused.filter(|(typed, _)| typed.id == row.id);
    let choice = Choice {
        cx,
        row,
        problems: refused.map(|(_, problems)| problems),
    };
    let typed = refused.map(|(typed, _)| typed);
    let kind = typed.map_or_else(|| code(row.kind), |typed| typed.kind.clone());
    let sector = typed.map_or_else(|| code(row.sector), |typed| typed.sector.clone());
    let site = typed.map_or_else(|| code(row.site), |typed| typed.site.clone());
    let tax_code = typed.map_or_else(
        || {
            row.tax_code
                .as_deref()
                .map(TaxCode::spaced)
                .unwrap_or_default()
        },
        |typed| typed.tax_code.clone(),
    );
    let act = cx.say_with("establishments-save-name", &[("name", (&row.name).into())]);
    view! {
        <tr>
            <th scope="row">{row.name.clone()}</th>
            <td class="num" data-label=cx.say("establishments-registrations")>{cx.words.number(row.registrations)}</td>
            {choice.cell::<EstablishmentKind>("establishment_kind", cx.say("field-establishment_kind"), &kind)}
            {choice.cell::<Sector>("sector", cx.say("field-sector"), &sector)}
            {choice.cell::<SiteType>("site", cx.say("field-site"), &site)}
            {choice.line("tax_code", cx.say("field-tax_code"), tax_code)}
            <td>
                <form method="post" id=form_id(row)>
                    {hidden("id", &row.id.to_string())}
                    {hidden("q", &shown.typed)}
                    <button class="button button--secondary" type="submit" aria-label=act>
                        {cx.say("establishments-save")}
                    </button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

fn form_id(row: &EstablishmentRow) -> String {
    format!("establishment-{}", row.id)
}

fn code<T: Coded>(term: Option<T>) -> String {
    term.map_or("", Coded::code).to_owned()
}

/// A choice of one row.
struct Choice<'a> {
    cx: &'a Cx,
    row: &'a EstablishmentRow,
    /// What is wrong with the row, when it was refused.
    problems: Option<&'a Problems>,
}

/// What a cell shows of its field: its identifier, and what is wrong with it. In
/// a refused row the identifier is the field's name, to which the summary leads.
struct Marks {
    id: String,
    invalid: Option<&'static str>,
    described: Option<String>,
    problem: Option<AnyView>,
}

impl Choice<'_> {
    fn marks(&self, name: &'static str) -> Marks {
        let found = self
            .problems
            .and_then(|problems| problems.0.iter().find(|problem| problem.field == name));
        Marks {
            id: match self.problems {
                Some(_) => name.to_owned(),
                None => format!("{name}-{}", self.row.id),
            },
            invalid: found.is_some().then_some("true"),
            described: found.map(|_| format!("{name}-problem")),
            problem: found.map(|problem| {
                let words = self.cx.words.problem(problem);
                view! { <p class="problem" id=format!("{name}-problem")>{words}</p> }.into_any()
            }),
        }
    }

    /// A cell with a line to type.
    fn line(&self, name: &'static str, label: String, value: String) -> AnyView {
        let marks = self.marks(name);
        let said = format!("{label}, {}", self.row.name);
        view! {
            <td data-label=label>
                {marks.problem}
                <input type="text" id=marks.id name=name value=value form=form_id(self.row) aria-label=said
                    inputmode="numeric" autocomplete="off" size="15"
                    aria-invalid=marks.invalid aria-describedby=marks.described />
            </td>
        }
        .into_any()
    }

    /// A cell with a choice.
    fn cell<T: Coded>(&self, name: &'static str, label: String, chosen: &str) -> AnyView {
        let marks = self.marks(name);
        let terms = T::ALL.iter().copied();
        let options: Vec<_> = terms
            .map(|term| {
                let selected = term.code() == chosen;
                let words = self.cx.words.term(term);
                view! { <option value=term.code() selected=selected>{words}</option> }
            })
            .collect();
        let said = format!("{label}, {}", self.row.name);
        view! {
            <td data-label=label>
                {marks.problem}
                <select id=marks.id name=name form=form_id(self.row) aria-label=said
                    aria-invalid=marks.invalid aria-describedby=marks.described>
                    <option value="">{self.cx.say("unclassified")}</option>
                    {options}
                </select>
            </td>
        }
        .into_any()
    }
}
