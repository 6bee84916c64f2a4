//! Breaks `policy_entry_unused`.

#[etiquette::conventions]
pub async fn any() {} //~ policy_entry_unused
