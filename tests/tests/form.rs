//! Registering through the page, without JavaScript: nothing is lost, nothing is done twice.

use blackbox::{
    Api, Engine, Form, Server, changed, delegate, in_seconds, on_each_database, publish, tags,
    text, workshop,
};
use serde_json::json;
use std::time::Duration;
use tokio::time::sleep;

on_each_database!(
    wrong_input_comes_back_whole,
    a_double_submit_registers_once,
    a_given_up_seat_goes_to_who_waits,
    nothing_odd_breaks_the_server,
    a_form_opened_before_closing_is_never_lost,
    who_was_not_invited_finds_no_form,
    template_text_is_shown_as_it_is,
    a_long_list_of_establishments_is_taken,
    a_call_that_cannot_be_read_is_the_callers_mistake,
);

const PATH: &str = "/workshops/w/register";
const GROUP: &str = "/workshops/w/register/group";

async fn open(engine: Engine, capacity: u32) -> Server {
    let server = Server::new(engine).await;
    publish(&server.api("organizer"), &workshop("w", capacity)).await;
    server
}

async fn blank(public: &Api) -> Form {
    let page = public.get(PATH).await;
    assert_eq!(page.status, 200, "{}", text(&page.text()));
    let form = Form::with_field(&page.text(), PATH, "full_name");
    for word in ["reporting", "materials", "invitations"] {
        assert!(!form.is_ticked(word), "{word} is ticked beforehand");
    }
    form
}

async fn filled(public: &Api, name: &str, phone: &str) -> Form {
    blank(public)
        .await
        .set("full_name", name)
        .set("phone", phone)
        .set("role", "foreman")
        .set("establishment", "HTX \"Lá & Biếc\" <mới>")
        .set("locality", "Giồng Trôm")
        .tick("reporting")
}

async fn wrong_input_comes_back_whole(engine: Engine) {
    let server = open(engine, 5).await;
    let public = server.public();
    let typed = [
        ("full_name", "<b>\"Ở\" & 'Bé'</b>"),
        ("phone", "12 34"),
        ("email", "không-phải@"),
        ("role", "technician"),
        ("establishment", ""),
        ("locality", "Xã \u{1F334} Mới"),
    ];
    let mut form = blank(&public).await.tick("materials");
    for (name, value) in typed {
        form = form.set(name, value);
    }
    let answer = form.submit(&public).await;
    assert_eq!(answer.status, 422);
    let html = answer.text();
    let again = Form::with_field(&html, PATH, "full_name");
    for (name, value) in typed {
        assert_eq!(again.value(name), value, "{name} is lost");
    }
    assert!(again.is_ticked("materials") && !again.is_ticked("reporting"));

    let shown = tags(&html);
    let ids: Vec<_> = shown.iter().filter_map(|tag| tag.get("id")).collect();
    let links: Vec<_> = shown
        .iter()
        .filter(|tag| tag.name == "a")
        .filter_map(|tag| tag.get("href")?.strip_prefix('#'))
        .collect();
    for name in ["phone", "email", "establishment"] {
        let field = shown
            .iter()
            .find(|tag| tag.get("name") == Some(name))
            .expect("no field");
        assert_eq!(field.get("aria-invalid"), Some("true"), "{name}");
        let described = field.get("aria-describedby").unwrap_or_default();
        assert!(
            described.split_whitespace().any(|id| ids.contains(&id)),
            "{name} has no problem beside it"
        );
        let id = field.get("id").expect("a field without id");
        assert!(links.contains(&id), "the summary does not lead to {name}");
    }
    let fine = shown.iter().find(|tag| tag.get("name") == Some("locality"));
    assert!(fine.is_some_and(|tag| tag.get("aria-invalid") != Some("true")));

    // Mended, it goes through.
    let mended = again
        .set("phone", "0951234567")
        .set("email", "")
        .set("establishment", "CSSX Ba Rạng")
        .tick("reporting");
    assert_eq!(mended.submit(&public).await.status, 303);
}

async fn a_double_submit_registers_once(engine: Engine) {
    let server = open(engine, 5).await;
    let public = server.public();
    let form = filled(&public, "Trần Văn Đúp", "0951000001").await;
    let (first, second) = tokio::join!(form.submit(&public), form.submit(&public));
    let third = form.submit(&public).await;
    for answer in [&first, &second, &third] {
        assert_eq!(answer.status, 303, "{}", text(&answer.text()));
        assert_eq!(answer.header("location"), first.header("location"));
    }
    let mine = first.header("location");
    assert!(mine.contains("/my/"), "lands at {mine}");
    assert!(!mine.contains("951000001"), "personal data in {mine}");
    let page = public.get(&mine).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<svg"), "no QR code");
    let guessed = format!("{}x", mine.split(['?', '#']).next().unwrap_or_default());
    assert_eq!(public.get(&guessed).await.status, 404);

    // Later and from a fresh page, the same person is not registered again, and a stranger
    // who types their name and phone is not shown their page.
    let later = filled(&public, "trần văn ĐÚP", "+84951000001").await;
    let answer = later.submit(&public).await;
    assert!(
        matches!(answer.status, 200 | 303 | 409),
        "{}",
        answer.status
    );
    assert_ne!(answer.header("location"), mine);
    // Five seats: one is taken, four are left.
    for number in 2..=6 {
        let name = ["Hai", "Ba", "Tư", "Năm", "Sáu"][number - 2];
        let form = filled(&public, name, &format!("095100000{number}")).await;
        let answer = form.submit(&public).await;
        assert_eq!(answer.status, 303);
        let page = answer.header("location");
        let code = if number < 6 {
            code_on(&public, &page).await
        } else {
            code_of(&page)
        };
        let outcome = check_in(&server, &code).await;
        assert_eq!(
            outcome,
            if number < 6 { "admitted" } else { "refused" },
            "{name}"
        );
    }
}

async fn a_given_up_seat_goes_to_who_waits(engine: Engine) {
    let server = open(engine, 1).await;
    let public = server.public();
    let mut pages = Vec::new();
    for (name, phone) in [("Người Có Chỗ", "0951000001"), ("Người Đợi", "0951000002")] {
        let answer = filled(&public, name, phone).await.submit(&public).await;
        assert_eq!(answer.status, 303);
        pages.push(answer.header("location"));
    }
    let waiting = code_of(&pages[1]);
    let shown = text(&public.get(&pages[1]).await.text());
    assert!(!shown.contains(&waiting[..4]), "no code without a seat");
    assert_eq!(check_in(&server, &waiting).await, "refused");

    let html = public.get(&pages[0]).await.text();
    let cancel = Form::all(&html, &pages[0])
        .into_iter()
        .find(|form| form.action.contains("/my/"))
        .expect("no way to cancel");
    for _ in 0..2 {
        let answer = cancel.submit(&public).await;
        assert_eq!(answer.status, 303, "{}", text(&answer.text()));
    }
    // The seat is held for the one who waits, until it is taken.
    assert_eq!(check_in(&server, &waiting).await, "refused");
    let html = public.get(&pages[1]).await.text();
    let accept = Form::all(&html, &pages[1])
        .into_iter()
        .find(|form| form.action.ends_with("/accept"))
        .expect("no way to take the offered seat");
    for _ in 0..2 {
        assert_eq!(accept.submit(&public).await.status, 303);
    }
    assert_eq!(code_on(&public, &pages[1]).await, waiting);
    assert_eq!(check_in(&server, &waiting).await, "admitted");
    let calendar = tags(&public.get(&pages[1]).await.text())
        .into_iter()
        .filter_map(|tag| tag.get("href").map(str::to_owned))
        .find(|link| link.contains("calendar") || link.contains(".ics"))
        .expect("no calendar file");
    let file = public.get(&calendar).await;
    assert!(
        file.header("content-type").starts_with("text/calendar"),
        "{calendar}"
    );
    // Absolute times, or local ones with the rules of their zone.
    let text = file.text();
    let absolute = text
        .lines()
        .any(|line| line.starts_with("DTSTART:") && line.ends_with('Z'));
    assert!(absolute || text.contains("BEGIN:VTIMEZONE"), "{text}");
}

async fn a_form_opened_before_closing_is_never_lost(engine: Engine) {
    let server = Server::new(engine).await;
    let closing = changed(&workshop("w", 5), json!({ "closes_at": in_seconds(8) }));
    publish(&server.api("organizer"), &closing).await;
    let public = server.public();
    let form = filled(&public, "Lê Muộn", "12").await;
    let group = Form::with_field(&public.get(GROUP).await.text(), GROUP, "contact_name");
    sleep(Duration::from_secs(9)).await;
    // Who comes now finds it closed, and a form opened now would be.
    for path in [PATH, GROUP] {
        let page = public.get(path).await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains("full_name"), "{path} is open");
    }
    let shut = form.clone().set_raw("opened", "").submit(&public).await;
    assert_eq!(shut.status, 409);
    let kept = Form::with_field(&shut.text(), PATH, "full_name");
    assert_eq!(kept.value("full_name"), "Lê Muộn", "too late, and not lost");
    // Within the minute, what was typed comes back with its problem.
    let answer = form.submit(&public).await;
    assert_eq!(answer.status, 422, "{}", text(&answer.text()));
    let again = Form::with_field(&answer.text(), PATH, "full_name");
    assert_eq!(again.value("full_name"), "Lê Muộn");
    // So it does for who is taken for a program.
    let again = again.set("phone", "0951234567");
    let caught = again.set("website", "x").submit(&public).await;
    assert_eq!(caught.status, 422);
    let again = Form::with_field(&caught.text(), PATH, "full_name");
    assert_eq!(again.value("phone"), "0951234567");
    let done = again.submit(&public).await;
    assert_eq!(done.status, 303, "{}", text(&done.text()));
    // And for who wants more rows.
    let more = group
        .set("contact_name", "Trần Thị Hoa")
        .set_raw("more", "yes")
        .submit(&public)
        .await;
    assert_eq!(more.status, 200);
    let group = Form::with_field(&more.text(), GROUP, "contact_name");
    assert_eq!(group.value("contact_name"), "Trần Thị Hoa");
    let wrong = group.set_raw("more", "").submit(&public).await;
    assert_eq!(wrong.status, 422);
    let group = Form::with_field(&wrong.text(), GROUP, "contact_name");
    assert_eq!(group.value("contact_name"), "Trần Thị Hoa");
}

async fn who_was_not_invited_finds_no_form(engine: Engine) {
    let server = open(engine, 5).await;
    let public = server.public();
    let form = filled(&public, "Lê Lạ", "0951234567").await;
    let group = Form::with_field(&public.get(GROUP).await.text(), GROUP, "contact_name");
    server
        .sql("UPDATE workshop SET mode = 'invitation' WHERE slug = 'w'")
        .await;
    for form in [form, group] {
        let answer = form.submit(&public).await;
        assert!(matches!(answer.status, 409 | 422), "{}", answer.status);
        assert!(!answer.text().contains("full_name"), "there is a form");
    }
    sleep(Duration::from_millis(1100)).await;
    for path in [PATH, GROUP] {
        let page = public.get(path).await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains("full_name"), "there is a form");
    }
    let api = server.api("organizer");
    let path = "/api/v1/workshops/w/registrations";
    let made = api.post(path, &delegate(1)).await.expect(201);
    assert_eq!(made["state"], "booked");
}

async fn template_text_is_shown_as_it_is(engine: Engine) {
    let server = open(engine, 50).await;
    let public = server.public();
    let hostile = [
        "{{7*7}} {% x %} <%= 7*7 %>",
        "{ $name } { -brand }",
        "${7*7} #{7*7} %s",
        "<img src=x onerror=alert(1)>",
    ];
    for (n, typed) in hostile.into_iter().enumerate() {
        let form = filled(&public, typed, &format!("09510001{n:02}"))
            .await
            .set("establishment", typed)
            .set("locality", typed);
        let answer = form.submit(&public).await;
        assert_eq!(answer.status, 303, "{typed}");
        let page = public.get(&answer.header("location")).await.text();
        assert!(text(&page).contains(typed), "{typed}: {}", text(&page));
        assert!(!page.contains("<img src=x"), "{typed} is no text");
        let group = Form::with_field(&public.get(GROUP).await.text(), GROUP, "contact_name")
            .set("contact_name", typed)
            .set("contact_phone", "0951234567")
            .set("establishment", typed)
            .set("locality", typed)
            .set("delegates.1.full_name", &format!("Lê {typed}"))
            .set("delegates.1.role", "foreman")
            .tick("told");
        let answer = group.submit(&public).await;
        assert_eq!(answer.status, 303, "{}", text(&answer.text()));
        let page = public.get(&answer.header("location")).await.text();
        for said in [typed.to_owned(), format!("Lê {typed}")] {
            assert!(text(&page).contains(&said), "{said}: {}", text(&page));
        }
        assert!(!page.contains("<img src=x"), "{typed} is no text");
    }
}

async fn a_long_list_of_establishments_is_taken(engine: Engine) {
    let server = open(engine, 50).await;
    let public = server.public();
    let kind = "application/x-www-form-urlencoded";
    let long = "act=make&".repeat(20_000).into_bytes();
    let list = "/manage/workshops/w/invitations/new";
    // Nobody is signed in, so that it leads to the way in.
    let answer = public.post_raw(list, kind, long.clone()).await;
    assert_ne!(answer.status, 413);
    assert_eq!(public.post_raw(PATH, kind, long).await.status, 413);
}

async fn a_call_that_cannot_be_read_is_the_callers_mistake(engine: Engine) {
    let server = open(engine, 5).await;
    let public = server.public();
    let form = "application/x-www-form-urlencoded";
    let path = "/call/materials/progress";
    for body in ["", "session=abc", "%ff"] {
        let answer = public.post_raw(path, form, body.into()).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.text());
    }
    // What can be read is refused by the deed.
    let whole = b"slug=w".to_vec();
    let answer = public.post_raw(path, form, whole).await;
    assert_eq!(answer.status, 401, "{}", answer.text());
}

async fn nothing_odd_breaks_the_server(engine: Engine) {
    let server = open(engine, 500).await;
    let public = server.public();
    let form = "application/x-www-form-urlencoded";
    let names = [
        "\u{0}",
        "A\u{0}B",
        "\u{202e}gnab\u{202c}",
        "👩🏽‍🏭 Út",
        "a\u{301}\u{323}\u{300}",
        "\r\nSubject: x",
        "%00",
        "'; DROP TABLE person; --",
        "<script>",
        "\u{fffd}\u{feff}",
        "ﷺ",
        "",
    ];
    for name in names {
        for field in [
            "full_name",
            "establishment",
            "locality",
            "email",
            "phone",
            "role",
        ] {
            let sent = filled(&public, "Nguyễn Thử", "0951000001")
                .await
                .set_raw(field, name);
            let answer = sent.submit(&public).await;
            assert!(answer.status < 500, "{field} = {name:?}: {}", answer.status);
        }
    }
    let long = "x".repeat(300_000);
    let many = "a=1&".repeat(20_000);
    let bodies: [(&str, &[u8]); 12] = [
        (form, b""),
        (form, b"%"),
        (form, b"full_name=%zz&%ff=%ed%a0%80"),
        (form, b"full_name=a&full_name=b&role=&role=owner"),
        (form, b"\xff\xfe\x00"),
        (form, long.as_bytes()),
        (form, many.as_bytes()),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\ncontent-disposition: form-data\r\n\r\n",
        ),
        ("application/json", b"{\"full_name\":1}"),
        ("", b"full_name=a"),
    ];
    for path in [PATH, "/sign-in"] {
        for (kind, body) in bodies {
            let answer = public.post_raw(path, kind, body.to_vec()).await;
            let said = String::from_utf8_lossy(&body[..body.len().min(40)]);
            assert!(
                (400..500).contains(&answer.status),
                "{path} {kind} {said}: {}",
                answer.status
            );
        }
    }
    let path = format!("/{}", "x".repeat(9_000));
    for path in [
        "/workshops/%00",
        "/workshops/%ff%fe/register",
        "/my/%F0%9F%8C%B4",
        "/materials/%00",
        "/?lang=%00",
        "/?lang=xx&lang=en",
        "/my/..%2f..%2fetc",
        "/assets/..%2f..%2fetc%2fpasswd",
        &path,
    ] {
        let answer = public.get(path).await;
        assert!(answer.status < 500, "{path}: {}", answer.status);
    }
    assert_eq!(public.get("/readyz").await.status, 200);
}

/// The ticket code in the address of a page of somebody's own.
fn code_of(page: &str) -> String {
    let token = page.rsplit('/').next().unwrap_or_default();
    token
        .split(['-', '?'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The ticket code that a page shows, however it is grouped.
async fn code_on(public: &Api, page: &str) -> String {
    let shown = text(&public.get(page).await.text());
    let words: Vec<_> = shown.split(' ').collect();
    let is_code = |word: &str, length| {
        let sign = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        word.len() == length && word.chars().all(sign)
    };
    let whole = words.iter().find(|word| is_code(word, 8));
    let halves = words
        .windows(2)
        .find(|pair| pair.iter().all(|word| is_code(word, 4)));
    match (whole, halves) {
        (Some(whole), _) => (*whole).to_owned(),
        (None, Some(halves)) => halves.concat(),
        (None, None) => panic!("no code on {page}: {shown}"),
    }
}

async fn check_in(server: &Server, code: &str) -> String {
    let api = server.api("organizer");
    let seen = api.get("/api/v1/workshops/w").await.expect(200);
    let body = json!({ "code": code, "session": seen["sessions"][0]["id"], "nonce": code });
    let answer = api
        .post("/api/v1/workshops/w/checkins", &body)
        .await
        .expect(200);
    answer["outcome"].as_str().unwrap_or_default().to_owned()
}
