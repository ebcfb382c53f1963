//! A browser without scripts: keeps its cookies, follows the real router.

use crate::World;
use axum::{
    Router,
    body::{Body, to_bytes},
};
use engine::Caller;
use http::{HeaderMap, Method, Request, StatusCode, header};
use server::{Config, Site, connections::Patience, router};
use std::{collections::BTreeMap, path::PathBuf};
use tower::ServiceExt;

/// The name of the session's cookie.
const SESSION: &str = "cchc";

/// One browser of one person.
pub struct Client {
    router: Router,
    cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
    /// The body as it came, for files.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Whether the page says it.
    pub fn says(&self, words: &str) -> bool {
        self.body.contains(words)
    }
}

impl World {
    /// The real router around this world's engine.
    pub fn router(&self) -> Router {
        router(self.site())
    }

    /// What the router is built around.
    pub fn site(&self) -> Site {
        let config = Config {
            data: PathBuf::from("."),
            database: String::new(),
            database_connections: engine::store::POSTGRES_CONNECTIONS,
            secret_file: PathBuf::new(),
            listen: ([127, 0, 0, 1], 0).into(),
            metrics_listen: None,
            public_url: "http://hoi-thi.test".to_owned(),
            help_line: "0255 000 0000".to_owned(),
            start_spread_ms: 10_000,
            site: PathBuf::from("no-site"),
            proxies: 0,
            // Stories ask as fast as they can; tests/limits.rs is about the limits.
            rate_limits: false,
            max_connections: Patience::default().most,
            log_json: false,
        };
        Site::new(self.engine.clone(), config)
    }

    /// A browser in which the person is signed in, without the cost of a password.
    ///
    /// # Panics
    /// When the session cannot be opened.
    pub async fn browser_of(&self, person: &Caller) -> Client {
        let mut work = self.engine.store.begin().await.expect("a unit of work");
        let token = work.open_session(self.now(), person.account).await.expect("a session");
        work.commit().await.expect("committed");
        let mut client = self.client();
        client.carry(token.as_str());
        client
    }

    /// A fresh browser.
    pub fn client(&self) -> Client {
        self.client_of(self.router())
    }

    /// A fresh browser at a router of the test's own.
    pub fn client_of(&self, router: Router) -> Client {
        Client { router, cookies: BTreeMap::new() }
    }
}

impl Client {
    /// Sends a request as it is.
    ///
    /// # Panics
    /// When the router breaks.
    pub async fn send(&mut self, mut request: Request<Body>) -> Reply {
        if !self.cookies.is_empty() {
            let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
            request.headers_mut().insert(header::COOKIE, cookies.parse().expect("cookies"));
        }
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.expect("a body");
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("text");
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("a name and a value");
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        // leptos marks where text ends for the browser's half; people do not read that.
        let text = String::from_utf8_lossy(&body).replace("<!>", "");
        Reply { status: parts.status, headers: parts.headers, body: text, bytes: body.into() }
    }

    /// Opens a page.
    ///
    /// # Panics
    /// When the address is none.
    pub async fn get(&mut self, address: &str) -> Reply {
        self.send(Request::get(address).body(Body::empty()).expect("a request")).await
    }

    /// Sends a form from our own page.
    ///
    /// # Panics
    /// When the address is none.
    pub async fn post(&mut self, address: &str, form: &[(&str, &str)]) -> Reply {
        let body = form.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&");
        let request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }

    /// Sends a form with files (`field`, `name`, bytes).
    ///
    /// # Panics
    /// When the address is none.
    pub async fn upload(&mut self, address: &str, form: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Reply {
        const EDGE: &str = "ranh-gioi-7f3a";
        let mut body = Vec::new();
        for (name, value) in form {
            body.extend_from_slice(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
        }
        for (field, name, bytes) in files {
            let head = format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }

    /// Signs in through the page.
    ///
    /// # Panics
    /// When the sign-in is refused.
    pub async fn sign_in(&mut self, login: &str, password: &str) {
        let reply = self.post("/dang-nhap", &[("login", login), ("password", password)]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{login} signs in: {}", reply.body);
    }

    /// The token of the session, if one is open.
    pub fn token(&self) -> Option<&str> {
        self.cookies.get(SESSION).map(String::as_str)
    }

    /// Takes on a session that was opened elsewhere (sign-in costs a hash each).
    pub fn carry(&mut self, token: &str) {
        self.cookies.insert(SESSION.to_owned(), token.to_owned());
    }
}

fn encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            // Writing to a string never fails.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
