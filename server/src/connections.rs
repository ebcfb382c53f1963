//! Serving connections: each has only so long to ask something, and all of them only so long when the server stops.

use axum::{Router, body::Body, extract::ConnectInfo, serve::Listener};
use http::Request;
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{
    future::Future,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    net::TcpListener,
    task::JoinSet,
    time::{sleep, timeout},
};
use tower::ServiceExt;

/// How long connections are waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// A new connection asks something complete within this time.
    pub first: Duration,
    /// One that has asked may be silent for so long, or take so long over its next head. It is longer than a proxy keeps its
    /// connections (nginx: a minute), so that none is closed while the proxy sends on it.
    pub next: Duration,
    /// When the server stops, what is under way has so long to end.
    pub stopping: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { first: Duration::from_secs(15), next: Duration::from_secs(75), stopping: Duration::from_secs(30) }
    }
}

/// Serves until `stop`; then finishes what is under way, and cuts what takes too long.
pub async fn serve(mut listener: TcpListener, router: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.next);
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            () = &mut stop => break,
        };
        while connections.try_join_next().is_some() {}
        // Answers are written whole: waiting for more to send would only delay them.
        let _ = stream.set_nodelay(true);
        let asked = Arc::new(AtomicBool::new(false));
        let asking = asked.clone();
        let answering = router.clone().map_request(move |request: Request<Incoming>| {
            asking.store(true, Ordering::Relaxed);
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        });
        let served = graceful.watch(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(answering)));
        connections.spawn(async move {
            let mut served = pin!(served);
            tokio::select! {
                _ = &mut served => return,
                () = sleep(patience.first) => {}
            }
            if asked.load(Ordering::Relaxed) {
                // Whoever breaks off is nobody's trouble.
                let _ = served.await;
            }
        });
    }
    drop(listener);
    if timeout(patience.stopping, graceful.shutdown()).await.is_err() {
        tracing::warn!("what was still under way is cut off");
    }
    connections.shutdown().await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::net::SocketAddr;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
        sync::oneshot,
        task::JoinHandle,
    };

    const PATIENCE: Patience =
        Patience { first: Duration::from_millis(100), next: Duration::from_millis(300), stopping: Duration::from_millis(200) };
    const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: hoi-thi.test\r\n\r\n";

    /// A server that answers at once at `/`, and never at `/never`.
    async fn served() -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new()
            .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }))
            .route("/never", get(|| async { std::future::pending::<()>().await }));
        let serving = tokio::spawn(serve(listener, router, PATIENCE, async {
            let _ = stopped.await;
        }));
        (address, stop, serving)
    }

    async fn sent(address: SocketAddr, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.expect("connected");
        stream.write_all(bytes).await.expect("sent");
        stream
    }

    /// What arrives until the server closes the connection.
    async fn rest(stream: &mut TcpStream) -> String {
        let mut bytes = Vec::new();
        let _ = timeout(Duration::from_secs(10), stream.read_to_end(&mut bytes)).await.expect("the server closes it");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[tokio::test]
    async fn a_connection_that_asks_nothing_whole_is_closed() {
        let (address, _stop, _serving) = served().await;
        for half in [&b""[..], b"GET / HT", b"GET / HTTP/1.1\r\nhost: x\r\n"] {
            let mut stream = sent(address, half).await;
            assert!(!rest(&mut stream).await.contains("200 OK"));
        }
    }

    #[tokio::test]
    async fn a_connection_that_asked_may_be_silent_for_a_while_and_ask_again() {
        let (address, _stop, _serving) = served().await;
        let mut stream = sent(address, ASK).await;
        let mut first = [0; 15];
        stream.read_exact(&mut first).await.expect("an answer");
        assert_eq!(&first, b"HTTP/1.1 200 OK");
        tokio::time::sleep(2 * PATIENCE.first).await;
        stream.write_all(ASK).await.expect("sent again");
        let rest = rest(&mut stream).await;
        assert!(rest.contains("HTTP/1.1 200 OK") && rest.contains("127.0.0.1"), "{rest}");
    }

    #[tokio::test]
    async fn nobody_holds_up_the_stop() {
        let (address, stop, serving) = served().await;
        let _half = sent(address, b"GET / HTTP/1.1\r\nhost: x\r\n").await;
        let _endless = sent(address, b"GET /never HTTP/1.1\r\nhost: x\r\n\r\n").await;
        let mut answered = sent(address, ASK).await;
        let mut first = [0; 15];
        answered.read_exact(&mut first).await.expect("all three are accepted");
        stop.send(()).expect("heard");
        timeout(Duration::from_secs(10), serving).await.expect("it stops").expect("without a panic");
    }
}
