//! `select!` of tokio and futures, taken apart into arms.

use syn::parse::{Parse, ParseStream};
use syn::{Expr, ExprBlock, Pat, Token};

/// One `select!`.
pub(crate) struct Race {
    /// `biased;` in front, or the arms are tried in order anyway (`select_biased!`).
    pub(crate) biased: bool,
    pub(crate) arms: Vec<Arm>,
    /// `else =>`, `complete =>`, `default =>`.
    pub(crate) otherwise: Vec<Expr>,
}

/// `pattern = future, if guard => handler`.
pub(crate) struct Arm {
    pub(crate) pattern: Pat,
    pub(crate) future: Expr,
    pub(crate) guard: Option<Expr>,
    pub(crate) handler: Expr,
}

mod word {
    syn::custom_keyword!(biased);
    syn::custom_keyword!(complete);
    syn::custom_keyword!(default);
}

impl Parse for Race {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut race = Race {
            biased: false,
            arms: Vec::new(),
            otherwise: Vec::new(),
        };
        if input.peek(word::biased) && input.peek2(Token![;]) {
            input.parse::<word::biased>()?;
            input.parse::<Token![;]>()?;
            race.biased = true;
        }
        while !input.is_empty() {
            let closing =
                (input.peek(Token![else]) || input.peek(word::complete) || input.peek(word::default))
                    && input.peek2(Token![=>]);
            if closing {
                input.call(<proc_macro2::Ident as syn::ext::IdentExt>::parse_any)?;
                race.otherwise.push(handler(input)?);
                continue;
            }
            let pattern = Pat::parse_multi_with_leading_vert(input)?;
            input.parse::<Token![=]>()?;
            let future: Expr = input.parse()?;
            let guard = if input.peek(Token![,]) && input.peek2(Token![if]) {
                input.parse::<Token![,]>()?;
                input.parse::<Token![if]>()?;
                Some(input.parse()?)
            } else {
                None
            };
            let handler = handler(input)?;
            race.arms.push(Arm {
                pattern,
                future,
                guard,
                handler,
            });
        }
        Ok(race)
    }
}

/// `=> expression,` or `=> { … }` with or without a comma.
fn handler(input: ParseStream<'_>) -> syn::Result<Expr> {
    input.parse::<Token![=>]>()?;
    let handler = if input.peek(syn::token::Brace) {
        // A block ends the arm: what follows it is the next pattern, not an operator.
        Expr::Block(ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: input.parse()?,
        })
    } else {
        input.parse()?
    };
    if input.peek(Token![,]) {
        input.parse::<Token![,]>()?;
    }
    Ok(handler)
}

#[cfg(test)]
mod tests {
    use super::Race;

    #[test]
    fn arms_guards_and_else() {
        let race: Race = syn::parse_str(
            "biased;
             _ = token.cancelled() => break,
             Some((a, b)) = rx.recv(), if open && x < 3 => { use_it(a) }
             (c, d) = async { work().await } => {}
             r = &mut handle => r?,
             Ok(x) | Err(x) = f() => x.await,
             else => return",
        )
        .expect("it is what tokio takes");
        assert!(race.biased);
        assert_eq!((race.arms.len(), race.otherwise.len()), (5, 1));
        assert!(race.arms[1].guard.is_some());
    }

    #[test]
    fn the_form_of_futures() {
        let race: Race = syn::parse_str("a = x => 1, complete => break, default => {}").expect("it parses");
        assert_eq!((race.arms.len(), race.otherwise.len()), (1, 2));
        assert!(syn::parse_str::<Race>("a in b => c").is_err());
    }
}
