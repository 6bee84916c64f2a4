#[etiquette::exempt]
async fn nothing() {}

#[etiquette::exempt(reason = "no rule")]
async fn no_rule() {}

#[etiquette::exempt(blocking_fs, reason = 5)]
async fn no_text() {}

#[etiquette::exempt(blocking_fs, because = "it is read once")]
async fn other_word() {}

#[etiquette::exempt("blocking_fs")]
async fn quoted() {}

fn main() {}
