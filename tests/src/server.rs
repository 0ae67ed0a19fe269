//! The real server, started, ended and started again on the same data.

use crate::{Api, Database, Engine, taphuan};
use std::fs::{self, File};
use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::{self, Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::time::sleep;

/// What kind of server to start.
#[derive(Clone, Debug)]
pub struct Setup {
    engine: Engine,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
}

impl Setup {
    /// An empty one without a mail server.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        Self {
            engine,
            arguments: Vec::new(),
            environment: Vec::new(),
        }
    }

    /// Filled with the demo programme.
    #[must_use]
    pub fn demo(mut self) -> Self {
        self.arguments.push("--demo".to_owned());
        self
    }

    /// Sends its mail to this port.
    #[must_use]
    pub fn smtp(self, port: u16) -> Self {
        self.setting("SMTP_URL", &format!("smtp://127.0.0.1:{port}"))
    }

    /// With a setting in its environment.
    #[must_use]
    pub fn setting(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Starts it and waits until it is ready.
    pub async fn start(self) -> Server {
        Server::start(self).await
    }
}

/// A server, with the data folder and the database that outlive it.
/// Its log is printed when the test fails.
#[derive(Debug)]
pub struct Server {
    /// `http://127.0.0.1:PORT`, also its PUBLIC_URL.
    pub base: String,
    setup: Setup,
    // Ended before its database and its folder are taken away: fields drop in this order.
    running: Running,
    database: Database,
    folder: TempDir,
}

/// The process; ended when dropped.
#[derive(Debug)]
struct Running(Option<Child>);

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

/// A second process beside a [`Server`]; killed when it is dropped.
#[derive(Debug)]
pub struct Another {
    base: String,
    _running: Running,
}

impl Another {
    /// Its doors, as the public, once it is ready.
    ///
    /// # Panics
    /// When it does not become ready.
    pub async fn api(&self) -> Api {
        let public = Api::new(&self.base, None);
        let deadline = Instant::now() + Duration::from_secs(60);
        while public.try_get("/readyz").await != Some(200) {
            assert!(Instant::now() < deadline, "the other server does not start");
            sleep(Duration::from_millis(50)).await;
        }
        public
    }
}

impl Server {
    /// An empty server without a mail server.
    pub async fn new(engine: Engine) -> Self {
        Setup::new(engine).start().await
    }

    async fn start(setup: Setup) -> Self {
        let folder = TempDir::with_prefix("taphuan-").expect("no folder for the test");
        let database = Database::new(setup.engine, folder.path()).await;
        let mut server = Self {
            base: String::new(),
            setup,
            running: Running(None),
            database,
            folder,
        };
        // Somebody may take the port between our look and the server's start.
        for _ in 0..3 {
            server.base = format!("http://127.0.0.1:{}", free_port());
            server.spawn();
            if server.ready().await {
                return server;
            }
        }
        panic!("the server does not start:\n{}", server.log());
    }

    /// Starts it again on the same data and address.
    ///
    /// # Panics
    /// When it does not become ready.
    pub async fn restart(&mut self) {
        self.kill();
        self.spawn();
        assert!(self.ready().await, "the server does not start again");
    }

    /// Another server on the same data, at an address of its own.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn another(&self) -> Another {
        let address = format!("127.0.0.1:{}", free_port());
        let child = self
            .command(&["serve"])
            .env("LISTEN", &address)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("taphuan cannot be started");
        Another {
            base: format!("http://{address}"),
            _running: Running(Some(child)),
        }
    }

    /// `taphuan` with this server's settings, for its other commands.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(taphuan());
        for foreign in ["SMTP_URL", "MAIL_FROM", "STORAGE_URL", "SECRET_KEY", "LOG"] {
            command.env_remove(foreign);
        }
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("DATABASE_URL", &self.database.url)
            .env("DATA_DIR", self.folder.path())
            .env("LISTEN", self.base.trim_start_matches("http://"))
            .env("PUBLIC_URL", &self.base)
            // One machine plays hundreds of people; the tests of limits switch them on.
            .env("LIMITS", "off")
            .envs(self.setup.environment.iter().cloned());
        command
    }

    /// Runs one of its other commands, with this on its standard input.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("taphuan cannot be started");
        if let Some(mut stdin) = child.stdin.take() {
            // A command that reads nothing may close it first.
            stdin.write_all(input.as_bytes()).ok();
        }
        child.wait_with_output().expect("taphuan did not end")
    }

    /// A new API token for this role.
    ///
    /// # Panics
    /// When none is given out.
    #[must_use]
    pub fn token(&self, role: &str) -> String {
        let output = self.run(&["token", "add", "--role", role, "test"], "");
        assert!(output.status.success(), "token add: {output:?}");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        said.lines()
            .last()
            .expect("no token said")
            .trim()
            .to_owned()
    }

    /// A new account with this role, address and password.
    ///
    /// # Panics
    /// When it cannot be added.
    pub fn account(&self, role: &str, email: &str, password: &str) {
        let arguments = ["account", "add", "--role", role, email, "--password-stdin"];
        let output = self.run(&arguments, &format!("{password}\n"));
        assert!(output.status.success(), "account add: {output:?}");
    }

    /// The doors without a token: as the public.
    #[must_use]
    pub fn public(&self) -> Api {
        Api::new(&self.base, None)
    }

    /// The JSON doors with a new token for this role.
    #[must_use]
    pub fn api(&self, role: &str) -> Api {
        Api::new(&self.base, Some(self.token(role)))
    }

    /// SIGKILL: gone at once, whatever it was doing.
    pub fn kill(&mut self) {
        self.running = Running(None);
    }

    /// SIGTERM: asks it to end.
    ///
    /// # Panics
    /// When it does not run.
    pub fn terminate(&self) {
        let child = self.running.0.as_ref().expect("the server does not run");
        let sent = Command::new("sh")
            .args(["-c", &format!("kill -TERM {}", child.id())])
            .status();
        assert!(sent.is_ok_and(|sent| sent.success()), "kill failed");
    }

    /// How it ended, once asked to.
    ///
    /// # Panics
    /// When it does not end in time.
    pub async fn ended(&mut self, within: Duration) -> ExitStatus {
        let child = self.running.0.as_mut().expect("the server does not run");
        let deadline = Instant::now() + within;
        loop {
            if let Some(status) = child.try_wait().expect("cannot wait") {
                return status;
            }
            assert!(Instant::now() < deadline, "the server does not end");
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// The most memory it has held since its start, in megabytes (Linux).
    ///
    /// # Panics
    /// When it does not run.
    #[must_use]
    pub fn peak_memory_mb(&self) -> f64 {
        let child = self.running.0.as_ref().expect("the server does not run");
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| {
            line.trim()
                .trim_end_matches("kB")
                .trim()
                .parse::<f64>()
                .ok()
        });
        kilobytes.unwrap_or_default() / 1024.0
    }

    /// Its data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Changes its database behind its back; only while it is stopped.
    pub async fn sql(&self, statement: &'static str) {
        self.database.execute(statement).await;
    }

    /// All that it has written, over all its starts.
    #[must_use]
    pub fn log(&self) -> String {
        let bytes = fs::read(self.folder.path().join("server.out")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn spawn(&mut self) {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.path().join("server.out"))
            .expect("no log");
        let child = self
            .command(&["serve"])
            .args(&self.setup.arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("no log"))
            .stderr(log)
            .spawn()
            .expect("taphuan cannot be started");
        self.running = Running(Some(child));
    }

    /// Waits until it is ready; false when it has ended instead.
    async fn ready(&mut self) -> bool {
        let public = self.public();
        let deadline = Instant::now() + Duration::from_secs(90);
        while Instant::now() < deadline {
            if public.try_get("/readyz").await == Some(200) {
                return true;
            }
            let child = self.running.0.as_mut().expect("the server does not run");
            if child.try_wait().expect("cannot wait").is_some() {
                return false;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("the server is not ready after 90 s:\n{}", self.log());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if thread::panicking() {
            let log = self.log();
            let lines: Vec<_> = log.lines().collect();
            let last = lines.len().saturating_sub(60);
            eprintln!(
                "── the end of the server's log\n{}",
                lines[last..].join("\n")
            );
        }
    }
}

/// A port that nobody listens on, below those that the system lends to clients, so that it is
/// still free after the server was ended.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = (process::id() % 1200) as u16 * 10;
    loop {
        let port = 20_000 + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 12_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
