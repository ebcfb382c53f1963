//! Form fields: label, hint, control, error; what was typed into a refused form is kept.

mod choice;
mod errors;
mod file;
mod framed;
mod text;

pub use choice::{Check, Choices, Select};
pub use errors::FormErrors;
pub use file::FileField;
pub use framed::Framed;
pub use text::{DATE, Hidden, TextArea, TextField};
