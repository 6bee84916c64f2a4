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
        let mut __etq_timer = ::core::pin::pin!(
            ::etiquette::__private::Total::new(::etiquette::__private::limit(__self
            .limit))
        );
        let mut __etq_last = ::etiquette::__private::LastError::new();
        let __etq_out = {
            let mut __etq_retry = ::etiquette::__private::Retry::new(
                || ::etiquette::__private::Plan::new(
                    ::core::concat!(::core::module_path!(), "::create"),
                    ::etiquette::__private::attempts(3u32),
                    ::etiquette::__private::Exponential::growing(
                        ::core::time::Duration::from_millis(100),
                        2.0,
                    ),
                ),
                ::etiquette::__private::Own(|| {
                    static __ETQ_BUDGET: ::etiquette::__private::RetryBudget = ::etiquette::__private::RetryBudget::new();
                    ::etiquette::__private::of_static(
                        &__ETQ_BUDGET,
                        ::core::concat!(::core::module_path!(), "::create"),
                    )
                }),
            );
            let mut __etq_keep_body = ::etiquette::__private::Keep::new(body);
            loop {
                {
                    let mut body = ::etiquette::__private::Keep::next(
                        &mut __etq_keep_body,
                        ::etiquette::__private::Retry::is_last(&__etq_retry),
                    );
                    let __etq_out: Result<Order, Error> = match ::etiquette::__private::within(
                            ::core::pin::Pin::as_mut(&mut __etq_timer),
                            ::etiquette::__private::NoLimit,
                            async {
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
                                ::etiquette::__private::fault!(
                                    "create"; Result < Order, Error >
                                );
                                match () {
                                    () => __self.client.post(id, body).await,
                                }
                            },
                        )
                        .await
                    {
                        ::core::result::Result::Ok(
                            ::core::result::Result::Ok(__etq_out),
                        ) => __etq_out,
                        ::core::result::Result::Ok(
                            ::core::result::Result::Err(__etq_stop),
                        )
                        | ::core::result::Result::Err(__etq_stop) => {
                            break ::core::result::Result::Err(
                                ::etiquette::__private::Retry::cut(&__etq_retry, __etq_stop),
                            );
                        }
                    };
                    let __etq_out = match ::etiquette::__private::settle!(
                        __etq_retry, __etq_out
                    ) {
                        ::core::result::Result::Ok(__etq_out) => {
                            break ::core::result::Result::Ok(__etq_out.into_return());
                        }
                        ::core::result::Result::Err(__etq_out) => __etq_out,
                    };
                    let __etq_again = ::etiquette::__private::Retry::again(
                        &mut __etq_retry,
                        ::etiquette::__private::when!(
                            & __etq_out, | e | __self.is_busy(e)
                        ),
                    );
                    ::etiquette::__private::retry_event!(__etq_retry, & __etq_out);
                    if !__etq_again {
                        break ::core::result::Result::Ok(__etq_out);
                    }
                    ::etiquette::__private::LastError::failed(
                        &mut __etq_last,
                        ::etiquette::__private::describe!(& __etq_out),
                    );
                }
                if let ::core::result::Result::Err(__etq_cut) = ::etiquette::__private::pause_within(
                        ::core::pin::Pin::as_mut(&mut __etq_timer),
                        ::etiquette::__private::Retry::delay(&mut __etq_retry),
                    )
                    .await
                {
                    break ::core::result::Result::Err(__etq_cut);
                }
            }
        };
        let __ret: Result<Order, Error> = match __etq_out {
            ::core::result::Result::Ok(__etq_out) => __etq_out,
            ::core::result::Result::Err(__etq_stop) => {
                ::etiquette::__private::LastError::report(
                    &__etq_last,
                    ::core::concat!(::core::module_path!(), "::create"),
                    ::etiquette::__private::Cut::attempts(&__etq_stop),
                );
                ::etiquette::__private::stopped::<
                    Result<Order, Error>,
                >(__etq_stop.of(::core::concat!(::core::module_path!(), "::create")))
            }
        };
        #[allow(unreachable_code)] __ret
    })
}
