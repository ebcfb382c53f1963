//! What the load bench and the faults share: a bare browser, the sheet as it reads it, a marking of its own.

pub mod form;
pub mod http;
pub mod marking;
