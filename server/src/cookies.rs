//! The cookies: the session, `__Host-cchc` over https, `cchc` over http; and the mark of a browser in which somebody has
//! signed in, `__Host-cchc-may` and `cchc-may`.

use http::{HeaderMap, HeaderValue, header::COOKIE};

/// Ours have fewer signs.
const LONGEST_MARK: usize = 64;

/// How the cookies are named and guarded.
#[derive(Debug, Clone, Copy)]
pub struct SessionCookie {
    /// Whether people reach the site over TLS.
    pub secure: bool,
}

impl SessionCookie {
    fn name(self) -> &'static str {
        if self.secure { "__Host-cchc" } else { "cchc" }
    }

    fn mark_name(self) -> &'static str {
        if self.secure { "__Host-cchc-may" } else { "cchc-may" }
    }

    fn guards(self) -> &'static str {
        if self.secure { "; Path=/; HttpOnly; SameSite=Lax; Secure" } else { "; Path=/; HttpOnly; SameSite=Lax" }
    }

    /// The token in the request's cookies.
    pub fn read(self, headers: &HeaderMap) -> Option<String> {
        read(self.name(), headers)
    }

    /// The mark of the browser in the request's cookies.
    pub fn read_mark(self, headers: &HeaderMap) -> Option<String> {
        read(self.mark_name(), headers).filter(|mark| mark.len() <= LONGEST_MARK)
    }

    /// The header that marks the browser: it says nothing of who signed in, and stays when they sign out.
    pub fn set_mark(self, mark: &str) -> Option<HeaderValue> {
        let quarter = 90 * 24 * 3_600;
        HeaderValue::from_str(&format!("{}={mark}{}; Max-Age={quarter}", self.mark_name(), self.guards())).ok()
    }

    /// The header that sets it; the server's table ends the session, the browser only forgets it.
    pub fn set(self, token: &str) -> Option<HeaderValue> {
        let week = 7 * 24 * 3_600;
        HeaderValue::from_str(&format!("{}={token}{}; Max-Age={week}", self.name(), self.guards())).ok()
    }

    /// The header that drops it.
    pub fn drop(self) -> Option<HeaderValue> {
        HeaderValue::from_str(&format!("{}={}; Max-Age=0", self.name(), self.guards())).ok()
    }
}

fn read(name: &str, headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, value)| *known == name && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_bound_to_the_host_over_https() {
        let set = SessionCookie { secure: true }.set("abc").expect("set");
        assert_eq!(set.to_str().expect("text"), "__Host-cchc=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=604800");
        let drop = SessionCookie { secure: true }.drop().expect("dropped");
        assert_eq!(drop.to_str().expect("text"), "__Host-cchc=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("x=1; cchc=abc; y=2"));
        assert_eq!(SessionCookie { secure: false }.read(&headers).as_deref(), Some("abc"));
        assert_eq!(SessionCookie { secure: true }.read(&headers), None);
    }

    #[test]
    fn the_mark_of_a_browser_is_no_session() {
        let cookie = SessionCookie { secure: true };
        let set = cookie.set_mark("abc").expect("set");
        assert_eq!(set.to_str().expect("text"), "__Host-cchc-may=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=7776000");
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("__Host-cchc-may=abc"));
        assert_eq!((cookie.read_mark(&headers).as_deref(), cookie.read(&headers)), (Some("abc"), None));
        let endless = format!("__Host-cchc-may={}", "a".repeat(65));
        headers.insert(COOKIE, HeaderValue::from_str(&endless).expect("a cookie"));
        assert_eq!(cookie.read_mark(&headers), None);
    }
}
