//! Stories: personas act on the real engine and the real router, on both databases.

mod client;
mod personas;
mod world;

pub use client::{Client, Reply};
pub use personas::PASSWORD;
pub use world::World;

/// Tells one story twice: on SQLite and on PostgreSQL.
///
/// `story!(name, |world| { … })` makes the tests `name::on_sqlite` and `name::on_postgres`.
#[macro_export]
macro_rules! story {
    ($(#[$meta:meta])* $name:ident, |$world:ident| $body:block) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "a story may need nothing of its file")]
            use super::*;

            async fn tell($world: $crate::World) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                tell($crate::World::on_sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                tell($crate::World::on_postgres().await).await;
            }
        }
    };
}
