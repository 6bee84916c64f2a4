#[automatically_derived]
impl ::etiquette::Classify for FetchError {
    fn class(&self) -> ::etiquette::Class {
        match self {
            Self::Busy { retry_after: __etq_found, .. } => {
                ::etiquette::__private::transient_after(*__etq_found)
            }
            Self::NotFound { .. } => ::etiquette::Class::Permanent,
            Self::Connect { .. } => ::etiquette::Class::NotSent,
            Self::Io { 0: __etq_found, .. } => ::etiquette::Classify::class(__etq_found),
            Self::Stopped { 0: __etq_found, .. } => {
                ::etiquette::Classify::class(__etq_found)
            }
        }
    }
}
::etiquette::__private::injectable! {
    FetchError
}
