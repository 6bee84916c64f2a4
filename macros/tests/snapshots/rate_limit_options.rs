#[rate_limit(100, per = 1s, key = tenant, wait = 1s)]
#[rate_limit(limiter = self.limiter.clone(), wait = none, or_return = None)]
async fn look_up(&mut self, tenant: Tenant) -> Option<Answer> {
    self.cache.get(tenant).await
}
