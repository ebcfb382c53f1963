//! Two nodes on one PostgreSQL with a plain balancer in front: what changes on one is seen on the other, one is killed.

use crate::{
    Failure,
    cast::{Cast, Lifted, Made, play as play_cast},
    contestant::Contestant,
    history::Said,
    manner::Manner,
    organisers::Desk,
    run::{Plan, Run, kept_history, verdict},
};
use domain::{Millis, Timestamp};
use load::{
    http::{Ask, Wires},
    rows,
    server::{Plan as ServerPlan, Server, free_address},
};
use std::{net::SocketAddr, path::PathBuf, process::Stdio, time::Duration};
use tokio::{
    process::{Child, Command},
    time::{Instant, sleep},
};

/// What changes on one node is seen on the other within this time.
const A_SECOND: Duration = Duration::from_secs(1);
/// A dead leader has a successor within this time.
const TEN_SECONDS: Duration = Duration::from_secs(10);
/// Answers flow on through the balancer within so many milliseconds of a node's death.
const THROUGH: i64 = 5_000;
/// Everybody's do within so many: those whom it had not answered yet wait until nginx has given it up.
const EVERYBODY: i64 = 12_000;

/// nginx in a temporary folder.
struct Balancer {
    process: Child,
    folder: tempfile::TempDir,
}

/// Debian keeps it where only root looks.
fn find_nginx() -> Result<PathBuf, Failure> {
    let folders = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let places = folders.into_iter().chain([PathBuf::from("/usr/sbin")]).map(|folder| folder.join("nginx"));
    places.into_iter().find(|program| program.exists()).ok_or_else(|| "nginx is not installed; type: scripts/setup test".into())
}

/// The configuration that stands beside the handbook for operators: what is tested is what is installed.
const SHIPPED: &str = include_str!("../../../docs/operations/nginx.conf");

/// The shipped configuration with these nodes, without TLS and on loopback.
fn settings(folder: &str, listen: SocketAddr, nodes: [SocketAddr; 2]) -> String {
    let [one, two] = nodes;
    let port = listen.port();
    let site: String = SHIPPED
        .replace(
            "server 127.0.0.1:3000 max_fails=1 fail_timeout=2s;",
            &format!("server {one} max_fails=1 fail_timeout=2s;\n    server {two} max_fails=1 fail_timeout=2s;"),
        )
        .replace("listen 443 ssl http2;", &format!("listen {listen};"))
        // Whoever comes without TLS is led to it: nobody does here.
        .replace("listen 80;", &format!("listen 127.0.0.2:{port};"))
        .split_inclusive('\n')
        .filter(|line| !["ssl_", "listen [::]"].iter().any(|begin| line.trim_start().starts_with(begin)))
        .collect();
    format!(
        "daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\n\
           access_log off;\n\
           client_body_temp_path {folder}/body;\n proxy_temp_path {folder}/proxy;\n\
           fastcgi_temp_path {folder}/fastcgi;\n uwsgi_temp_path {folder}/uwsgi;\n scgi_temp_path {folder}/scgi;\n\
           {site}\n\
         }}\n"
    )
}

impl Balancer {
    async fn start(listen: SocketAddr, nodes: [SocketAddr; 2]) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let (home, file) = (folder.path().display().to_string(), folder.path().join("nginx.conf"));
        std::fs::write(&file, settings(&home, listen, nodes))?;
        let mut command = Command::new(find_nginx()?);
        command.arg("-p").arg(folder.path()).arg("-c").arg(&file).arg("-e").arg(folder.path().join("error.log"));
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).spawn()?;
        let balancer = Self { process, folder };
        for _ in 0..100 {
            if tokio::net::TcpStream::connect(listen).await.is_ok() {
                return Ok(balancer);
            }
            sleep(Duration::from_millis(50)).await;
        }
        let log = std::fs::read_to_string(balancer.folder.path().join("error.log")).unwrap_or_default();
        Err(format!("nginx does not listen:\n{log}").into())
    }

    async fn stop(mut self) -> Result<(), Failure> {
        Ok(self.process.kill().await?)
    }
}

/// Plays a contest on two nodes; whether everything held.
///
/// # Errors
/// When the play itself fails.
pub async fn play(plan: &Plan, tell: impl Fn(&str)) -> Result<bool, Failure> {
    let entrance = free_address()?;
    let run = Run::open(plan, Some(entrance)).await?;
    let second = ServerPlan { listen: free_address()?, ..run.ground.plan.clone() };
    let mut other = Server::start(&second).await?;
    let addresses = [run.ground.plan.listen, second.listen];
    let balancer = Balancer::start(entrance, addresses).await?;
    tell(&format!("── two nodes behind nginx, seed {}", plan.seed));
    let cast = Cast { manners: Manner::ALL.to_vec(), contests: vec![run.long], people: plan.scale.people };
    let changed = play_cast(&run, ("a change on one node", cast.clone()), async |_| change(&run, addresses).await).await?;
    tell(&changed.line());
    let killed = play_cast(&run, ("the leader is killed", cast), async |_| kill_leader(&run, &mut other).await).await?;
    tell(&killed.line());
    let mut held = changed.held() && killed.held();
    if held {
        let broken = run.close().await?;
        for broken in &broken {
            tell(&format!("   {} IS BROKEN: {}", broken.invariant, broken.what));
        }
        held = broken.is_empty();
    }
    // It may have been the one that was killed.
    let _ = other.stop().await;
    balancer.stop().await?;
    tell(&format!("── two nodes: {}", verdict(held)));
    if !held {
        let file = kept_history("nodes", plan.seed);
        run.history.write(&file)?;
        tell(&format!("   every call: {}", file.display()));
    }
    Ok(held)
}

/// An organiser proposes on one node that the round closes later, a second agrees there; the other node's sheets know.
async fn change(run: &Run, nodes: [SocketAddr; 2]) -> Result<Made, Failure> {
    let wires = nodes.map(|node| Wires::new(node, 2));
    let round = run.long.round;
    let watcher = run.ground.people(&[run.long], 1).await?.pop().ok_or("nobody")?;
    let sheets = std::sync::Mutex::default();
    let (_, day) = tokio::sync::watch::channel(crate::contestant::Day::On);
    let seat = (run.entrance(), run.dice_of("watcher"), day);
    let mut sitting = Contestant::new(watcher.clone(), (Manner::Steady, run.long, run.scale.pace), (&run.history, &sheets), seat);
    let attempt = sitting.sit_down().await?;
    let pulse = format!("/thi/{attempt}/nhip");
    let due = async |node: usize| {
        let ask = Ask { token: &watcher.tokens[0], path: &pulse, form: None, json: true };
        let said: Said = serde_json::from_slice(&wires[node].ask(ask).await?.body)?;
        Ok::<_, Failure>(said.deadline)
    };
    // Both remember the sheet as it is before the change.
    let before = [due(0).await?, due(1).await?];
    let closes = run.ground.closing(round).await? + Millis::minutes(10);
    Desk::open(run, round, nodes[0]).await?.close_later(closes).await?;
    let since = Instant::now();
    let mut seen = [None, None];
    while seen.contains(&None) && since.elapsed() < 3 * A_SECOND {
        for node in [1, 0] {
            if seen[node].is_none() && due(node).await? > before[node] {
                seen[node] = Some(since.elapsed());
            }
        }
        sleep(Duration::from_millis(120)).await;
    }
    match seen {
        [Some(here), Some(there)] if here <= A_SECOND && there <= A_SECOND => {
            Ok(Made { seen: format!("seen there after {} ms, here after {} ms", there.as_millis(), here.as_millis()), ..Made::default() })
        }
        _ => Err(format!("a change on one node was seen after {seen:?} (here, there)").into()),
    }
}

/// Who leads is killed; the other one leads within ten seconds, and people hardly notice.
async fn kill_leader(run: &Run, other: &mut Server) -> Result<Made, Failure> {
    let leader = holder(run).await?;
    let killed_at: Timestamp = run.history.now();
    let since = Instant::now();
    let is_first = leads(&run.server.lock().await.log(), &leader);
    if is_first {
        run.server.lock().await.kill().await?;
    } else if leads(&other.log(), &leader) {
        other.kill().await?;
    } else {
        return Err(format!("neither node says that it is {leader}").into());
    }
    let mut successor = leader.clone();
    while successor == leader && since.elapsed() < 2 * TEN_SECONDS {
        sleep(Duration::from_millis(50)).await;
        successor = holder(run).await?;
    }
    let took = since.elapsed();
    if took > TEN_SECONDS {
        return Err(format!("the lease moved after {} ms", took.as_millis()).into());
    }
    // It comes back, on its own port, and follows.
    if is_first {
        run.start_again(&[]).await?;
    }
    Ok(Made {
        lifted: vec![Lifted::at(killed_at).within(THROUGH).for_everybody(EVERYBODY)],
        seen: format!("the lease moved after {} ms", took.as_millis()),
        ..Made::default()
    })
}

async fn holder(run: &Run) -> Result<String, Failure> {
    for _ in 0..200 {
        let found: Vec<(String,)> = rows!(&run.ground.engine.store, "select holder from lease where name = 'sweep'");
        if let Some((holder,)) = found.into_iter().next() {
            return Ok(holder);
        }
        sleep(Duration::from_millis(50)).await;
    }
    Err("nobody leads".into())
}

/// Whether this is the log of the node of that name.
fn leads(log: &str, node: &str) -> bool {
    log.contains(&format!("node=\"{node}\"")) || log.contains(&format!("node={node}"))
}
