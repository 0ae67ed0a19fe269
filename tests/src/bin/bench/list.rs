//! The organiser's list of a workshop that fifty thousand people registered for.

use blackbox::{Api, Form, Server, delegate, publish, workshop};
use reqwest::Method;

/// How many there are, as the statements below make them.
pub(crate) const MANY: u32 = 50_000;

const PEOPLE: &str = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) \
    INSERT INTO person (full_name, folded, lowered, sort_key, phone, establishment_id, is_demo, created_at) \
    SELECT 'Nguyễn Thị Người ' || i, 'nguyen thi nguoi ' || i, 'nguyễn thị người ' || i, \
    'k' || (100000 + i), '+8495' || (1000000 + i), (SELECT min(id) FROM establishment), false, \
    '2026-11-01T00:00:00Z' FROM n";

const REGISTRATIONS: &str = "INSERT INTO registration (workshop_id, person_id, establishment_id, \
    locality_name, role, state, source, code, lang, created_at, state_at) \
    SELECT (SELECT id FROM workshop WHERE slug = 'list'), id, establishment_id, '', 'owner', \
    CASE WHEN id % 10 = 0 THEN 'cancelled' WHEN id % 2 = 0 THEN 'waitlisted' ELSE 'booked' END, \
    'online', 'c' || id, 'vi', '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z' \
    FROM person WHERE sort_key LIKE 'k1%'";

const LIST: &str = "/manage/workshops/list/people";

/// An organiser who looks at the list.
pub(crate) struct List {
    browser: Api,
    cookie: String,
}

impl List {
    pub(crate) async fn prepare(server: &mut Server) -> Self {
        let api = server.api("organizer");
        let _ = publish(&api, &workshop("list", 5000)).await;
        let path = "/api/v1/workshops/list/registrations";
        let _ = api.post(path, &delegate(1)).await.expect(201);
        let (email, password) = ("bench@example.com", "a password of the bench");
        server.account("organizer", email, password);
        server.kill();
        server.sql(PEOPLE).await;
        server.sql(REGISTRATIONS).await;
        server.restart().await;
        let browser = server.public();
        let page = browser.get("/sign-in").await.text();
        let form = Form::with_field(&page, "/sign-in", "email")
            .set("email", email)
            .set("password", password);
        let cookie = form.submit(&browser).await.header("set-cookie");
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Self { browser, cookie }
    }

    /// A page of the list.
    pub(crate) async fn page(&self, number: u32) -> bool {
        let request = self
            .browser
            .request(Method::GET, &format!("{LIST}?page={number}"));
        self.answered(request).await
    }

    /// Part of a name, without its accents.
    pub(crate) async fn search(&self) -> bool {
        self.submitted("", &[("q", "nguoi 4321")]).await
    }

    /// The look at an act on all who were found.
    pub(crate) async fn all_found(&self) -> bool {
        let all = [("q", "nguoi 1 99"), ("all", "on"), ("act", "cancel")];
        self.submitted("/decide", &all).await
    }

    /// Everybody, as a file.
    pub(crate) async fn export(&self) -> bool {
        self.submitted("/export", &[("format", "csv")]).await
    }

    async fn submitted(&self, path: &str, fields: &[(&str, &str)]) -> bool {
        let request = self.browser.request(Method::POST, &format!("{LIST}{path}"));
        self.answered(request.form(fields)).await
    }

    async fn answered(&self, request: reqwest::RequestBuilder) -> bool {
        let request = request.header("cookie", &self.cookie);
        let answer = self.browser.send(request).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        true
    }
}
