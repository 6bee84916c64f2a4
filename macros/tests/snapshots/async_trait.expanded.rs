fn create<'life0, 'async_trait>(
    &'life0 mut self,
    id: String,
    body: Body,
) -> ::core::pin::Pin<
    Box<
        dyn ::core::future::Future<
            Output = Result<Order, Error>,
        > + ::core::marker::Send + 'async_trait,
    >,
>
where
    'life0: 'async_trait,
    Self: 'async_trait,
{
    Box::pin(async move {
        if let ::core::option::Option::Some(__ret) = ::core::option::Option::None::<
            Result<Order, Error>,
        > {
            #[allow(unreachable_code)] return __ret;
        }
        let mut __self = self;
        let mut id = id;
        let body = body;
        let mut __etq_progress = ::etiquette::__private::Progress::new();
        let __ret: Result<Order, Error> = match ::etiquette::__private::with_timeout(
                ::etiquette::__private::limit(__self.limit),
                async {
                    let mut __etq_retry = ::etiquette::__private::Retry::new(
                        ::core::concat!(::core::module_path!(), "::create"),
                        ::etiquette::__private::attempts(3u32),
                        ::etiquette::__private::Exponential::growing(
                            ::core::time::Duration::from_millis(100),
                            2.0,
                        ),
                        ::etiquette::__private::Shared({
                            static BUDGET: ::etiquette::__private::RetryBudget = ::etiquette::__private::RetryBudget::new();
                            &BUDGET
                        }),
                    );
                    let mut __etq_keep_body = ::etiquette::__private::Keep::new(body);
                    loop {
                        {
                            ::etiquette::__private::Progress::begin(
                                &mut __etq_progress,
                                &__etq_retry,
                            );
                            let mut body = ::etiquette::__private::Keep::next(
                                &mut __etq_keep_body,
                                ::etiquette::__private::Retry::is_last(&__etq_retry),
                            );
                            let __etq_out: Result<Order, Error> = async {
                                if false {
                                    let _ = &mut *__self;
                                    let _ = &mut id;
                                    let _ = &mut body;
                                }
                                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                                    Result<Order, Error>,
                                > {
                                    return __etq_ret;
                                }
                                match () {
                                    () => __self.client.post(id, body).await,
                                }
                            }
                                .await;
                            if !::etiquette::__private::Retry::again(
                                &mut __etq_retry,
                                ::etiquette::__private::when!(
                                    & __etq_out, | e | __self.is_busy(e)
                                ),
                            ) {
                                break __etq_out;
                            }
                            ::etiquette::__private::retry_event!(
                                __etq_retry, & __etq_out
                            );
                            ::etiquette::__private::Progress::failed(
                                &mut __etq_progress,
                                ::etiquette::__private::describe!(& __etq_out),
                            );
                        }
                        ::etiquette::__private::pause(
                                ::etiquette::__private::Retry::delay(&mut __etq_retry),
                            )
                            .await;
                    }
                },
            )
            .await
        {
            ::core::result::Result::Ok(__etq_out) => __etq_out,
            ::core::result::Result::Err(__etq_stop) => {
                ::etiquette::__private::Progress::report(
                    &__etq_progress,
                    ::core::concat!(::core::module_path!(), "::create"),
                );
                ::etiquette::__private::stopped::<
                    Result<Order, Error>,
                >(
                    __etq_stop
                        .of(
                            ::core::concat!(::core::module_path!(), "::create"),
                            ::etiquette::__private::TimeoutKind::Total,
                            ::etiquette::__private::Progress::attempts(&__etq_progress),
                        ),
                )
            }
        };
        #[allow(unreachable_code)] __ret
    })
}
