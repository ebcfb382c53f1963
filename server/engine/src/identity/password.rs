//! Choosing a password: the rule with the list of common ones, and changing one's own.

use super::{hasher::Line, session};
use crate::{Caller, Engine, Result, Stop, fault::accept};
use domain::{
    Refusal, Refused,
    identity::{Action, Deed, check_password},
};
use std::{collections::BTreeSet, sync::LazyLock};

/// Wrong present passwords per quarter of an hour, so that a borrowed session cannot guess on.
const WRONG_CHANGES: i64 = 10;

/// Common passwords of eight letters and more, in lower case.
static COMMON: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| include_str!("common-passwords.txt").lines().map(str::trim).filter(|line| !line.is_empty()).collect());

/// Refuses a new password that is easy to guess.
///
/// # Errors
/// As [`check_password`] says.
pub(crate) fn check_new_password(password: &str, login: &str) -> Result<(), Refusal> {
    check_password(password, login, &COMMON)
}

impl Engine {
    /// Changes the caller's password and ends every other session; that of `token` goes on.
    ///
    /// # Errors
    /// [`Refusal::WrongPassword`] at `old_password`, the rules of passwords at `password`,
    /// [`Refusal::TooManySignIns`] after ten wrong tries in a quarter of an hour.
    pub async fn change_password(&self, caller: &Caller, token: &str, current: &str, password: &str) -> Result<()> {
        let now = self.now();
        caller.must(Action::OwnData)?;
        let mut work = self.store.begin().await?;
        let row = work.password_row(caller.account).await?;
        let within = self.within(&mut work, now, ("change", &caller.account.to_string()), WRONG_CHANGES).await?;
        work.commit().await?;
        if !within {
            return Err(Stop::at("old_password", Refusal::TooManySignIns));
        }
        let (login, Some(old)) = row.ok_or(Refusal::SignInFirst)? else { return Err(Refusal::SignInFirst.into()) };
        let mut refused: Refused = Vec::new();
        if !self.hasher.matches(&Line::Own(caller.account), current.to_owned(), Some(old.clone())).await? {
            refused.push(("old_password".into(), Refusal::WrongPassword));
        }
        if let Err(refusal) = check_new_password(password, &login) {
            refused.push(("password".into(), refusal));
        }
        accept(refused)?;
        let new = self.hasher.hash(&Line::Own(caller.account), password.to_owned()).await?;
        let mut work = self.store.begin().await?;
        if work.replace_password(caller.account, &old, &new, now).await? == 0 {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        work.end_other_sessions(caller.account, &session::hash(token)).await?;
        work.note(now, caller, Deed::ChangePassword, &caller.account.to_string(), "").await?;
        work.commit().await?;
        self.forget_account(caller.account);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_common_passwords_is_used() {
        assert!(COMMON.len() > 300);
        assert_eq!(check_new_password("1234567A", "0905123456"), Err(Refusal::PasswordCommon));
        assert_eq!(check_new_password("Song-Trà-1959", "0905123456"), Ok(()));
    }
}
