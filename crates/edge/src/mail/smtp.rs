//! SMTP over the Worker's TCP socket. The runtime does TLS, and checks the server's certificate.

use async_smtp::{
    EmailAddress, Envelope, SendableEmail, SmtpClient, SmtpTransport,
    authentication::{Credentials, Mechanism},
    error::Error,
    extension::ClientId,
};
use mail::{Letter, Mailbox};
use tokio::io::BufStream;
use worker::{Env, SecureTransport, Socket, Url};

use super::Refusal;

/// The secret with the server's address: `smtps://user:password@host:465` for TLS from the start,
/// `smtp://user:password@host:587` for STARTTLS, which the server must offer, and `?tls=none` for a server on this machine.
const SERVER: &str = "SMTP_URL";

/// How the connection is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    Tls,
    StartTls,
    /// Only to this machine.
    None,
}

/// Where letters are handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Server {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<(String, String)>,
}

/// A connection on which letters are handed in, one after the other.
pub(crate) struct Connection(SmtpTransport<BufStream<Socket>>);

impl Connection {
    pub(super) async fn open(env: &Env) -> Result<Self, String> {
        let text = env.secret(SERVER).map(|secret| secret.to_string()).unwrap_or_default();
        let server = Server::parse(&text)?;
        let mut transport = connect(&server).await.map_err(|error| format!("the mail server: {error}"))?;
        if let Some((user, password)) = &server.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            let login = transport.auth(Mechanism::Plain, &credentials).await;
            login.map_err(|error| format!("the mail server did not let us in: {error}"))?;
        }
        Ok(Self(transport))
    }

    pub(super) async fn send(&mut self, letter: &Letter, date: i64) -> Result<(), Refusal> {
        let envelope = Envelope::new(Some(address(&letter.from)?), vec![address(&letter.to)?]);
        let mail = SendableEmail::new(envelope.map_err(|error| error.to_string())?, letter.message(date));
        let sent = self.0.send(mail).await;
        sent.map(drop).map_err(|error| refusal(&error))
    }

    pub(super) async fn close(mut self) -> Result<(), String> {
        self.0.quit().await.map_err(|error| error.to_string())
    }
}

/// Codes of the fifth hundred that are about who hands in, not about the letter: the password is wanted, or too weak, wrong or
/// to be sent otherwise. Staff mend that, and then every letter goes.
const ABOUT_US: [u16; 4] = [530, 534, 535, 538];

/// What a server's answer to a letter means. What is not understood may be another time.
fn refusal(error: &Error) -> Refusal {
    let reason = format!("the mail server: {error}");
    match error {
        Error::Permanent(response) if !ABOUT_US.iter().any(|code| response.has_code(*code)) => {
            Refusal::ForGood(reason)
        }
        _ => Refusal::ForNow(reason),
    }
}

async fn connect(server: &Server) -> Result<SmtpTransport<BufStream<Socket>>, String> {
    let transport = match server.security {
        Security::Tls => SecureTransport::On,
        Security::StartTls => SecureTransport::StartTls,
        Security::None => SecureTransport::Off,
    };
    let connecting = Socket::builder().secure_transport(transport).connect(server.host.as_str(), server.port);
    let socket = connecting.map_err(|error| error.to_string())?;
    socket.opened().await.map_err(|error| error.to_string())?;
    let client = || SmtpClient::new().hello_name(ClientId::new("farthing".to_owned()));
    let open =
        SmtpTransport::new(client(), BufStream::new(socket)).await.map_err(|error| error.to_string())?;
    if server.security != Security::StartTls {
        return Ok(open);
    }
    let plain = open.starttls().await.map_err(|error| error.to_string())?;
    let secured = BufStream::new(plain.into_inner().start_tls());
    SmtpTransport::new(client().without_greeting(), secured).await.map_err(|error| error.to_string())
}

fn address(mailbox: &Mailbox) -> Result<EmailAddress, String> {
    EmailAddress::new(mailbox.email().to_owned()).map_err(|error| error.to_string())
}

impl Server {
    fn parse(text: &str) -> Result<Self, String> {
        let fault = |what: &str| format!("the secret `{SERVER}` {what}");
        let url = Url::parse(text).map_err(|_| fault("is no address"))?;
        let host = url.host_str().ok_or_else(|| fault("names no host"))?.to_owned();
        let wants_none = url.query() == Some("tls=none");
        let (security, usual) = match url.scheme() {
            "smtps" => (Security::Tls, 465),
            "smtp" if wants_none && is_this_machine(&host) => (Security::None, 25),
            "smtp" if wants_none => {
                return Err(fault("may have `tls=none` only for a server on this machine"));
            }
            "smtp" => (Security::StartTls, 587),
            _ => return Err(fault("begins with `smtps://` or `smtp://`")),
        };
        let plain = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let credentials = url.password().map(|password| (plain(url.username()), plain(password)));
        Ok(Self { host, port: url.port().unwrap_or(usual), security, credentials })
    }
}

fn is_this_machine(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use async_smtp::response::Response;

    use super::{Refusal, Security, Server, refusal};

    #[test]
    fn a_server_is_read_from_its_address() {
        let server =
            |text: &str| Server::parse(text).map(|server| (server.host, server.port, server.security));
        let host = || "mail.example.com".to_owned();
        assert_eq!(server("smtps://mail.example.com"), Ok((host(), 465, Security::Tls)));
        assert_eq!(server("smtp://mail.example.com:2587"), Ok((host(), 2587, Security::StartTls)));
        assert_eq!(
            server("smtp://127.0.0.1:1025?tls=none"),
            Ok(("127.0.0.1".to_owned(), 1025, Security::None))
        );
        let credentials =
            Server::parse("smtps://a%40b:p%2Fw@mail.example.com").expect("a server").credentials;
        assert_eq!(credentials, Some(("a@b".to_owned(), "p/w".to_owned())));
    }

    #[test]
    fn a_letter_is_refused_for_good_by_what_is_said_of_it() {
        let is_for_good = |line: &str| {
            let response: Response = format!("{line}\r\n").parse().expect("a response");
            matches!(refusal(&response.into()), Refusal::ForGood(_))
        };
        for line in ["550 5.1.1 no such user", "552 5.3.4 too big", "554 5.7.1 looks like spam"] {
            assert!(is_for_good(line), "{line}");
        }
        for line in ["421 go away", "450 busy", "451 grey", "452 full", "530 who are you?", "535 5.7.8 no"] {
            assert!(!is_for_good(line), "{line}");
        }
        assert!(matches!(refusal(&std::io::Error::other("gone").into()), Refusal::ForNow(_)));
    }

    #[test]
    fn nothing_goes_unsecured_over_the_net() {
        for text in ["", "mail.example.com", "http://mail.example.com", "smtp://mail.example.com?tls=none"] {
            assert!(Server::parse(text).is_err(), "{text}");
        }
    }
}
