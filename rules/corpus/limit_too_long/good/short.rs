use etiquette::with_timeout;

#[with_timeout(60s)]
async fn quick() -> Result<(), Error> { todo() }

#[with_timeout(limits::SLOW)]
async fn by_name() -> Result<(), Error> { todo() }

#[other::with_timeout(10m)]
async fn foreign() -> Result<(), Error> { todo() }
