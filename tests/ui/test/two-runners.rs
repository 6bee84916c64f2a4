//! Two that would each run it.

#[etiquette::test]
#[test]
async fn plain() {}

#[etiquette::test]
#[tokio::test]
async fn tokios() {}

#[etiquette::test]
fn sync() {}

fn main() {}
