//! How mail leaves.

use crate::entity::outbox;
use crate::{Failure, Organizer};
use domain::SmtpFailure;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::{
    Address, AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How mail leaves: over SMTP, or, without a server, as `.eml` files.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Address,
    way: Way,
    patience: Duration,
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
    /// Over SMTP. The address is lettre's: `smtp://host:port`, `smtps://…`,
    /// `smtp://user:password@host?tls=required`.
    ///
    /// # Errors
    /// A sentence when an address is wrong.
    pub fn smtp(url: &str, from: &str) -> Result<Self, String> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| format!("SMTP_URL: {error}"))?
            .timeout(Some(Duration::from_secs(30)))
            .build();
        Ok(Self {
            from: sender(from)?,
            way: Way::Smtp(transport),
            patience: PATIENCE,
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
        })
    }

    /// Gives a mail server more or less time for one mail than a minute.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
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
        let message = self
            .message(row, organizer)
            .map_err(|error| (SmtpFailure::Unsendable, error))?;
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

    fn message(&self, row: &outbox::Model, organizer: &Organizer) -> Result<Message, String> {
        let to: Address = row.to_address.parse().map_err(|error| format!("{error}"))?;
        let mut builder = Message::builder()
            .from(Mailbox::new(named(&organizer.name_vi), self.from.clone()))
            .to(Mailbox::new(named(&row.to_name), to))
            .subject(&row.subject)
            .message_id(Some(row.message_id.clone()))
            .date(row.created_at.into());
        if let Ok(address) = organizer.email.parse() {
            builder = builder.reply_to(Mailbox::new(None, address));
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
