//! The roles that bar from every contest, as statements name them.

/// The list of roles of which [`domain::identity::bars`] holds, as SQL: `role in <this>`.
macro_rules! barring_roles {
    () => {
        "('organiser', 'author', 'reviewer', 'admin', 'auditor')"
    };
}

#[cfg(test)]
mod tests {
    use domain::identity::{Role, bars};

    #[test]
    fn statements_name_the_roles_that_bar() {
        let mut named: Vec<&str> = barring_roles!().trim_matches(['(', ')']).split(", ").map(|role| role.trim_matches('\'')).collect();
        let mut barring: Vec<&str> = Role::ALL.iter().copied().filter(|role| bars(*role)).map(Role::code).collect();
        named.sort_unstable();
        barring.sort_unstable();
        assert_eq!(named, barring);
    }
}
