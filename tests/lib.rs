//! Stories: personas act on the real engine and the real router, on both databases.

mod client;
mod personas;
mod town;
mod world;

pub use client::{Client, Reply};
pub use personas::*;
pub use town::{NEWS, PUBLISHED, Town, UNIT};
pub use world::World;

/// Asserts that a deed was refused as a whole with this reason.
#[macro_export]
macro_rules! refused {
    ($deed:expr, $refusal:expr $(,)?) => {
        match $deed {
            Err(engine::Stop::Refused(refusal)) => assert_eq!(refusal, $refusal),
            other => panic!("refused with {:?} was expected, not {:?}", $refusal, other.map(|_| "success")),
        }
    };
}

/// Asserts that a deed was refused at exactly these fields, in this order.
#[macro_export]
macro_rules! refused_at {
    ($deed:expr, $($field:literal: $refusal:expr),+ $(,)?) => {
        match $deed {
            Err(engine::Stop::AtFields(fields)) => {
                let fields: Vec<_> = fields.iter().map(|(field, refusal)| (field.0.as_ref(), *refusal)).collect();
                assert_eq!(fields, [$(($field, $refusal)),+]);
            }
            other => panic!("a refusal at fields was expected, not {:?}", other.map(|_| "success")),
        }
    };
}

/// Tells one story twice: on SQLite and on PostgreSQL.
///
/// `story!(name, |world| { … })` makes the tests `name::on_sqlite` and `name::on_postgres`.
#[macro_export]
macro_rules! story {
    ($(#[$meta:meta])* $name:ident, |$world:ident| $body:block) => {
        $(#[$meta])*
        async fn $name($world: $crate::World) $body

        // A function and a module may have the same name.
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name($crate::World::on_sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name($crate::World::on_postgres().await).await;
            }
        }
    };
}
