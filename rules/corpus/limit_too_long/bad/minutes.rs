use etiquette::with_timeout;

#[with_timeout(10m)] //~ limit_too_long
async fn slow() -> Result<(), Error> { todo() }

#[etiquette::with_timeout("61s", total)] //~ limit_too_long
async fn total() -> Result<(), Error> { todo() }
