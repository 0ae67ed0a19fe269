//! Bringing materials, as a browser without JavaScript does it.

use crate::{Answer, Api, Server, signed_in};
use bytes::Bytes;
use futures::{StreamExt, stream};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method};
use std::io;

/// An organiser who signed in.
#[derive(Clone, Debug)]
pub struct Organizer {
    /// The doors as the public.
    pub api: Api,
    /// What makes them an organiser's.
    pub cookie: String,
}

impl Organizer {
    /// Signs in, with an account of its own.
    pub async fn sign_in(server: &Server) -> Self {
        Self {
            api: server.public(),
            cookie: signed_in(server, "organizer").await,
        }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        let request = self.api.request(Method::GET, path);
        self.api.send(request.header("cookie", &self.cookie)).await
    }

    /// POST of a form's fields.
    pub async fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let request = self.api.request(Method::POST, path).form(fields);
        self.api.send(request.header("cookie", &self.cookie)).await
    }

    /// POST of one file, visible for everybody.
    pub async fn upload(&self, path: &str, name: &str, content: impl Into<Body>) -> Answer {
        // Browsers write names as they are.
        let form = Form::new()
            .percent_encode_noop()
            .text("visibility", "public")
            .part("file", Part::stream(content).file_name(name.to_owned()));
        let request = self.api.request(Method::POST, path).multipart(form);
        self.api.send(request.header("cookie", &self.cookie)).await
    }

    /// Ten files of this many megabytes at once.
    ///
    /// # Panics
    /// When one is not taken.
    pub async fn upload_ten(&self, megabytes: usize) {
        let uploads = (0..10).map(|number| async move {
            let name = format!("{number}.pdf");
            let answer = self
                .upload("/manage/materials", &name, streamed_pdf(megabytes, &name))
                .await;
            assert_eq!(answer.status, 303, "{}", answer.text());
        });
        futures::future::join_all(uploads).await;
    }
}

/// What passes for a document in Portable Document Format.
#[must_use]
pub fn pdf(megabytes: usize) -> Vec<u8> {
    let mut content = b"%PDF-1.4\n".to_vec();
    content.resize(megabytes * 1024 * 1024 + 1000, b'x');
    content
}

/// Another one, made on its way; with a mark, since no file is taken twice.
fn streamed_pdf(megabytes: usize, mark: &str) -> Body {
    let megabyte = Bytes::from(vec![b'x'; 1024 * 1024]);
    let parts = (0..megabytes).map(move |_| Ok::<_, io::Error>(megabyte.clone()));
    let head = stream::iter([Ok(Bytes::from(format!("%PDF-1.4\n% {mark}\n")))]);
    Body::wrap_stream(head.chain(stream::iter(parts)))
}
