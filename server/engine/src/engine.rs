//! The engine: everything a deed needs, shared by all requests of this node.

use crate::{
    attempt::Sittings,
    clock::Clock,
    contest::ContestCache,
    fault::{Fault, Result},
    identity::{Hasher, SessionCache, UnitCache},
    notify::Notify,
    random,
    report::Cards,
    results::LiveBoards,
    secrets::Secrets,
    store::Database,
};
use domain::{Millis, Timestamp};
use std::sync::Arc;

/// What an engine is opened with.
pub struct Settings {
    /// `sqlite:…` or `postgres://…`.
    pub database: String,
    /// How many connections to PostgreSQL at most; one of them hears the other nodes.
    pub connections: u32,
    /// The installation's secret.
    pub secrets: Secrets,
    /// The clock.
    pub clock: Clock,
    /// The address under which people reach the site, without a trailing slash.
    pub public_url: String,
    /// The phone number of the help line of the whole site.
    pub help_line: String,
    /// Over how long the starts of those who wait for an opening are spread.
    pub start_spread: Millis,
}

/// What the product does; cheap to clone.
#[derive(Clone)]
pub struct Engine {
    parts: Arc<Parts>,
}

/// What all clones share.
pub struct Parts {
    /// The database.
    pub store: Database,
    /// The clock.
    pub clock: Clock,
    /// Sealing and look-ups.
    pub secrets: Secrets,
    /// Bounded password hashing.
    pub hasher: Hasher,
    /// Sessions looked up in the last seconds.
    pub sessions: SessionCache,
    /// The unit tree as last read.
    pub units: UnitCache,
    /// Public contest pages as last rendered.
    pub contests: ContestCache,
    /// Frozen rounds and live sheets in memory, the writer.
    pub sittings: Sittings,
    /// Live boards counted in the last seconds.
    pub live_boards: LiveBoards,
    /// Share cards as last drawn.
    pub cards: Cards,
    /// What changed.
    pub notify: Notify,
    /// The name of this node among those of the database.
    pub node: String,
    /// The site's address, for absolute links.
    pub public_url: String,
    /// The phone number that stands on sign-in, sheet and every error page.
    pub help_line: String,
    /// Over how long the starts of those who wait for an opening are spread, where nobody loses by it.
    pub start_spread: Millis,
}

impl std::ops::Deref for Engine {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl Engine {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// When the database cannot be reached or migrated.
    pub async fn open(settings: Settings) -> Result<Self> {
        let store = Database::open(&settings.database, settings.connections).await?;
        store.migrate().await.map_err(|error| Fault::Outside("the migration", Box::new(error)))?;
        let engine = Self::around(store, settings);
        engine.set_clock().await?;
        engine.plant_topics().await?;
        Ok(engine)
    }

    /// Opens a database as it is, to look through it: its schema is not brought up to date.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn look(settings: Settings) -> Result<Self> {
        Ok(Self::around(Database::open(&settings.database, settings.connections).await?, settings))
    }

    fn around(store: Database, settings: Settings) -> Self {
        let notify = Notify::default();
        let parts = Parts {
            sittings: Sittings::open(&store, &notify),
            store,
            clock: settings.clock,
            secrets: settings.secrets,
            hasher: Hasher::default(),
            sessions: SessionCache::new(&notify),
            units: UnitCache::new(&notify),
            contests: ContestCache::new(&notify),
            live_boards: LiveBoards::default(),
            cards: Cards::default(),
            notify,
            node: random::code(12),
            public_url: settings.public_url,
            help_line: settings.help_line,
            start_spread: settings.start_spread,
        };
        Self { parts: Arc::new(parts) }
    }

    /// Joins the other nodes of a PostgreSQL database: what changes on one is seen on all.
    pub fn join_nodes(&self) {
        if let Database::Postgres(pool) = &self.store {
            self.notify.join(pool);
        }
    }

    /// What time it is; a deed asks once.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ready(&self) -> Result<()> {
        let mut work = self.store.read().await?;
        let _: (i64,) = get!(&mut work, "select cast(1 as bigint)")?;
        Ok(())
    }
}
