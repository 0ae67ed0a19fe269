//! A real SMTP server (tests/smtp/sink.py) and the mails it took.

use crate::python;
use crate::server::free_port;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::time::sleep;

/// An SMTP server on the loopback; ended when dropped. Its mails outlive a stop.
#[derive(Debug)]
pub struct SmtpSink {
    /// Where it listens.
    pub port: u16,
    folder: TempDir,
    child: Option<Child>,
}

/// A mail as Python's e-mail parser reads it.
#[derive(Clone, Debug, Deserialize)]
pub struct Mail {
    /// The sender in the SMTP conversation.
    pub mail_from: String,
    /// The recipients in the SMTP conversation.
    pub rcpt_to: Vec<String>,
    /// The content types of all parts, outermost first.
    pub types: Vec<String>,
    /// The parts that hold something.
    pub parts: Vec<Part>,
    /// What the parser had to forgive.
    pub defects: Vec<String>,
    headers: Vec<(String, String)>,
}

/// A part of a mail.
#[derive(Clone, Debug, Deserialize)]
pub struct Part {
    /// Its content type.
    pub kind: String,
    /// The parameters of its content type.
    pub parameters: BTreeMap<String, String>,
    /// Its file name, if it is attached.
    pub file_name: Option<String>,
    /// Its decoded text.
    pub content: String,
}

impl SmtpSink {
    /// One that is not started yet: nothing listens on its port.
    ///
    /// # Panics
    /// When there is no folder for its mails.
    #[must_use]
    pub fn stopped() -> Self {
        Self {
            port: free_port(),
            folder: TempDir::with_prefix("taphuan-mail-").expect("no folder for mails"),
            child: None,
        }
    }

    /// One that takes every mail.
    #[must_use]
    pub fn start() -> Self {
        let mut sink = Self::stopped();
        sink.run(&[]);
        sink
    }

    /// Starts it, or starts it again, with arguments of sink.py: `--answer ADDRESS=CODE` (`*` for
    /// every address) refuses, `--data ANSWER` does once a mail has its words, `--delay SECONDS`
    /// takes its time, `--moody` fails as the address says.
    ///
    /// # Panics
    /// When it does not start.
    pub fn run(&mut self, arguments: &[&str]) {
        self.stop();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("smtp/sink.py");
        let mut child = Command::new(python())
            .arg(script)
            .arg(self.folder.path())
            .args(["--port", &self.port.to_string()])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("no Python: run `.ci/tools`, or `make test`");
        let mut said = String::new();
        let out = child.stdout.take().expect("no output of sink.py");
        BufReader::new(out).read_line(&mut said).ok();
        self.child = Some(child);
        assert_eq!(
            said.trim(),
            self.port.to_string(),
            "sink.py did not start: is aiosmtpd there? run `make test`"
        );
    }

    /// Ends it at once, in the middle of whatever it was taking.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().ok();
            child.wait().ok();
        }
    }

    /// The mails taken so far, in order.
    ///
    /// # Panics
    /// When one cannot be read.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        let entries = fs::read_dir(self.folder.path()).expect("no folder of mails");
        let mut paths: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|kind| kind == "json"))
            .collect();
        paths.sort();
        paths
            .iter()
            .map(|path| {
                let json = fs::read(path).expect("a mail cannot be read");
                serde_json::from_slice(&json).expect("sink.py wrote another shape")
            })
            .collect()
    }

    /// How many it has taken so far.
    ///
    /// # Panics
    /// When its folder is gone.
    #[must_use]
    pub fn count(&self) -> usize {
        let entries = fs::read_dir(self.folder.path()).expect("no folder of mails");
        let is_mail = |name: &std::ffi::OsStr| name.to_string_lossy().ends_with(".json");
        entries
            .filter(|entry| {
                entry
                    .as_ref()
                    .is_ok_and(|entry| is_mail(&entry.file_name()))
            })
            .count()
    }

    /// Waits until it has taken this many mails, and a moment longer for one too many.
    ///
    /// # Panics
    /// When other than that many come.
    pub async fn wait_for(&self, count: usize) -> Vec<Mail> {
        let deadline = Instant::now() + Duration::from_secs(40);
        while self.mails().len() < count && Instant::now() < deadline {
            sleep(Duration::from_millis(50)).await;
        }
        sleep(Duration::from_millis(1500)).await;
        let mails = self.mails();
        assert_eq!(mails.len(), count, "mails taken: {mails:#?}");
        mails
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Mail {
    /// A header, decoded; empty when there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    /// The first part of this content type.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn part(&self, kind: &str) -> &Part {
        let found = self.parts.iter().find(|part| part.kind == kind);
        found.unwrap_or_else(|| panic!("no {kind} among {:?}", self.types))
    }
}
