//! What the load meets: workshops with room, and people who register and arrive.

use blackbox::{Api, Server, delegate, publish, workshop};
use serde_json::{Value, json};
use std::sync::Mutex;

/// Workshops that registrations are spread over, as in a busy season.
const WORKSHOPS: u32 = 8;

/// The doors and what is behind them.
pub(crate) struct Scene {
    organizer: Api,
    public: Api,
    /// The address of each workshop and the session people are checked in to.
    workshops: Vec<(String, i64)>,
    static_file: String,
    /// Codes of booked people that nobody has checked in, with their workshop.
    codes: Mutex<Vec<(usize, String)>>,
}

impl Scene {
    pub(crate) async fn prepare(server: &Server) -> Self {
        let organizer = server.api("organizer");
        let mut workshops = Vec::new();
        for number in 0..WORKSHOPS {
            let slug = format!("bench-{number}");
            let _ = publish(&organizer, &workshop(&slug, 5000)).await;
            let found = organizer
                .get(&format!("/api/v1/workshops/{slug}"))
                .await
                .expect(200);
            let session = found["sessions"][0]["id"].as_i64().expect("no session");
            workshops.push((slug, session));
        }
        let public = server.public();
        let home = public.get("/").await.text();
        let start = home.find("/assets/public.").expect("no style sheet");
        let end = home[start..].find('"').expect("no style sheet") + start;
        Self {
            organizer,
            public,
            workshops,
            static_file: home[start..end].to_owned(),
            codes: Mutex::default(),
        }
    }

    pub(crate) fn static_file(&self) -> String {
        self.static_file.clone()
    }

    pub(crate) fn workshop_page(&self) -> String {
        format!("/workshops/{}", self.workshops[0].0)
    }

    pub(crate) async fn get(&self, path: String) -> bool {
        let answer = self.public.get(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        true
    }

    pub(crate) async fn register_by_form(&self, number: u32) -> bool {
        let (slug, _) = &self.workshops[self.turn(number)];
        let delegate = delegate(number);
        let text = |name: &str| delegate[name].as_str().unwrap_or_default().to_owned();
        let mut fields: Vec<(String, String)> =
            ["full_name", "phone", "role", "establishment", "locality"]
                .into_iter()
                .map(|name| (name.to_owned(), text(name)))
                .collect();
        fields.push(("consent_reporting".to_owned(), "on".to_owned()));
        fields.push(("request".to_owned(), format!("bench-{number}")));
        let answer = self
            .public
            .submit(&format!("/workshops/{slug}/register"), &fields)
            .await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        true
    }

    pub(crate) async fn register_by_api(&self, number: u32) -> bool {
        let turn = self.turn(number);
        let path = format!("/api/v1/workshops/{}/registrations", self.workshops[turn].0);
        let answer = self
            .organizer
            .post(&path, &delegate(number))
            .await
            .expect(201);
        if answer["state"] == "booked"
            && let (Some(code), Ok(mut codes)) = (answer["code"].as_str(), self.codes.lock())
        {
            codes.push((turn, code.to_owned()));
        }
        true
    }

    pub(crate) async fn check_in(&self) -> bool {
        let Some((turn, code)) = self.codes.lock().ok().and_then(|mut codes| codes.pop()) else {
            return false;
        };
        let (slug, session) = &self.workshops[turn];
        let scan: Value =
            json!({ "code": code, "session": session, "nonce": format!("bench-{code}") });
        let answer = self
            .organizer
            .post(&format!("/api/v1/workshops/{slug}/checkins"), &scan)
            .await;
        assert_eq!(answer.expect(200)["outcome"], "admitted");
        true
    }

    fn turn(&self, number: u32) -> usize {
        number as usize % self.workshops.len()
    }
}
