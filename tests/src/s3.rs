//! A real S3 server (moto) and what it holds.

use crate::python;
use crate::server::free_port;
use crate::{Api, Setup};
use reqwest::Method;
use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::time::sleep;

/// The bucket that is there from the start.
const BUCKET: &str = "taphuan";

/// An S3 server on the loopback with one bucket; ended when dropped.
#[derive(Debug)]
pub struct S3 {
    port: u16,
    child: Child,
    api: Api,
    _folder: TempDir,
}

impl S3 {
    /// Starts it.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start() -> Self {
        let port = free_port();
        let folder = TempDir::with_prefix("taphuan-s3-").expect("no folder for the log of S3");
        let log = File::create(folder.path().join("moto.log")).expect("no log");
        let child = Command::new(python())
            .args(["-m", "moto.server", "--host", "127.0.0.1", "--port"])
            .arg(port.to_string())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("no Python: run `.ci/tools`, or `make test`");
        let api = Api::new(&format!("http://127.0.0.1:{port}"), None);
        let store = Self {
            port,
            child,
            api,
            _folder: folder,
        };
        let deadline = Instant::now() + Duration::from_secs(60);
        while store.api.try_get("/").await != Some(200) {
            assert!(
                Instant::now() < deadline,
                "no S3 server: is moto there? run `make test`"
            );
            sleep(Duration::from_millis(100)).await;
        }
        let made = store.api.request(Method::PUT, &format!("/{BUCKET}"));
        assert_eq!(store.api.send(made).await.status, 200, "no bucket");
        store
    }

    /// A server of this kind that keeps its files here, in a folder of the
    /// bucket.
    #[must_use]
    pub fn keeps_files_of(&self, setup: Setup) -> Setup {
        setup
            .setting("STORAGE_URL", &format!("s3://{BUCKET}/files"))
            .setting("AWS_ENDPOINT", &format!("http://127.0.0.1:{}", self.port))
            .setting("AWS_ALLOW_HTTP", "true")
            .setting("AWS_REGION", "us-east-1")
            .setting("AWS_ACCESS_KEY_ID", "test")
            .setting("AWS_SECRET_ACCESS_KEY", "test")
    }

    /// The keys of what is stored.
    pub async fn keys(&self) -> Vec<String> {
        self.listed(&format!("/{BUCKET}?list-type=2")).await
    }

    /// The keys of uploads in parts that were neither finished nor taken back.
    pub async fn unfinished(&self) -> Vec<String> {
        self.listed(&format!("/{BUCKET}?uploads")).await
    }

    async fn listed(&self, path: &str) -> Vec<String> {
        let answer = self.api.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let text = answer.text();
        let keys = text.split("<Key>").skip(1);
        keys.filter_map(|rest| Some(rest.split_once("</Key>")?.0.to_owned()))
            .collect()
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
