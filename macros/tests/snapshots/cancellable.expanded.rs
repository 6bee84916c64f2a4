async fn import(token: CancellationToken, mut rows: u32) -> Result<u32, Error> {
    use ::etiquette::__private::AsCancelSource as _;
    return match ::etiquette::__private::cancellable(
            (token).__etq_source(),
            async {
                if false {
                    let _ = &mut rows;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<u32, Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("import"; Result < u32, Error >);
                match () {
                    () => {
                        for _ in 0..rows {
                            store().await?;
                        }
                        Ok(rows)
                    }
                }
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::cancelled::<
                Result<u32, Error>,
            >(__etq_stop.of(::core::concat!(::core::module_path!(), "::import")))
        }
    };
}
