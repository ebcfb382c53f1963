//! The frame around every page: skip link, head with menus, main part, foot.

use crate::{
    contest::EMBEDDED,
    page::{Pattern, path, query, returning, visitor},
    problem::{HOST, HelpLine, unread},
    submitted::{submitted, typed_or},
};
use domain::{Refusal, identity::Action};
use engine::Caller;
use leptos::prelude::*;

/// Head, main part and foot; what other sites show in a frame of theirs is the main part alone.
pub fn frame(main: AnyView) -> AnyView {
    let here = path();
    if Pattern(EMBEDDED).matches(&here).is_some() {
        return view! { <main id="noi-dung">{main}</main> }.into_any();
    }
    let caller = visitor().caller;
    view! {
        <a class="skip" href="#noi-dung">"Đến nội dung chính"</a>
        {head(&here, caller.as_ref())}
        <main id="noi-dung">{refused_whole(&here)} {main}</main>
        {foot()}
    }
    .into_any()
}

/// What was refused as a whole, above the page that is shown again.
fn refused_whole(here: &str) -> Option<AnyView> {
    let form = submitted()?;
    let refusal = form.whole?;
    Some(
        view! {
            <div class="notice" data-kind="error" role="alert">
                <p>{refusal.words()}</p>
                {(refusal == Refusal::TooLarge).then(|| unread(here.to_owned()))}
                {form.incident.map(|incident| view! { <p>"Mã sự việc " <code>{incident}</code></p> })}
            </div>
        }
        .into_any(),
    )
}

/// The logo and the name of the site, which lead to the landing page.
pub fn brand() -> AnyView {
    view! {
        <a class="brand" href="/">
            <img src="/logo.svg" alt="" width="44" height="44"/>
            <span><b>"Hội thi CCHC"</b> " " <small>"Tỉnh Quảng Ngãi"</small></span>
        </a>
    }
    .into_any()
}

fn head(here: &str, caller: Option<&Caller>) -> AnyView {
    let link = |address: &'static str, name: &'static str| {
        let current = if address == "/" { here == "/" } else { here.starts_with(address) };
        view! { <li><a href=address aria-current=current.then_some("page")>{name}</a></li> }
    };
    let admin = caller.filter(|caller| works_behind(caller)).map(|_| link("/quan-tri", "Quản trị"));
    let unit = caller.filter(|caller| caller.may(Action::WatchOwnUnit)).map(|_| link("/dau-moi", "Đơn vị tôi"));
    view! {
        <header>
            {brand()}
            <nav aria-label="Chính">
                <ul>
                    {link("/", "Cuộc thi")}
                    {link("/ket-qua", "Kết quả")}
                    {link("/tin-tuc", "Tin tức")}
                    {link("/vinh-danh", "Vinh danh")}
                    {unit}
                    {admin}
                </ul>
            </nav>
            {account(here, caller)}
        </header>
    }
    .into_any()
}

/// Whether the caller has anything to do in the administration.
pub fn works_behind(caller: &Caller) -> bool {
    [Action::ReadBank, Action::WriteLibrary, Action::SetUpContest, Action::ManagePeople, Action::ReadAudit, Action::GrantRoles]
        .into_iter()
        .any(|action| caller.may(action))
}

fn account(here: &str, caller: Option<&Caller>) -> AnyView {
    let Some(caller) = caller else {
        // Whoever came to a contest, by its QR code for one, returns to it.
        let back = if here.starts_with("/cuoc-thi/") { here.to_owned() } else { typed_or("tiep", query("tiep")) };
        return view! {
            <nav aria-label="Tài khoản">
                <ul>
                    <li><a href=returning("/dang-nhap", &back)>"Đăng nhập"</a></li>
                    <li><a href=returning("/dang-ky", &back)>"Đăng ký"</a></li>
                </ul>
            </nav>
        }
        .into_any();
    };
    view! {
        <nav aria-label="Tài khoản">
            <ul>
                // A phone shows the first of these; the account's page leads to the others.
                <li><a href="/tai-khoan">{caller.full_name.clone()}</a></li>
                <li><a href="/luot-thi">"Lượt thi của tôi"</a></li>
                <li>
                    <form method="post" action="/dang-xuat"><button class="quiet">"Đăng xuất"</button></form>
                </li>
            </ul>
        </nav>
    }
    .into_any()
}

fn foot() -> AnyView {
    view! {
        <footer>
            <section>
                <h2>"Đơn vị chủ trì"</h2>
                <p>{HOST}</p>
            </section>
            <section>
                <h2>"Hỗ trợ"</h2>
                <p><HelpLine/></p>
                <p>"Trong giờ hành chính và trong thời gian mở đợt thi."</p>
            </section>
            <nav aria-label="Chân trang">
                <ul>
                    <li><a href="/tai-lieu">"Tài liệu"</a></li>
                    <li><a href="/dien-hinh">"Điển hình tiên tiến"</a></li>
                    <li><a href="/thong-bao-du-lieu">"Thông báo xử lý dữ liệu cá nhân"</a></li>
                    <li><a href="/du-lieu-cua-toi">"Dữ liệu của tôi"</a></li>
                </ul>
            </nav>
            <p><small>"Mọi giờ trên trang là giờ Việt Nam."</small></p>
        </footer>
    }
    .into_any()
}
