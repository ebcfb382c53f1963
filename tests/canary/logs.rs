//! A log of everything, far beyond what an operator would ask for, holds no key, no secret and no answer.

use super::question;
use axum::body::Body;
use domain::Millis;
use engine::Caller;
use http::{Request, StatusCode, header};
use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};
use tests::{CANARIES, Client, PASSWORD, Reply, SMALL, Small, SmallRound, World, login_of, story};
use tracing_subscriber::{
    EnvFilter,
    fmt::{MakeWriter, format::FmtSpan},
};

/// Everything that was logged.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Heard {
    /// Listens from now on to everything, far beyond what an operator would ask for.
    fn begin() -> Self {
        let heard = Self::default();
        tracing_subscriber::fmt()
            .with_env_filter(server::logs::filter(EnvFilter::new("trace")))
            .with_span_events(FmtSpan::NEW)
            .with_ansi(false)
            .with_writer(heard.clone())
            .init();
        heard
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Heard {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// What nobody may find in a log.
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn add(&mut self, what: &'static str, secret: &str) {
        assert!(secret.len() > 7, "{what} could stand anywhere: {secret}");
        self.0.push((what, secret.to_owned()));
    }
}

const NEW_PASSWORD: &str = "song-ve-chay-ra-bien-2031";
const WRONG_PASSWORD: &str = "nui-an-nhin-ra-bien-2030";
const IDENTITY_NUMBER: &str = "051085001234";
const ANSWER: &str = "31415926";

/// Somebody signs up, gets it wrong, signs in, gives the identity number and changes the password.
async fn a_person_comes(world: &World, secrets: &mut Secrets) {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let login = login_of(&lan.full_name);
    let mut browser = world.client();
    let wrong = browser.post("/dang-nhap", &[("login", &login), ("password", WRONG_PASSWORD)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unit = lan.unit.expect("a unit").to_string();
    let form = [
        ("login", "0905123456"),
        ("full_name", "Nguyễn Thị Hai"),
        ("audience", "civil_servant"),
        ("unit", &unit),
        ("password", NEW_PASSWORD),
    ];
    assert_eq!(world.client().post("/dang-ky", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "without consent");
    browser.sign_in(&login, PASSWORD).await;
    secrets.add("a session", browser.token().expect("signed in"));
    world.engine.give_national_id(&lan, IDENTITY_NUMBER, None).await.expect("kept");
    let form = [("deed", "password"), ("old_password", WRONG_PASSWORD), ("password", NEW_PASSWORD)];
    assert_eq!(browser.post("/tai-khoan", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [("deed", "password"), ("old_password", PASSWORD), ("password", NEW_PASSWORD)];
    assert_eq!(browser.post("/tai-khoan", &form).await.status, StatusCode::SEE_OTHER);
    browser.get("/du-lieu-cua-toi").await;
    let slip = world.engine.issue_code(&world.organiser().await, lan.account).await.expect("issued");
    secrets.add("a one-time code", &slip.code.shown());
    browser.post("/dat-lai-mat-khau", &[("code", &slip.code.shown()), ("password", "ngan")]).await;
    for (what, secret) in [("a password", PASSWORD), ("a new password", NEW_PASSWORD), ("a wrong password", WRONG_PASSWORD)] {
        secrets.add(what, secret);
    }
    secrets.add("an identity number", IDENTITY_NUMBER);
}

/// What the island sends.
async fn island(browser: &mut Client, address: &str, body: String) -> Reply {
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .expect("a request");
    browser.send(request).await
}

/// A whole sitting through the doors: started, saved in both ways, looked at, handed in.
async fn a_paper_is_sat(world: &World, small: &Small, secrets: &mut Secrets) {
    let person = world.entrant("Trần Văn Minh").await;
    let mut browser = world.browser_of(&person).await;
    let started = browser.post(&format!("/cuoc-thi/{SMALL}/thi"), &[("round", &small.round.to_string())]).await;
    let sheet = started.location().to_owned();
    assert!(sheet.starts_with("/thi/"), "{}", started.body);
    let answered = island(&mut browser, &sheet, format!("hold=0&seq=1&q1=1&prediction={ANSWER}")).await;
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.body);
    island(&mut browser, &sheet, format!("hold=0&seq=1&q1=2&prediction={ANSWER}")).await;
    island(&mut browser, &sheet, "hold=không&seq=".to_owned()).await;
    browser.post(&sheet, &[("hold", "0"), ("q1", "2"), ("prediction", ANSWER), ("deed", "save")]).await;
    for address in [sheet.clone(), format!("{sheet}/nhip"), format!("{sheet}/nop")] {
        browser.get(&address).await;
    }
    let handed = browser.post(&format!("{sheet}/nop"), &[]).await;
    assert_eq!(handed.status, StatusCode::SEE_OTHER, "{}", handed.body);
    browser.get(&format!("{sheet}/ket-qua")).await;
    secrets.add("an answer", ANSWER);
    // Another sheet is ended by the clock.
    world.sits("Lê Thị Đào", small).await;
    world.wind(Millis::hours(3));
    assert_eq!(world.engine.sweep().await.expect("swept").ended, 1);
}

/// Who may read the bank reads it, and types keys into it; who judges judges.
async fn staff_work(world: &World, small: &Small) {
    let (author, organiser) = (world.author().await, world.organiser().await);
    let question = question(world).await;
    let mut writer = world.browser_of(&author).await;
    let (key, topic) = (CANARIES[2], world.writing("2").await.topic.to_string());
    let typed = [("topic", topic.as_str()), ("difficulty", "apply"), ("kind", "number"), ("text", "Bao nhiêu?"), ("answer", key)];
    let begun = writer.post("/quan-tri/cau-hoi/moi", &typed).await;
    let address = begun.location().to_owned();
    assert!(address.starts_with("/quan-tri/cau-hoi/"), "{}", begun.body);
    writer.post(&address, &[("deed", "save"), ("revision", "1"), ("kind", "number"), ("answer", key), ("legal_from", CANARIES[1])]).await;
    let form = format!("revision=9&kind=number&answer={key}&explanation={}", CANARIES[0]);
    let id = address.trim_start_matches("/quan-tri/cau-hoi/");
    writer.post("/api/bank/autosave", &[("question", id), ("form", &form)]).await;
    writer.post("/api/bank/autosave", &[("question", id), ("forms", &form)]).await;
    writer.post("/api/bank/preview", &[("form", &form)]).await;
    world.engine.begin_review(&organiser, small.round).await.expect("the review begins");
    let mut desk = world.browser_of(&organiser).await;
    for address in
        [format!("/quan-tri/cau-hoi/{question}"), format!("/quan-tri/dot/{}/ket-qua", small.round), "/quan-tri/cau-hoi".to_owned()]
    {
        assert_eq!(desk.get(&address).await.status, StatusCode::OK, "{address}");
    }
}

/// Something breaks, so that the log says why.
async fn something_breaks(world: &World, small: &Small, organiser: &Caller) {
    world.run("update round set rules = 'không đọc được' where id = $1", &[small.round.0]).await;
    let broken = world.browser_of(organiser).await.get(&format!("/quan-tri/dot/{}", small.round)).await;
    assert_eq!(broken.status, StatusCode::INTERNAL_SERVER_ERROR);
}

story!(a_log_of_everything_holds_no_key_no_secret_and_no_answer, |world| {
    let heard = Heard::begin();
    let mut secrets = Secrets(vec![]);
    a_person_comes(&world, &mut secrets).await;
    let small = world.small_round(&SmallRound::default()).await;
    a_paper_is_sat(&world, &small, &mut secrets).await;
    staff_work(&world, &small).await;
    something_breaks(&world, &small, &world.organiser().await).await;
    for canary in CANARIES {
        secrets.add("a key or explanation", canary);
    }
    let log = heard.text();
    assert!(log.contains("a deed broke"), "the log was heard: {log}");
    assert!(log.contains("insert into audit_note"), "down to the statements");
    for (what, secret) in &secrets.0 {
        if let Some(line) = log.lines().find(|line| line.contains(secret.as_str())) {
            panic!("{what} was logged: {line}");
        }
    }
});
