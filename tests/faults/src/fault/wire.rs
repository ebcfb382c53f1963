//! Faults between people and the server: a bad line, repeats, takeovers, readers that do not read.

use super::{REPEATED, RESTART, ROUGH, SLOW, TAKEN, everybody, must_have_happened};
use crate::{
    Failure,
    cast::{Cast, Lifted, Made, Played, play},
    history::{Call, Deed},
    manner::Manner,
    proxy,
    run::Run,
};
use domain::Millis;
use std::{path::Path, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::{Instant, sleep, timeout},
};

/// While others do not read, answers flow within so many milliseconds, in an unoptimised build as well.
const BESIDES: i64 = 2_000;
/// Files that each slow reader asks for at once, far more than both ends of a connection hold.
const FILES: usize = 20;
/// Whoever reads slowly reads so many bytes …
const SIP: usize = 64;
/// … at a time, and then waits so long: an acknowledgement takes most of a second.
const SIP_EVERY: Duration = Duration::from_millis(50);
/// An answer that took so long was read slowly: even the shortest one is more than four sips.
const SIPPED: Millis = Millis(200);

/// Three seconds there and back, and of ten requests one is lost, going or coming.
pub async fn rough(run: &Run) -> Result<Played, Failure> {
    // Of many people, something is lost soon.
    let cast = Cast { people: 2 * run.scale.people, ..everybody(run) };
    play(run, (ROUGH, cast), async |_| {
        let (before, since) = (run.proxy.cut(), Instant::now());
        run.proxy.behave(proxy::Manner::Rough { delay: Duration::from_secs(3), loss: 10 });
        // As long as it takes to lose something.
        while since.elapsed() < run.scale.rough || run.proxy.cut() == before && since.elapsed() < 6 * run.scale.rough {
            sleep(Duration::from_millis(50)).await;
        }
        run.proxy.behave(proxy::Manner::Through);
        let lifted = vec![Lifted::at(run.history.now())];
        let cut = usize::try_from(run.proxy.cut() - before)?;
        Ok(Made { lifted, seen: must_have_happened(cut, "connections cut")?, ..Made::default() })
    })
    .await
}

/// Everything twice at once, old requests again, the second before the first.
pub async fn repeated(run: &Run) -> Result<Played, Failure> {
    let manners = vec![Manner::Repeating, Manner::Reordering, Manner::Anew];
    let cast = Cast { manners, contests: vec![run.long], people: run.scale.people };
    play(run, (REPEATED, cast), async |_| {
        let from = run.history.len();
        let superseded = || {
            run.count(from, |call| match (&call.deed, call.ack()) {
                (Deed::Save { seq, .. }, Some(heard)) => heard.said.seq > *seq,
                _ => false,
            })
        };
        go_on_until(run, || superseded() > 0).await;
        Ok(Made { seen: must_have_happened(superseded(), "saves overtaken by newer ones")?, ..Made::default() })
    })
    .await
}

/// Two tabs with the same numbers, two devices that take the sheet from each other in mid-save.
pub async fn taken(run: &Run) -> Result<Played, Failure> {
    let manners = vec![Manner::TwoDevices, Manner::TwoTabs];
    let cast = Cast { manners, contests: vec![run.long], people: run.scale.people };
    play(run, (TAKEN, cast), async |_| {
        let from = run.history.len();
        let told = |refusal: &str| run.count(from, |call| call.heard.as_ref().is_some_and(|heard| heard.said.refusal == refusal));
        go_on_until(run, || told("TakenOver") > 0 && told("SaveConflict") > 0).await;
        let taken = must_have_happened(told("TakenOver"), "saves told that the sheet was taken over")?;
        let conflicts = must_have_happened(told("SaveConflict"), "conflicts of two tabs")?;
        Ok(Made { seen: format!("{taken}, {conflicts}"), ..Made::default() })
    })
    .await
}

/// Lets people go on for a while, and then for as long as it takes (a few times that) until chance has brought it about.
async fn go_on_until(run: &Run, happened: impl Fn() -> bool) {
    let since = Instant::now();
    while since.elapsed() < run.scale.halt || !happened() && since.elapsed() < 8 * run.scale.halt {
        sleep(Duration::from_millis(50)).await;
    }
}

/// A slow reader on every live connection; then, besides, many on which much is asked for and hardly read, which outlive a restart.
pub async fn slow(run: &Run) -> Result<Played, Failure> {
    play(run, (SLOW, everybody(run)), async |_| {
        let sipped = sip(run).await?;
        let (count, file) = (3 * run.scale.people, largest_file(&run.ground.plan.site)?);
        let mut readers = slow_readers(run, &file, count).await?;
        let mut lifted = vec![Lifted::at(run.history.now()).within(BESIDES)];
        let until = Instant::now() + run.scale.halt;
        let mut read = 0;
        while Instant::now() < until {
            for reader in &mut readers {
                let mut byte = [0];
                if reader.try_read(&mut byte).is_ok_and(|bytes| bytes > 0) {
                    read += 1;
                }
            }
            sleep(Duration::from_millis(100)).await;
        }
        must_have_happened(read, "bytes read slowly")?;
        // The server may have lost patience with those by now: it stops with new ones.
        let mut standing = slow_readers(run, &file, count).await?;
        // Whoever has read everything was no slow reader.
        let mut rest = Vec::new();
        let first = standing.first_mut().ok_or("no reader")?;
        let _ = timeout(Duration::from_millis(300), first.take(100_000).read_to_end(&mut rest)).await;
        must_have_happened(rest.len(), "bytes waiting for a slow reader")?;
        lifted.push(run.replace(&[]).await?.within(RESTART));
        sleep(run.scale.calm).await;
        drop((readers, standing));
        Ok(Made {
            lifted,
            seen: format!("{sipped}; {count} connections that read {read} bytes, and as many at a restart"),
            ..Made::default()
        })
    })
    .await
}

/// Everybody reads every answer sip by sip until each has been acknowledged all the same; in words.
async fn sip(run: &Run) -> Result<String, Failure> {
    let (from, since) = (run.history.len(), run.history.now());
    run.proxy.behave(proxy::Manner::Trickle { bytes: SIP, every: SIP_EVERY });
    let sipped = |call: &Call| call.sent >= since && call.kept().is_some() && call.took() >= Some(SIPPED);
    go_on_until(run, || run.history.who(from, sipped).len() >= run.scale.people).await;
    let (saves, people) = (run.count(from, sipped), run.history.who(from, sipped).len());
    run.proxy.behave(proxy::Manner::Through);
    if people < run.scale.people {
        return Err(format!("of {} slow readers only {people} were acknowledged", run.scale.people).into());
    }
    Ok(format!("{saves} acknowledgements read {SIP} bytes at a time by {people} people"))
}

async fn slow_readers(run: &Run, file: &str, count: usize) -> Result<Vec<TcpStream>, Failure> {
    let mut readers = Vec::with_capacity(count);
    for _ in 0..count {
        readers.push(slow_reader(run, file).await?);
    }
    Ok(readers)
}

/// A connection of a small window, on which a page and then more files are asked for than both its ends hold.
async fn slow_reader(run: &Run, file: &str) -> Result<TcpStream, Failure> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(4 << 10)?;
    let plan = &run.ground.plan;
    let mut stream = socket.connect(plan.listen).await?;
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: */*\r\n\r\n", plan.listen);
    let asked = get(&format!("/cuoc-thi/{}", run.long.slug)) + &get(file).repeat(FILES);
    stream.write_all(asked.as_bytes()).await?;
    Ok(stream)
}

/// The address of the largest file that the site gives out: half a megabyte, and nothing has to be rendered for it.
fn largest_file(site: &Path) -> Result<String, Failure> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(site.join("pkg"))? {
        let entry = entry?;
        files.push((entry.metadata()?.len(), entry.file_name().to_string_lossy().into_owned()));
    }
    let (_, name) = files.into_iter().max().ok_or("the site has no files")?;
    Ok(format!("/pkg/{name}"))
}
