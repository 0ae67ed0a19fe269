//! How mail leaves.

use crate::entity::outbox;
use crate::{Failure, Organizer};
use domain::SmtpFailure;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::PoolConfig;
use lettre::{
    Address, AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How mail leaves: over SMTP, or, without a server, as `.eml` files.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Address,
    way: Way,
    patience: Duration,
    connections: usize,
    rate: Option<Arc<DefaultDirectRateLimiter>>,
}

/// What a mail server takes from this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailLimits {
    /// The most connections at once, 1 to 50.
    pub connections: u32,
    /// The most mails a minute; none means as many as it takes.
    pub per_minute: Option<NonZeroU32>,
}

impl Default for MailLimits {
    /// What a small provider bears.
    fn default() -> Self {
        Self {
            connections: 4,
            per_minute: None,
        }
    }
}

impl MailLimits {
    /// The connections in use. Each waits for its turn with a mail in hand: no
    /// longer than a minute, so that no other worker thinks it died.
    fn at_once(self) -> u32 {
        let most = self.per_minute.map_or(u32::MAX, NonZeroU32::get);
        self.connections.clamp(1, 50).min(most)
    }
}

/// How long a mail server may take for one mail. lettre limits the connecting
/// only: a server that falls silent would hold a worker for good.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Clone, Debug)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

impl Mailer {
    /// Over SMTP with the usual limits. The address is lettre's:
    /// `smtp://host:port`, `smtps://…`, `smtp://user:password@host?tls=required`.
    ///
    /// # Errors
    /// A sentence when an address is wrong.
    pub fn smtp(url: &str, from: &str) -> Result<Self, String> {
        Self::limited_smtp(url, from, MailLimits::default())
    }

    /// As [`Mailer::smtp`], with limits of one's own.
    ///
    /// # Errors
    /// As there.
    pub fn limited_smtp(url: &str, from: &str, limits: MailLimits) -> Result<Self, String> {
        let at_once = limits.at_once();
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| format!("SMTP_URL: {error}"))?
            .timeout(Some(Duration::from_secs(30)))
            .pool_config(PoolConfig::new().max_size(at_once))
            .build();
        let quota = limits.per_minute.map(Quota::per_minute);
        let quota = quota.map(|quota| quota.allow_burst(NonZeroU32::MIN));
        Ok(Self {
            from: sender(from)?,
            way: Way::Smtp(transport),
            patience: PATIENCE,
            connections: at_once as usize,
            rate: quota.map(|quota| Arc::new(RateLimiter::direct(quota))),
        })
    }

    /// Into a folder.
    ///
    /// # Errors
    /// A sentence when the folder cannot be made or the address is wrong.
    pub fn folder(folder: &Path, from: &str) -> Result<Self, String> {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self {
            from: sender(from)?,
            way: Way::Folder(folder.to_owned()),
            patience: PATIENCE,
            connections: MailLimits::default().at_once() as usize,
            rate: None,
        })
    }

    /// Gives a mail server more or less time for one mail than a minute.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// How many mails are handed over at once.
    pub(crate) fn connections(&self) -> usize {
        self.connections
    }

    /// Whom mails come from.
    pub(crate) fn sender_address(&self) -> &Address {
        &self.from
    }

    /// Whether mails are only written into a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        matches!(self.way, Way::Folder(_))
    }

    pub(crate) async fn check(&self) -> Result<(), Failure> {
        match &self.way {
            Way::Smtp(transport) => {
                let test = tokio::time::timeout(self.patience, transport.test_connection());
                match test.await {
                    Ok(Ok(true)) => Ok(()),
                    Ok(Ok(false)) => Err(Failure::internal("the mail server did not greet back")),
                    Ok(Err(error)) => Err(Failure::internal(error)),
                    Err(_) => Err(Failure::internal(self.fell_silent())),
                }
            }
            Way::Folder(folder) => std::fs::metadata(folder)
                .map(|_| ())
                .map_err(Failure::internal),
        }
    }

    /// Hands one mail over.
    ///
    /// # Errors
    /// How it failed, and the server's own words.
    pub(crate) async fn deliver(
        &self,
        row: &outbox::Model,
        organizer: &Organizer,
    ) -> Result<(), (SmtpFailure, String)> {
        let to: Address = row
            .to_address
            .parse()
            .map_err(|error| (SmtpFailure::NoAddress, format!("{error}")))?;
        let message = self
            .message(row, to, organizer)
            .map_err(|error| (SmtpFailure::Unsendable, error))?;
        if let Some(rate) = &self.rate {
            rate.until_ready().await;
        }
        tokio::time::timeout(self.patience, self.hand_over(message))
            .await
            .unwrap_or_else(|_| Err((SmtpFailure::Connection, self.fell_silent())))
    }

    fn fell_silent(&self) -> String {
        let seconds = self.patience.as_secs_f32();
        format!("the mail server did not finish within {seconds} s")
    }

    async fn hand_over(&self, message: Message) -> Result<(), (SmtpFailure, String)> {
        match &self.way {
            Way::Smtp(transport) => transport.send(message).await.map(|_| ()).map_err(|error| {
                let failure = error.status().map_or(SmtpFailure::Connection, |code| {
                    SmtpFailure::Code(code.into())
                });
                (failure, error.to_string())
            }),
            Way::Folder(folder) => AsyncFileTransport::<Tokio1Executor>::new(folder)
                .send(message)
                .await
                .map(|_| ())
                .map_err(|error| (SmtpFailure::Connection, error.to_string())),
        }
    }

    fn message(
        &self,
        row: &outbox::Model,
        to: Address,
        organizer: &Organizer,
    ) -> Result<Message, String> {
        let mut builder = Message::builder()
            .from(Mailbox::new(named(&organizer.name_vi), self.from.clone()))
            .to(Mailbox::new(named(&row.to_name), to))
            .subject(&row.subject)
            .message_id(Some(row.message_id.clone()))
            .date(row.created_at.into());
        let answers_to = row.reply_to.as_deref().unwrap_or(&organizer.email);
        if let Ok(address) = answers_to.parse() {
            builder = builder.reply_to(Mailbox::new(None, address));
        }
        if let Some(address) = &row.unsubscribe {
            for (name, value) in [
                ("List-Unsubscribe", format!("<{address}>")),
                // RFC 8058: one POST is enough.
                (
                    "List-Unsubscribe-Post",
                    "List-Unsubscribe=One-Click".to_owned(),
                ),
            ] {
                let name = HeaderName::new_from_ascii_str(name);
                builder = builder.raw_header(HeaderValue::new(name, value));
            }
        }
        // A calendar part beside text and HTML is an invitation (RFC 6047).
        let body = MultiPart::alternative_plain_html(row.body_text.clone(), row.body_html.clone());
        let body = match &row.calendar {
            None => body,
            Some(calendar) => body.singlepart(calendar_part(calendar)?),
        };
        builder.multipart(body).map_err(|error| error.to_string())
    }
}

/// The calendar with its method, which the header repeats.
fn calendar_part(calendar: &str) -> Result<SinglePart, String> {
    let method = calendar
        .lines()
        .find_map(|line| line.strip_prefix("METHOD:"))
        .unwrap_or("PUBLISH");
    let kind = format!("text/calendar; charset=utf-8; method={method}");
    let kind = ContentType::parse(&kind).map_err(|error| error.to_string())?;
    // Encoded, so that no server on the way touches the ends of its lines.
    let body = Body::new_with_encoding(calendar.to_owned(), ContentTransferEncoding::Base64)
        .map_err(|_| "a calendar could not be encoded".to_owned())?;
    Ok(SinglePart::builder().header(kind).body(body))
}

fn sender(address: &str) -> Result<Address, String> {
    address
        .parse()
        .map_err(|error| format!("MAIL_FROM: {error}"))
}

fn named(name: &str) -> Option<String> {
    (!name.is_empty()).then(|| name.to_owned())
}
