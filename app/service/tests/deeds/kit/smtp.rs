//! A mail server that takes what it is given and keeps it, except from
//! nobody@ (unknown for good) and later@ (not now), relay@ (it is let to pass on
//! nothing) and broken@ (it breaks on the words themselves); slow@ is answered
//! when the server is let go.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The mails that a server has taken, as they came over the wire.
#[derive(Clone)]
pub(crate) struct Sink(Arc<Mutex<Vec<String>>>, Arc<watch::Sender<bool>>);

impl Sink {
    /// Opens the server behind a port that was bound before.
    pub(crate) fn open(listener: TcpListener) -> Self {
        let sink = Self(Arc::default(), Arc::new(watch::Sender::new(false)));
        let taking = sink.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(taking.clone().talk(socket));
            }
        });
        sink
    }

    /// Answers those who were made to wait.
    pub(crate) fn let_go(&self) {
        self.1.send_replace(true);
    }

    /// What was taken so far.
    pub(crate) fn mails(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    async fn talk(self, socket: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = socket.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut broken = false;
        write.write_all(b"220 sink\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let verb = line.split(' ').next().unwrap_or_default().to_uppercase();
            let answer: &[u8] = match verb.as_str() {
                "EHLO" => b"250-sink\r\n250 8BITMIME\r\n",
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await?;
                    let mut mail = String::new();
                    while let Some(line) = lines.next_line().await? {
                        if line == "." {
                            break;
                        }
                        mail.push_str(&line);
                        mail.push('\n');
                    }
                    if broken {
                        b"500 5.5.2 out of order\r\n"
                    } else {
                        self.0.lock().unwrap().push(mail);
                        b"250 taken\r\n"
                    }
                }
                "MAIL" => {
                    broken = false;
                    b"250 fine\r\n"
                }
                "RCPT" if line.contains("<broken") => {
                    broken = true;
                    b"250 fine\r\n"
                }
                "RCPT" if line.contains("<relay") => b"554 5.7.1 relaying denied\r\n",
                "RCPT" if line.contains("<nobody@") => b"550 5.1.1 no such user\r\n",
                "RCPT" if line.contains("<slow@") => {
                    let mut going = self.1.subscribe();
                    going.wait_for(|going| *going).await.ok();
                    b"250 fine\r\n"
                }
                "RCPT" if line.contains("<later@") => b"450 4.2.0 greylisted\r\n",
                "QUIT" => b"221 bye\r\n",
                _ => b"250 fine\r\n",
            };
            write.write_all(answer).await?;
        }
        Ok(())
    }
}
