//! The wire between people and the server: a TCP proxy in this process that delays, cuts, swallows and trickles.

use crate::{Failure, dice::Dice};
use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::sleep,
};

/// What is read from a connection at once.
const CHUNK: usize = 16 << 10;

/// What the wire does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// It passes everything on.
    Through,
    /// It passes requests on and swallows every answer.
    Withhold,
    /// Everything takes so long both ways together, and of so many in a hundred requests or answers the connection is cut.
    Rough {
        /// There and back.
        delay: Duration,
        /// In a hundred.
        loss: u64,
    },
    /// Whoever asks reads slowly: of every answer so many bytes pass at a time.
    Trickle {
        /// At a time.
        bytes: usize,
        /// Between two times.
        every: Duration,
    },
}

/// The proxy.
pub struct Proxy {
    /// Where people connect.
    pub address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

struct Shared {
    server: SocketAddr,
    manner: Mutex<Manner>,
    dice: Mutex<Dice>,
    swallowed: AtomicUsize,
    cut: AtomicU64,
}

impl Shared {
    fn manner(&self) -> Manner {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this chunk's connection is cut now.
    fn cuts(&self, loss: u64) -> bool {
        let cut = self.dice.lock().unwrap_or_else(PoisonError::into_inner).below(100) < loss;
        self.cut.fetch_add(u64::from(cut), Ordering::Relaxed);
        cut
    }
}

impl Proxy {
    /// A wire to the server at this address.
    ///
    /// # Errors
    /// When no port is to be had.
    pub async fn open(server: SocketAddr, dice: Dice) -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            server,
            manner: Mutex::new(Manner::Through),
            dice: Mutex::new(dice),
            swallowed: AtomicUsize::new(0),
            cut: AtomicU64::new(0),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, accepting })
    }

    /// From now on, for connections that stand as well.
    pub fn behave(&self, manner: Manner) {
        *self.shared.manner.lock().unwrap_or_else(PoisonError::into_inner) = manner;
    }

    /// How many answers were swallowed so far.
    pub fn swallowed(&self) -> usize {
        self.shared.swallowed.load(Ordering::Relaxed)
    }

    /// How many connections were cut so far.
    pub fn cut(&self) -> u64 {
        self.shared.cut.load(Ordering::Relaxed)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((person, _)) = listener.accept().await {
        tokio::spawn(connect(person, Arc::clone(&shared)));
    }
}

/// Passes both ways until either ends; then both are closed.
async fn connect(person: TcpStream, shared: Arc<Shared>) {
    let Ok(server) = TcpStream::connect(shared.server).await else { return };
    // Without it a small answer would wait for the next one.
    let _ = (person.set_nodelay(true), server.set_nodelay(true));
    let (from_person, to_person) = person.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        () = pass(from_person, to_server, (&shared, false)) => {}
        () = pass(from_server, to_person, (&shared, true)) => {}
    }
}

async fn pass<R, W>(mut from: R, mut to: W, (shared, answers): (&Shared, bool))
where
    R: AsyncReadExt + Unpin,
    W: AsyncWriteExt + Unpin,
{
    let mut chunk = vec![0; CHUNK];
    loop {
        let most = match shared.manner() {
            Manner::Trickle { bytes, .. } if answers => bytes.clamp(1, CHUNK),
            _ => CHUNK,
        };
        let Ok(read @ 1..) = from.read(&mut chunk[..most]).await else { return };
        match shared.manner() {
            Manner::Through => {}
            Manner::Withhold => {
                if answers {
                    shared.swallowed.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
            }
            Manner::Rough { delay, loss } => {
                sleep(delay / 2).await;
                // Half of the losses fall on requests, half on answers: something was done, and nobody learns of it.
                if shared.cuts(loss / 2) {
                    return;
                }
            }
            Manner::Trickle { bytes, every } => {
                // What is read from now on is read piece by piece; this may still be more than one.
                if answers {
                    for piece in chunk[..read].chunks(bytes.max(1)) {
                        if to.write_all(piece).await.is_err() {
                            return;
                        }
                        sleep(every).await;
                    }
                    continue;
                }
            }
        }
        if to.write_all(&chunk[..read]).await.is_err() {
            return;
        }
    }
}
