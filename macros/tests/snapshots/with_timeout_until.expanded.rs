pub async fn fetch(
    deadline: Option<Instant>,
    list: &mut Vec<u8>,
) -> Result<usize, Error> {
    return match ::etiquette::__private::with_timeout(
            ::etiquette::__private::deadline(deadline),
            async {
                if false {
                    let _ = &mut *list;
                }
                if let ::core::option::Option::Some(__etq_ret) = ::core::option::Option::None::<
                    Result<usize, Error>,
                > {
                    return __etq_ret;
                }
                ::etiquette::__private::fault!("fetch"; Result < usize, Error >);
                match () {
                    () => {
                        list.push(read().await?);
                        Ok(list.len())
                    }
                }
            },
        )
        .await
    {
        ::core::result::Result::Ok(__etq_out) => __etq_out,
        ::core::result::Result::Err(__etq_stop) => {
            ::etiquette::__private::mapped::<
                Result<usize, Error>,
                _,
                _,
            >(
                __etq_stop
                    .of(
                        ::core::concat!(::core::module_path!(), "::fetch"),
                        ::etiquette::__private::TimeoutKind::Call,
                        1,
                    ),
                Error::TooLate,
            )
        }
    };
}
