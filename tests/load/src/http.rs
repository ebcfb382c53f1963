//! Keep-alive connections to the server, at most so many, and what comes back over them.

use bytes::Bytes;
use flate2::read::GzDecoder;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use std::{
    io::Read,
    net::{Ipv4Addr, SocketAddr},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    net::{TcpSocket, TcpStream},
    sync::Semaphore,
    time::timeout,
};

/// An answer that takes longer than this is an error.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Why a request came to nothing.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What came back, unpacked.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, after its content encoding.
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as text.
    ///
    /// # Errors
    /// When it is none.
    pub fn text(&self) -> Result<&str, Failure> {
        Ok(std::str::from_utf8(&self.body)?)
    }

    /// Where a redirect leads; empty: nowhere.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// What is asked of the server.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The session; empty: nobody.
    pub token: &'a str,
    /// The address on the site.
    pub path: &'a str,
    /// The fields of a form, encoded; `None`: a page is opened.
    pub form: Option<&'a str>,
    /// Whether the island asks, which wants JSON.
    pub json: bool,
}

/// One keep-alive connection.
pub struct Wire {
    server: SocketAddr,
    sender: SendRequest<Full<Bytes>>,
}

impl Wire {
    /// Connects; from this address of the machine, where one is named.
    ///
    /// # Errors
    /// When the server does not accept.
    pub async fn open(server: SocketAddr, from: Option<Ipv4Addr>) -> Result<Self, Failure> {
        let stream = match from {
            Some(from) => {
                let socket = TcpSocket::new_v4()?;
                socket.bind((from, 0).into())?;
                socket.connect(server).await?
            }
            None => TcpStream::connect(server).await?,
        };
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // It ends with the server's word or with the connection; either shows at the next request.
        tokio::spawn(connection);
        Ok(Self { server, sender })
    }

    /// Sends a request as a browser on one of our own pages would.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn ask(&mut self, ask: Ask<'_>) -> Result<Reply, Failure> {
        let request = self.request(ask)?;
        let (head, body) = self.sender.send_request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        let zipped = head.headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "gzip");
        let body = if zipped { unzip(&body)? } else { body.to_vec() };
        Ok(Reply { status: head.status, headers: head.headers, body })
    }

    /// Whether nobody has closed it yet.
    pub fn is_open(&self) -> bool {
        !self.sender.is_closed()
    }

    /// Waits until it can be asked; `false`: it has been closed.
    async fn stands(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }

    fn request(&self, ask: Ask<'_>) -> Result<Request<Full<Bytes>>, Failure> {
        let mut request = Request::builder()
            .method(if ask.form.is_some() { Method::POST } else { Method::GET })
            .uri(ask.path)
            .header(header::HOST, self.server.to_string())
            .header(header::ACCEPT_ENCODING, "br, gzip")
            .header(header::ACCEPT, if ask.json { "application/json" } else { "text/html" })
            .header("sec-fetch-site", "same-origin");
        if !ask.token.is_empty() {
            request = request.header(header::COOKIE, format!("cchc={}", ask.token));
        }
        if ask.form.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        Ok(request.body(Full::new(Bytes::from(ask.form.unwrap_or_default().to_owned())))?)
    }
}

/// The connections that a number of people share.
pub struct Wires {
    server: SocketAddr,
    idle: Mutex<Vec<Wire>>,
    seats: Semaphore,
}

impl Wires {
    /// At most so many connections to the server; each is opened when it is first needed.
    pub fn new(server: SocketAddr, most: usize) -> Self {
        Self { server, idle: Mutex::default(), seats: Semaphore::new(most) }
    }

    /// Sends a request over a connection that is free.
    ///
    /// # Errors
    /// When the connection fails or nobody answers in time.
    pub async fn ask(&self, ask: Ask<'_>) -> Result<Reply, Failure> {
        let _seat = self.seats.acquire().await?;
        timeout(PATIENCE, self.exchange(ask)).await?
    }

    async fn exchange(&self, ask: Ask<'_>) -> Result<Reply, Failure> {
        let mut wire = self.wire().await?;
        let reply = wire.ask(ask).await?;
        self.idle().push(wire);
        Ok(reply)
    }

    /// An idle connection that still stands, or a new one.
    async fn wire(&self) -> Result<Wire, Failure> {
        loop {
            let Some(mut wire) = self.idle().pop() else { break };
            if wire.stands().await {
                return Ok(wire);
            }
        }
        Wire::open(self.server, None).await
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Wire>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unzip(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut plain = Vec::with_capacity(bytes.len() * 6);
    GzDecoder::new(bytes).read_to_end(&mut plain)?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::Write,
        net::{IpAddr, TcpListener},
        sync::mpsc::channel,
        thread::spawn,
    };

    const OWN: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

    #[tokio::test]
    async fn a_connection_comes_from_its_own_address_and_is_seen_to_be_closed() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let server = listener.local_addr().expect("an address");
        let (close, closing) = channel();
        let serving = spawn(move || {
            let (mut stream, peer) = listener.accept().expect("somebody");
            assert!(stream.read(&mut [0; 1_024]).expect("a request") > 0);
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").expect("an answer");
            closing.recv().expect("told to close");
            peer.ip()
        });
        let mut wire = Wire::open(server, Some(OWN)).await.expect("connected");
        let reply = wire.ask(Ask { token: "", path: "/", form: None, json: false }).await.expect("an answer");
        assert!(reply.status.is_success() && wire.is_open());
        close.send(()).expect("heard");
        assert_eq!(serving.join().expect("no panic"), IpAddr::from(OWN));
        let closed = async {
            while wire.is_open() {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, closed).await.expect("it is seen");
    }
}
