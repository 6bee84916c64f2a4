#[with_timeout(self.limit, total)]
#[retry(attempts = 3, clone(body), when = |e| self.is_busy(e))]
fn create<'life0, 'async_trait>(
    &'life0 mut self,
    id: String,
    body: Body,
) -> ::core::pin::Pin<Box<dyn ::core::future::Future<Output = Result<Order, Error>> + ::core::marker::Send + 'async_trait>>
where
    'life0: 'async_trait,
    Self: 'async_trait,
{
    Box::pin(async move {
        if let ::core::option::Option::Some(__ret) = ::core::option::Option::None::<Result<Order, Error>> {
            #[allow(unreachable_code)]
            return __ret;
        }
        let mut __self = self;
        let id = id;
        let body = body;
        let __ret: Result<Order, Error> = { __self.client.post(id, body).await };
        #[allow(unreachable_code)]
        __ret
    })
}
