//! What everybody reads of contests: landing page, contest pages, archive, poster, cards.

mod about;
mod archive;
mod card;
mod embed;
mod hero;
mod index;
mod landing;
mod poster;
mod prizes;
mod round;
mod texts;

use crate::{door::Door, page::Page};

pub use embed::EMBEDDED;

/// The public pages of contests.
pub fn pages() -> Vec<Page> {
    vec![
        Page::lively("/", landing::view),
        Page::plain("/cuoc-thi", archive::view),
        Page::lively("/cuoc-thi/{slug}", about::view),
        Page::plain("/cuoc-thi/{slug}/the-le", texts::rules),
        Page::plain("/cuoc-thi/{slug}/huong-dan", texts::guide),
        Page::plain("/cuoc-thi/{slug}/tai-lieu", texts::documents),
        Page::plain("/cuoc-thi/{slug}/tin-tuc", texts::news),
        Page::plain("/cuoc-thi/{slug}/hoi-dap", texts::faq),
        Page::plain("/cuoc-thi/{slug}/lien-he", texts::contact),
        Page::plain("/t/{slug}/ap-phich", poster::view),
        Page::plain(EMBEDDED, embed::view),
    ]
}

/// The public doors of contests.
pub fn doors() -> Vec<Door> {
    vec![
        Door::get("/t/{slug}", poster::short_link),
        Door::get("/the/trang-chu", card::of_site),
        Door::get("/the/cuoc-thi/{slug}", card::of_contest),
        Door::get("/the/tin-tuc/{slug}", card::of_article),
        Door::get("/robots.txt", index::robots),
        Door::get("/sitemap.xml", index::sitemap),
    ]
}

/// Where somebody enters the contest, whether or not a round is open.
pub fn entry_of(slug: &str) -> String {
    format!("/cuoc-thi/{slug}/tham-gia")
}

/// Where somebody starts, or is asked to sign in first.
pub fn entrance_of(slug: &str) -> String {
    format!("/cuoc-thi/{slug}/thi")
}
