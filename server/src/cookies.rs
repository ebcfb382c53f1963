//! The session cookie: `__Host-cchc` over https, `cchc` over http.

use http::{HeaderMap, HeaderValue, header::COOKIE};

/// How the cookie is named and guarded.
#[derive(Debug, Clone, Copy)]
pub struct SessionCookie {
    /// Whether people reach the site over TLS.
    pub secure: bool,
}

impl SessionCookie {
    fn name(self) -> &'static str {
        if self.secure { "__Host-cchc" } else { "cchc" }
    }

    fn guards(self) -> &'static str {
        if self.secure { "; Path=/; HttpOnly; SameSite=Lax; Secure" } else { "; Path=/; HttpOnly; SameSite=Lax" }
    }

    /// The token in the request's cookies.
    pub fn read(self, headers: &HeaderMap) -> Option<String> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, value)| *name == self.name() && !value.is_empty())
            .map(|(_, value)| value.to_owned())
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
}
