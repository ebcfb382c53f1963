//! The demonstration: units, bank, people, three contests and news, made by the same deeds that people use,
//! each at the time at which it would have been done.

mod accounts;
mod contests;
mod dice;
mod journey;
mod news;
mod people;
mod results;
mod sittings;
mod texts;

pub use accounts::{ACCOUNTS, DemoAccount, PASSWORD};

use crate::{Engine, Result};
use domain::{Refusal, identity::Deed};
use journey::Journey;

const UNITS: &str = include_str!("../../demo/units.csv");
const QUESTIONS: &str = include_str!("../../demo/questions.toml");
/// The subject of the audit note that says that the demo was loaded.
const SUBJECT: &str = "demo";

impl Engine {
    /// Loads the demo into a new installation; `tell` hears of each step.
    ///
    /// The clock is led through the weeks before today and brought back, so this is for a process of its own.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when the demo was loaded before; whatever a deed refuses.
    pub async fn seed_demo(&self, tell: &(dyn Fn(&str) + Sync)) -> Result<()> {
        if self.has_demo().await? {
            return Err(Refusal::AlreadyDone.into());
        }
        let journey = Journey::begin(self);
        let loaded = self.load_demo(&journey, tell).await;
        journey.end();
        loaded
    }

    async fn load_demo(&self, journey: &Journey<'_>, tell: &(dyn Fn(&str) + Sync)) -> Result<()> {
        journey.to(-28, 8);
        tell("Đơn vị");
        self.load_units(UNITS).await?;
        tell("Tài khoản dùng thử");
        let cast = accounts::open(self).await?;
        tell("Ngân hàng câu hỏi");
        self.load_questions(QUESTIONS, &cast.author, &cast.reviewer).await?;
        tell("Cuộc thi đã công bố kết quả, 2.000 người dự thi mô phỏng");
        contests::published(self, journey, &cast).await?;
        tell("Cuộc thi đang mở, cuộc thi sắp mở");
        contests::open(self, journey, &cast).await?;
        contests::coming(self, journey, &cast).await?;
        tell("Tin bài, tài liệu");
        news::publish(self, journey, &cast.editor).await?;
        journey.home();
        let mut work = self.store.begin().await?;
        work.note_by(self.now(), None, Deed::SeedDemo, SUBJECT, "").await?;
        work.commit().await?;
        Ok(())
    }

    /// Whether anybody has an account here; the demo is for an installation in which nobody has.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn has_accounts(&self) -> Result<bool> {
        let mut work = self.store.read().await?;
        let (count,): (i64,) = get!(&mut work, "select cast(count(*) as bigint) from account")?;
        Ok(count > 0)
    }

    /// Whether the demo was loaded into this installation.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn has_demo(&self) -> Result<bool> {
        let mut work = self.store.read().await?;
        let (count,): (i64,) =
            get!(&mut work, "select cast(count(*) as bigint) from audit_note where deed = $1 and subject = $2", Deed::SeedDemo, SUBJECT,)?;
        Ok(count > 0)
    }
}
