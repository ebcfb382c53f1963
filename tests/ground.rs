//! The ground: a fresh installation answers, on both databases.

use tests::story;

story!(a_fresh_installation_is_ready, |world| {
    world.engine.ready().await.expect("the database answers");
});
