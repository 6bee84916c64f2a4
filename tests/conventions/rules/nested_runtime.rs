//! Breaks `nested_runtime`.

use tokio::runtime::Handle;

#[etiquette::conventions]
pub async fn inside() {
    Handle::current().block_on(async {}); //~ nested_runtime
}
