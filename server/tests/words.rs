//! Both languages are complete: every key stands in both, with the same values put in; every key
//! that the sources speak is there, and none is left that nobody speaks.

use domain::{
    AccountRole, AttendanceState, CallOutcome, CampaignPurpose, CampaignState, CampaignTiming,
    CancelRule, CertificateRule, ChangeKind, Channel, Coded, ContactFilter, DelegateRole,
    DeliveryState, Difference, EstablishmentKind, FiguresState, ImportState, InvitationState, Lang,
    LeftOut, LikenessNoun, LikenessReason, LikenessState, LocalityKind, MailFailure, MaterialKind,
    MaterialTiming, MaterialType, MaterialVisibility, Outdated, PeopleAct, PeopleFilter, Phase,
    Placeholder, Problem, Purpose, QuestionKind, Reason, Refusal, RegistrationMode,
    RegistrationSource, RegistrationState, Sector, Settlement, SharedMailbox, SiteType,
    TeachingState, TemplateOccasion, TimeUnit, WhenFull, WorkshopFormat, WorkshopKind,
    WorkshopState,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use text::Words;

/// Keys that are put together at run time; other tests below go through each family's members.
const FAMILIES: [&str; 8] = [
    "problem-",
    "field-",
    "failure-",
    "conflict-",
    "deed-",
    "weekday-",
    "mail-",
    "unclassified",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The keys of a language with the names of the values in their words.
fn keys(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for path in files(&root().join("app/text/locales").join(lang), "ftl") {
        for line in fs::read_to_string(&path).expect("a file of words").lines() {
            if let Some((name, _)) = line.split_once(" =")
                && line.starts_with(|c: char| c.is_ascii_alphabetic())
            {
                key = name.to_owned();
                let before = keys.insert(key.clone(), BTreeSet::new());
                assert!(before.is_none(), "{lang}: {key} stands twice");
            }
            if let Some(values) = keys.get_mut(&key) {
                let names = line.split('$').skip(1);
                values.extend(names.map(|rest| {
                    rest.chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect()
                }));
            }
        }
    }
    keys
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found
}

fn sources() -> String {
    ["app/src", "app/service/src", "app/text/src", "server/src"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), "rs"))
        .map(|path| fs::read_to_string(path).expect("a source"))
        .collect()
}

#[test]
fn both_languages_have_the_same_keys_and_values() {
    let (vi, en) = (keys("vi"), keys("en"));
    for (key, values) in &vi {
        assert_eq!(Some(values), en.get(key), "{key}");
    }
    assert_eq!(
        vi.len(),
        en.len(),
        "{:?}",
        en.keys()
            .filter(|key| !vi.contains_key(*key))
            .collect::<Vec<_>>()
    );
}

#[test]
fn what_the_sources_say_is_written() {
    let (vi, sources) = (keys("vi"), sources());
    for call in ["say(\"", "say_with(\"", "say(\n", "say_with(\n"] {
        for rest in sources.split(call).skip(1) {
            let rest = rest.trim_start().trim_start_matches('"');
            let key = rest.split('"').next().unwrap();
            let literal = !key.is_empty()
                && key
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
            assert!(
                !literal || vi.contains_key(key),
                "{key} is said and not written"
            );
        }
    }
}

#[test]
fn nothing_is_written_that_nobody_says() {
    let sources = sources();
    let unsaid: Vec<String> = keys("vi")
        .into_keys()
        .filter(|key| !key.starts_with(|c: char| c.is_ascii_uppercase()))
        .filter(|key| !FAMILIES.iter().any(|family| key.starts_with(family)))
        .filter(|key| !sources.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unsaid.is_empty(), "{unsaid:?}");
}

fn terms<T: Coded>(missing: &mut Vec<String>) {
    for lang in Lang::ALL.iter().copied() {
        for term in T::ALL.iter().copied() {
            if Words(lang).term(term).contains(T::NAME) {
                missing.push(format!("{lang} {}-{}", T::NAME, term.code()));
            }
        }
    }
}

#[test]
fn every_term_has_a_name() {
    let mut missing = Vec::new();
    terms::<InvitationState>(&mut missing);
    terms::<RegistrationMode>(&mut missing);
    terms::<QuestionKind>(&mut missing);
    terms::<LikenessNoun>(&mut missing);
    terms::<LikenessReason>(&mut missing);
    terms::<LikenessState>(&mut missing);
    terms::<Lang>(&mut missing);
    terms::<AccountRole>(&mut missing);
    terms::<DelegateRole>(&mut missing);
    terms::<DeliveryState>(&mut missing);
    terms::<MailFailure>(&mut missing);
    terms::<Outdated>(&mut missing);
    terms::<EstablishmentKind>(&mut missing);
    terms::<LocalityKind>(&mut missing);
    terms::<MaterialType>(&mut missing);
    terms::<Phase>(&mut missing);
    terms::<Purpose>(&mut missing);
    terms::<Refusal>(&mut missing);
    terms::<RegistrationSource>(&mut missing);
    terms::<RegistrationState>(&mut missing);
    terms::<Sector>(&mut missing);
    terms::<SiteType>(&mut missing);
    terms::<WorkshopKind>(&mut missing);
    terms::<WorkshopFormat>(&mut missing);
    terms::<CancelRule>(&mut missing);
    terms::<CertificateRule>(&mut missing);
    terms::<TeachingState>(&mut missing);
    terms::<ChangeKind>(&mut missing);
    terms::<WorkshopState>(&mut missing);
    terms::<ContactFilter>(&mut missing);
    terms::<PeopleAct>(&mut missing);
    terms::<PeopleFilter>(&mut missing);
    terms::<WhenFull>(&mut missing);
    terms::<ImportState>(&mut missing);
    terms::<AttendanceState>(&mut missing);
    terms::<Difference>(&mut missing);
    terms::<FiguresState>(&mut missing);
    terms::<Settlement>(&mut missing);
    terms::<MaterialKind>(&mut missing);
    terms::<MaterialVisibility>(&mut missing);
    terms::<MaterialTiming>(&mut missing);
    terms::<Channel>(&mut missing);
    terms::<TemplateOccasion>(&mut missing);
    terms::<Placeholder>(&mut missing);
    terms::<CallOutcome>(&mut missing);
    terms::<CampaignPurpose>(&mut missing);
    terms::<CampaignState>(&mut missing);
    terms::<CampaignTiming>(&mut missing);
    terms::<LeftOut>(&mut missing);
    terms::<SharedMailbox>(&mut missing);
    terms::<TimeUnit>(&mut missing);
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_problem_conflict_and_failure_has_words() {
    let vi = keys("vi");
    for reason in Reason::samples() {
        let said = Words(Lang::En).problem(&Problem {
            field: "x".into(),
            reason: reason.clone(),
        });
        assert!(
            !said.starts_with("problem-") && !said.contains('$'),
            "{reason:?}: {said}"
        );
    }
    for conflict in service::Conflict::ALL {
        assert!(
            vi.contains_key(&format!("conflict-{}", conflict.code())),
            "{conflict:?}"
        );
    }
    for code in [
        "not_found",
        "sign_in_needed",
        "forbidden",
        "wrong_password",
        "throttled",
        "expired",
        "link_withdrawn",
        "internal",
    ] {
        assert!(vi.contains_key(&format!("failure-{code}")), "{code}");
    }
}

#[test]
fn every_field_has_a_name_and_every_deed_that_the_log_of_a_workshop_shows() {
    let (vi, sources) = (keys("vi"), sources());
    for call in ["problems.take(\"", "problems.add(\""] {
        for rest in sources.split(call).skip(1) {
            let name = rest.split('"').next().unwrap();
            let key = format!("field-{}", name.replace('.', "-"));
            assert!(vi.contains_key(&key), "{key} is not written");
        }
    }
    for rest in sources.split("deed: ").skip(1) {
        let Some((deeds, noun)) = rest.split_once("noun: ") else {
            continue;
        };
        if noun.starts_with("\"workshop\"") {
            for deed in deeds.split('"').skip(1).step_by(2) {
                assert!(
                    vi.contains_key(&format!("deed-{deed}")),
                    "deed-{deed} is not written"
                );
            }
        }
    }
}
