//! Doors: everything that can be asked of the site by POST, and what is answered without a page.

use crate::{page::Visitor, submitted::Outcome};
use axum::response::Response;
use domain::{Refusal, identity::Action};
use engine::{Caller, Engine};
use http::{HeaderMap, Method};
use std::{any::Any, borrow::Cow, future::Future, pin::Pin, sync::Arc};

/// The future of a door.
pub type Doing<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// One door of the site.
#[derive(Clone, Copy)]
pub struct Door {
    /// GET or POST.
    pub method: &'static Method,
    /// Its address: `/thi/{attempt}`.
    pub path: &'static str,
    /// The largest body it takes, in bytes.
    pub limit: usize,
    /// Who may open it: whom a role allows one of these; everybody, when it names none.
    pub rights: &'static [Action],
    /// What it does.
    pub act: Act,
}

/// What stands behind a door.
#[derive(Clone, Copy)]
pub enum Act {
    /// The POST of a page: accepted, the browser goes on; refused, the page is shown again.
    Form(fn(Ask) -> Doing<engine::Result<Answer>>),
    /// Anything else: answers by itself.
    Raw(fn(Ask) -> Doing<Response>),
    /// A server function, which leptos opens by itself once the right was asked.
    Function,
}

/// The usual limit of a form's body.
pub const FORM_LIMIT: usize = 256 << 10;
/// The limit of a form with files.
pub const UPLOAD_LIMIT: usize = 9 << 20;

impl Door {
    /// The POST of the page at the same address.
    pub const fn form(path: &'static str, act: fn(Ask) -> Doing<engine::Result<Answer>>) -> Self {
        Self::new(&Method::POST, path, FORM_LIMIT, Act::Form(act))
    }

    /// The POST of a page with files.
    pub const fn upload(path: &'static str, act: fn(Ask) -> Doing<engine::Result<Answer>>) -> Self {
        Self::new(&Method::POST, path, UPLOAD_LIMIT, Act::Form(act))
    }

    /// A GET that answers something other than a page.
    pub const fn get(path: &'static str, act: fn(Ask) -> Doing<Response>) -> Self {
        Self::new(&Method::GET, path, 0, Act::Raw(act))
    }

    /// A POST that answers something other than a page.
    pub const fn post(path: &'static str, act: fn(Ask) -> Doing<Response>) -> Self {
        Self::new(&Method::POST, path, FORM_LIMIT, Act::Raw(act))
    }

    /// The server function at this address: `/api/bank/preview`.
    pub const fn function(path: &'static str) -> Self {
        Self::new(&Method::POST, path, FORM_LIMIT, Act::Function)
    }

    const fn new(method: &'static Method, path: &'static str, limit: usize, act: Act) -> Self {
        Self { method, path, limit, rights: &[], act }
    }

    /// The same door, only for those whom a role allows one of these.
    #[must_use]
    pub const fn needs(self, rights: &'static [Action]) -> Self {
        Self { rights, ..self }
    }

    /// Refuses whoever has none of its rights, before anything that was sent is read.
    ///
    /// # Errors
    /// [`Refusal::SignInFirst`], [`Refusal::NotAllowed`].
    pub fn admit(&self, visitor: &Visitor) -> Result<(), Refusal> {
        if self.rights.is_empty() {
            return Ok(());
        }
        let caller = visitor.caller.as_ref().ok_or(Refusal::SignInFirst)?;
        if self.rights.iter().any(|right| caller.may(*right)) { Ok(()) } else { Err(Refusal::NotAllowed) }
    }
}

/// What is asked.
pub struct Ask {
    /// The engine.
    pub engine: Engine,
    /// Who asks.
    pub visitor: Visitor,
    /// The named parts of the address.
    pub params: Vec<(Cow<'static, str>, String)>,
    /// The query string.
    pub query: Form,
    /// The form in the body.
    pub form: Form,
    /// The headers.
    pub headers: HeaderMap,
}

impl Ask {
    /// The signed-in caller.
    ///
    /// # Errors
    /// [`Refusal::SignInFirst`].
    pub fn caller(&self) -> Result<Caller, Refusal> {
        self.visitor.caller.clone().ok_or(Refusal::SignInFirst)
    }

    /// A named part of the address; empty when the pattern lacks it.
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The id in the address.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is no id.
    pub fn param_id<I: From<uuid::Uuid>>(&self, name: &str) -> Result<I, Refusal> {
        uuid::Uuid::parse_str(self.param(name)).map(I::from).map_err(|_| Refusal::NotFound)
    }
}

/// What a form's deed answers when it was accepted.
pub enum Answer {
    /// Go on to this local address (303).
    Go(String),
    /// A session was opened: set its cookie and go on.
    SignedIn {
        /// The session's token.
        token: String,
        /// Where to go.
        to: String,
    },
    /// The session was ended: drop its cookie and go on.
    SignedOut(String),
    /// Show the page again with something that is shown once.
    Show(Outcome),
    /// Show the page again with what was typed (a step without JavaScript, such as a preview).
    Again,
    /// Show the page again with these values in its form (a step that changes them, such as "this option up").
    Changed(Vec<(String, String)>),
    /// Answer an island at the same address, without a page.
    Reply(Box<Response>),
}

impl Answer {
    /// Go on to a local address.
    pub fn go(to: impl Into<String>) -> Self {
        Self::Go(to.into())
    }

    /// Show the page again with this; the page reads it by `page::shown::<T>()`.
    pub fn show<T: Any + Send + Sync>(what: T) -> Self {
        Self::Show(Outcome(Arc::new(what)))
    }
}

/// A sent form: names and values in their order, and files.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Names and values; shared with the page that may be shown again.
    pub values: Arc<Vec<(String, String)>>,
    /// Files.
    pub files: Vec<Upload>,
}

/// An uploaded file.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The field.
    pub field: String,
    /// The file's name as sent; never a path to be used.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Form {
    /// The first value of a field, trimmed; empty when absent.
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value of a field as it was sent; empty when absent.
    pub fn raw(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.values.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.raw(name).is_empty()
    }

    /// Whether the field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(field, _)| field == name)
    }

    /// A file of this field that is not empty.
    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.iter().find(|file| file.field == name && !file.bytes.is_empty())
    }

    /// Reads a form-encoded text.
    pub fn read(encoded: &[u8]) -> Self {
        Self { values: Arc::new(form_urlencoded::parse(encoded).into_owned().collect()), files: Vec::new() }
    }
}

/// A local address to return to, or `otherwise`: never another site (`//evil`, `https:…`).
///
/// Browsers drop tabs and line ends from an address and take a backslash for a slash (URL Standard, WHATWG).
pub fn local(address: &str, otherwise: &str) -> String {
    let hides = |sign: char| sign == '\\' || sign.is_control();
    let safe = address.starts_with('/') && !address.starts_with("//") && !address.contains(hides);
    if safe { address.to_owned() } else { otherwise.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_local_addresses_are_returned_to() {
        assert_eq!(local("/cuoc-thi/tuan-1?x=1", "/"), "/cuoc-thi/tuan-1?x=1");
        for foreign in ["", "https://evil.test", "//evil.test", "/\\evil.test", "javascript:alert(1)", "/a\r\nSet-Cookie: x"] {
            assert_eq!(local(foreign, "/"), "/", "{foreign:?}");
        }
        for hidden in ["/\t/evil.test", "/\n/evil.test", "/\u{0}/evil.test", "/\u{85}/evil.test", "\t//evil.test"] {
            assert_eq!(local(hidden, "/"), "/", "{hidden:?}");
        }
    }
}
