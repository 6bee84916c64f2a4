/// Callees see the deadline.
async fn page(mut id: u64) -> Result<Page, Error> {
    return match ::etiquette::__private::inherit(
            ::etiquette::__private::limit(::core::time::Duration::from_secs(5)),
            async {
                if false {
                    let _ = &mut id;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<Page, Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("page"; Result < Page, Error >);
                match () {
                    () => assemble(id).await,
                }
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::stopped::<
                Result<Page, Error>,
            >(
                __etq_stop
                    .of(
                        ::core::concat!(::core::module_path!(), "::page"),
                        ::etiquette::__private::TimeoutKind::Call,
                        1,
                    ),
            )
        }
    };
}
