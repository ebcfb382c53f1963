//! The page that helps when something went wrong: what happened, what to do, whom to call.

use crate::{frame::brand, page::sign_in_address};
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use domain::Refusal;
use engine::Stop;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, Title};

/// The help line of the site; it stands on every page until a contest names its own.
pub fn help_line() -> String {
    use_context::<engine::Engine>().map_or_else(String::new, |engine| engine.help_line.clone())
}

/// The help line as a link that a phone dials.
#[component]
pub fn HelpLine(
    /// The contest's own number; empty: the site's.
    #[prop(optional, into)]
    number: String,
) -> impl IntoView {
    let number = if number.is_empty() { help_line() } else { number };
    view! { <a class="helpline" href=telephone(&number)>{number.clone()}</a> }
}

/// The host of the site.
pub const HOST: &str = "Trung tâm Phục vụ – Kiểm soát TTHC tỉnh, Văn phòng UBND tỉnh Quảng Ngãi";

/// Logs a fault once, with its whole chain, and returns the id that the person is shown.
pub fn log(stop: &Stop) -> Option<String> {
    let Stop::Fault(fault) = stop else { return None };
    let incident = engine::random::code(8);
    let mut chain = fault.to_string();
    let mut cause = std::error::Error::source(fault);
    while let Some(error) = cause {
        chain.push_str(": ");
        chain.push_str(&error.to_string());
        cause = error.source();
    }
    tracing::error!(incident, chain, "a deed broke");
    Some(incident)
}

/// What went wrong with a request, and the way on from there.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The status of the answer; most often that of the refusal.
    pub status: StatusCode,
    /// Why the request was refused.
    pub refusal: Refusal,
    /// The id of the incident in the log, when something broke.
    pub incident: Option<String>,
    /// Where to go on besides the landing page: the address and its name.
    pub way: Option<(String, &'static str)>,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, refusal, incident: None, way: None }
    }
}

impl From<&Stop> for Problem {
    /// A fault is logged here.
    fn from(stop: &Stop) -> Self {
        Self { incident: log(stop), ..Self::from(stop.refusal()) }
    }
}

impl From<StatusCode> for Problem {
    /// What is to be said where an answer gave nothing but its status.
    fn from(status: StatusCode) -> Self {
        let refusal = match status.as_u16() {
            403 => Refusal::NotAllowed,
            404 => Refusal::NotFound,
            413 => Refusal::TooLarge,
            429 => Refusal::TooMany,
            503 => Refusal::Busy,
            code if code < 500 => Refusal::NotUnderstood,
            _ => Refusal::Broken,
        };
        Self { status, ..Self::from(refusal) }
    }
}

impl Problem {
    /// The same with the way on for whoever asked for this address: by a form, which stands at its own address, or not.
    #[must_use]
    pub fn on_the_way(self, here: &str, by_form: bool) -> Self {
        let way = match self.refusal {
            Refusal::SignInFirst => Some((sign_in_address(here), "Đăng nhập")),
            _ if by_form => Some((here.to_owned(), "Quay lại trang trước")),
            _ => None,
        };
        Self { way, ..self }
    }

    /// The whole document, which needs neither a session nor the database.
    pub fn document(&self, options: LeptosOptions, help_line: &str) -> String {
        let owner = Owner::new_root(None);
        let html = owner.with(|| {
            view! {
                <!DOCTYPE html>
                <html lang="vi">
                    <head>
                        <meta charset="utf-8"/>
                        <meta name="viewport" content="width=device-width, initial-scale=1"/>
                        <meta name="color-scheme" content="light dark"/>
                        <title>{format!("{TITLE} · Hội thi CCHC")}</title>
                        <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                        <HashedStylesheet options=options/>
                    </head>
                    <body>
                        <header>{brand()}</header>
                        <main id="noi-dung">{self.section(help_line.to_owned())}</main>
                        <footer><p>{HOST}</p></footer>
                    </body>
                </html>
            }
            .to_html()
        });
        owner.unset();
        html
    }

    fn section(&self, help_line: String) -> AnyView {
        let home = if self.way.is_some() { "button secondary" } else { "button" };
        view! {
            <section class="problem narrow">
                <p class="code-number">{self.status.as_u16()}</p>
                <h1>{self.refusal.words()}</h1>
                <p>{advice(self.refusal)}</p>
                <p class="actions">
                    {self.way.clone().map(|(to, name)| view! { <a class="button" href=to>{name}</a> " " })}
                    <a class=home href="/">"Về trang chủ"</a>
                </p>
                <p class="meta">
                    {self.incident.clone().map(|incident| view! { "Mã sự việc " <code>{incident}</code> " · " })}
                    "Đường dây hỗ trợ " <HelpLine number=help_line/>
                </p>
            </section>
        }
        .into_any()
    }
}

impl IntoResponse for Problem {
    /// In plain words, for a program; the server makes a page of it for people.
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.refusal.words()));
        *response.status_mut() = self.status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        response.extensions_mut().insert(self);
        response
    }
}

const TITLE: &str = "Chưa thực hiện được";

/// What a refusal's page advises.
fn advice(refusal: Refusal) -> &'static str {
    match refusal.status() {
        401 => "Xin đăng nhập rồi mở lại trang này.",
        403 => "Nếu anh/chị cần quyền này, xin liên hệ người quản trị hoặc đầu mối đơn vị.",
        404 => "Xin kiểm tra lại đường dẫn, hoặc trở về trang chủ để tìm cuộc thi.",
        413 => "Xin chọn tệp nhỏ hơn, mỗi tệp đến 8 MB, hoặc rút ngắn phần đã nhập rồi gửi lại.",
        429 | 503 => "Bài đang làm không bị mất. Xin chờ một lát rồi tải lại trang.",
        500 => "Chúng tôi đã ghi lại sự cố. Xin thử lại; nếu vẫn lỗi, xin gọi đường dây hỗ trợ và đọc mã sự việc.",
        _ => "Xin quay lại trang trước và làm theo hướng dẫn trên trang đó.",
    }
}

/// The page of a refusal.
pub fn view(refusal: Refusal, incident: Option<String>) -> impl IntoView {
    let problem = Problem { incident, ..Problem::from(refusal) };
    view! {
        <Title text=TITLE/>
        {problem.section(help_line())}
    }
}

/// What is said above a form that was too long to be read: how to get back what was typed.
pub fn unread(here: String) -> impl IntoView {
    view! {
        <p>
            "Phần đã nhập dài quá mức nên không giữ lại được ở đây. Anh/chị bấm nút Quay lại của trình duyệt để lấy lại phần đã nhập, rút ngắn rồi gửi lại; hoặc "
            <a href=here>"mở lại trang này"</a> " để nhập từ đầu."
        </p>
    }
}

/// The `tel:` address of a phone number; an extension ("máy lẻ 12") is for the person to say.
pub fn telephone(number: &str) -> String {
    let number = number.split(char::is_alphabetic).next().unwrap_or_default();
    format!("tel:{}", number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> LeptosOptions {
        LeptosOptions::builder().output_name("cchc").build()
    }

    #[test]
    fn a_problem_is_a_whole_document_with_the_help_line() {
        let problem = Problem { incident: Some("K7P4MX2A".into()), ..Problem::from(Refusal::Broken) };
        let html = problem.document(options(), "0255 3822 123").replace("<!>", "");
        assert!(html.starts_with("<!DOCTYPE html>"), "{html}");
        assert!(html.contains("tel:02553822123") && html.contains("K7P4MX2A") && html.contains(Refusal::Broken.words()), "{html}");
    }

    #[test]
    fn a_form_leads_back_to_its_page_and_a_stranger_to_the_sign_in() {
        let way = |refusal: Refusal, by_form| Problem::from(refusal).on_the_way("/dau-moi?a=\"b", by_form).way.map(|(to, _)| to);
        assert_eq!(way(Refusal::TooLarge, true).as_deref(), Some("/dau-moi?a=\"b"));
        assert_eq!(way(Refusal::NotFound, false), None);
        assert_eq!(way(Refusal::SignInFirst, false).as_deref(), Some("/dang-nhap?tiep=%2Fdau-moi%3Fa%3D%22b"));
        let html = Problem::from(Refusal::TooLarge).on_the_way("/a?b=\"><script>", true).document(options(), "0255 000 0000");
        assert!(html.contains("Quay lại trang trước") && !html.contains("<script>"), "{html}");
    }

    #[test]
    fn a_bare_status_says_what_it_means() {
        let said = |status: u16| Problem::from(StatusCode::from_u16(status).expect("a status")).refusal;
        assert_eq!(
            [405, 413, 404, 503, 502].map(said),
            [Refusal::NotUnderstood, Refusal::TooLarge, Refusal::NotFound, Refusal::Busy, Refusal::Broken]
        );
    }
}
