//! Serving connections: there are only so many at once, each has only so long to ask something and to take its answer, and
//! all of them only so long when the server stops.

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
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutWriter;
use tower::ServiceExt;

/// How long connections are waited for, and how many are borne.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// A new connection asks something complete within this time.
    pub first: Duration,
    /// One that has asked may be silent for so long, or take so long over its next head. It is longer than a proxy keeps its
    /// connections (nginx: a minute), so that none is closed while the proxy sends on it.
    pub next: Duration,
    /// Whoever takes nothing of an answer for so long is cut off: megabytes are not kept for who does not read.
    pub taking: Duration,
    /// When the server stops, what is under way has so long to end. With the rest of a stop and a start it is below the five
    /// seconds after which answers flow again.
    pub stopping: Duration,
    /// How many connections there may be at once; whoever comes then waits until one ends.
    pub most: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(15),
            next: Duration::from_secs(75),
            taking: Duration::from_secs(30),
            stopping: Duration::from_millis(2_500),
            most: 50_000,
        }
    }
}

/// The places of the connections that there may be at once.
struct Places {
    free: Arc<Semaphore>,
    /// Whether the last one that came had to wait.
    full: bool,
}

impl Places {
    fn of(most: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(most.clamp(1, Semaphore::MAX_PERMITS))), full: false }
    }

    /// A place for one more, as soon as there is one.
    async fn take(&mut self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = self.free.clone().try_acquire_owned() {
            self.full = false;
            return Some(place);
        }
        metrics::counter!("cchc_connections_full_total").increment(1);
        if !self.full {
            tracing::warn!("there are as many connections as there may be: the next one waits");
        }
        self.full = true;
        self.free.clone().acquire_owned().await.ok()
    }
}

/// Serves until `stop`; then finishes what is under way, and cuts what takes too long.
pub async fn serve(mut listener: TcpListener, router: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.next);
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut places = Places::of(patience.most);
    let mut stop = pin!(stop);
    loop {
        let next = async { (places.take().await, Listener::accept(&mut listener).await) };
        let (place, (stream, peer)) = tokio::select! {
            next = next => next,
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
        // It sets a timer only for a write that must wait.
        let mut stream = TimeoutWriter::new(stream);
        stream.set_timeout(Some(patience.taking));
        let stream = TokioIo::new(Box::pin(stream));
        let served = graceful.watch(http.serve_connection(stream, TowerToHyperService::new(answering)));
        connections.spawn(async move {
            let _place = place;
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

    const A_MINUTE: Duration = Duration::from_mins(1);
    const PATIENCE: Patience = Patience {
        first: Duration::from_millis(100),
        next: Duration::from_millis(300),
        taking: A_MINUTE,
        stopping: Duration::from_millis(200),
        most: 100,
    };
    const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: hoi-thi.test\r\n\r\n";
    const ASK_MUCH: &[u8] = b"GET /much HTTP/1.1\r\nhost: hoi-thi.test\r\n\r\n";
    /// More than the buffers of two sockets hold.
    const MUCH: usize = 32 << 20;

    /// A server that answers at once at `/`, with megabytes at `/much`, and never at `/never`.
    async fn served() -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
        served_with(PATIENCE).await
    }

    async fn served_with(patience: Patience) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new()
            .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }))
            .route("/much", get(|| async { vec![b'.'; MUCH] }))
            .route("/never", get(|| async { std::future::pending::<()>().await }));
        let serving = tokio::spawn(serve(listener, router, patience, async {
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

    /// Somebody who asked for megabytes, and of whose answer something has come.
    async fn asked_for_much(address: SocketAddr) -> TcpStream {
        let mut stream = sent(address, ASK_MUCH).await;
        let mut first = [0; 15];
        stream.read_exact(&mut first).await.expect("an answer begins");
        assert_eq!(&first, b"HTTP/1.1 200 OK");
        stream
    }

    #[tokio::test]
    async fn whoever_does_not_read_does_not_hold_up_the_stop() {
        let (address, stop, serving) = served().await;
        let _unread = asked_for_much(address).await;
        stop.send(()).expect("heard");
        timeout(Duration::from_secs(10), serving).await.expect("it stops").expect("without a panic");
    }

    #[tokio::test]
    async fn whoever_takes_nothing_of_an_answer_is_cut_off() {
        let taking = Duration::from_millis(200);
        let (address, _stop, _serving) = served_with(Patience { taking, ..PATIENCE }).await;
        let mut unread = asked_for_much(address).await;
        sleep(10 * taking).await;
        let arrived = rest(&mut unread).await.len();
        assert!(arrived < MUCH, "the rest of it was kept for who did not read: {arrived}");
        let mut other = sent(address, ASK_MUCH).await;
        assert!(rest(&mut other).await.len() > MUCH, "whoever reads gets the whole");
    }

    #[tokio::test]
    async fn one_connection_too_many_waits_until_another_ends() {
        let (address, _stop, _serving) = served_with(Patience { first: A_MINUTE, next: A_MINUTE, most: 2, ..PATIENCE }).await;
        let (one, _two) = (sent(address, b"GET").await, sent(address, b"GET").await);
        let mut third = sent(address, ASK).await;
        let mut first = [0; 15];
        assert!(timeout(PATIENCE.first, third.read_exact(&mut first)).await.is_err(), "there is no place for it");
        drop(one);
        timeout(Duration::from_secs(10), third.read_exact(&mut first)).await.expect("its turn comes").expect("an answer");
        assert_eq!(&first, b"HTTP/1.1 200 OK");
    }

    #[tokio::test]
    async fn a_server_with_every_place_taken_can_be_stopped() {
        let (address, stop, serving) = served_with(Patience { most: 1, ..PATIENCE }).await;
        let _endless = sent(address, b"GET /never HTTP/1.1\r\nhost: x\r\n\r\n").await;
        let _waits = sent(address, ASK).await;
        stop.send(()).expect("heard");
        timeout(Duration::from_secs(10), serving).await.expect("it stops").expect("without a panic");
    }
}
