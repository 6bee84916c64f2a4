//! What the rules, and a team's list, know of the crate of this name.

/// Hashes.
pub fn hash(password: &str, _: u32) -> String {
    password.to_owned()
}

/// Is on the list of a team.
pub fn derive(from: u64) -> u64 {
    from
}
