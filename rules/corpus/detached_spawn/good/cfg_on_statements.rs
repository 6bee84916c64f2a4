fn spawn(future: impl Future<Output = ()> + Send + 'static) {
    #[cfg(test)]
    tokio::task::spawn(future);
    #[cfg(any(test, feature = "testing"))]
    if let Some(path) = reload {
        tokio::spawn(reload_loop(path));
    }
    #[cfg(test)]
    {
        tokio::spawn(future);
    }
}
