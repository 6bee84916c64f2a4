async fn transfer(mut ledger: Arc<Ledger>, mut amount: u32) -> Result<(), Stopped> {
    return match ::etiquette::__private::with_timeout(
            ::etiquette::__private::Secs::<1>,
            async {
                ::etiquette::__private::shield_as(
                        ::core::concat!(::core::module_path!(), "::transfer"),
                        async move {
                            async {
                                if false {
                                    let _ = &mut ledger;
                                    let _ = &mut amount;
                                }
                                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                                    Result<(), Stopped>,
                                > {
                                    return __etq_ret;
                                }
                                ::etiquette::__private::fault!(
                                    "transfer"; Result < (), Stopped >
                                );
                                match () {
                                    () => {
                                        ledger.withdraw(amount).await;
                                        ledger.deposit(amount).await;
                                        Ok(())
                                    }
                                }
                            }
                                .await
                        },
                    )
                    .await
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<(), Stopped>,
            >(
                __etq_stop
                    .of(
                        ::core::concat!(::core::module_path!(), "::transfer"),
                        ::etiquette::__private::TimeoutKind::Call,
                        1,
                    ),
            )
        }
    };
}
