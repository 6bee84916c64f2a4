async fn clean_job(pool: Pool) { //~ cancel_param
    pool.clean().await;
}
