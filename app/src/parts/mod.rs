//! What pages are made of: forms, tables, notices, crumbs; the HTML is that of `docs/style.md`.

mod admin;
mod difference;
mod form;
mod html;
mod page_head;
mod share;
mod simulated;
mod table;

pub use admin::admin_frame;
pub use difference::stretches;
pub use form::{Check, Choices, DATE, FileField, FormErrors, Framed, Hidden, Select, TextArea, TextField};
pub use html::{Html, Line, file_address};
pub use page_head::{Badge, Crumb, Crumbs, Empty, Head, Moment, Notice};
pub use share::ShareCard;
pub use simulated::{simulated_contest, simulated_headcounts};
pub use table::{Pagination, Table};
