//! How often: `3`, `MAX`, `self.config.attempts`, or `forever`.

use super::expr::{lone_ident, parse_expr};
use super::units::is_number_type;
use crate::diag::Diagnostic;
use crate::options::Value;
use crate::syntax::list::Form;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::ToTokens;
use syn::{Expr, ExprLit, Lit};

/// `attempts = N | forever`
pub(crate) enum Attempts {
    /// A literal, known to be at least 1.
    Literal(u32),
    /// Any integer expression; 0 at run time means 1.
    Expr(TokenStream),
    Forever(Ident),
}

impl Value for Attempts {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        if let Some(word) = lone_ident(&value).filter(|word| word == "forever") {
            return Ok(Self::Forever(word));
        }
        match parse_expr(&value)? {
            Expr::Lit(ExprLit {
                lit: Lit::Int(int), ..
            }) if int.suffix().is_empty() || is_number_type(int.suffix()) => {
                match int.base10_parse::<u32>() {
                    Ok(0) => Err(Diagnostic::on(
                        &value,
                        format_args!("`{key}` counts every run of the body: at least 1"),
                    )
                    .help(format_args!("`{key} = 1` runs it once and never again"))),
                    Ok(count) => Ok(Self::Literal(count)),
                    Err(_) => Err(
                        Diagnostic::on(&value, format_args!("`{key}` is at most {}", u32::MAX))
                            .help(format_args!("without a bound: `{key} = forever`")),
                    ),
                }
            }
            Expr::Lit(_) => Err(Diagnostic::on(&value, format_args!("`{key}` is a whole number"))
                .help(format_args!("write `{key} = 3` or `{key} = forever`"))),
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => {
                Err(Diagnostic::on(&value, format_args!("`{key}` is at least 1"))
                    .help(format_args!("without a bound: `{key} = forever`")))
            }
            _ => Ok(Self::Expr(value)),
        }
    }
}

/// A factor: any number, as a literal or an expression.
pub(crate) struct Number {
    pub(crate) literal: Option<f64>,
    tokens: TokenStream,
}

impl Value for Number {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let literal = match parse_expr(&value)? {
            Expr::Lit(ExprLit {
                lit: Lit::Int(int), ..
            }) if int.suffix().is_empty() => int.base10_parse().ok(),
            Expr::Lit(ExprLit {
                lit: Lit::Float(float),
                ..
            }) if float.suffix().is_empty() => float.base10_parse().ok(),
            Expr::Lit(_) => {
                return Err(Diagnostic::on(&value, format_args!("`{key}` is a number"))
                    .help(format_args!("write `{key} = 2`")));
            }
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => {
                return Err(Diagnostic::on(&value, format_args!("`{key}` is not negative"))
                    .help(format_args!("write `{key} = 2`")));
            }
            _ => None,
        };
        let tokens = literal.map_or_else(
            || value.clone(),
            |literal| Literal::f64_unsuffixed(literal).to_token_stream(),
        );
        Ok(Self { literal, tokens })
    }
}

impl ToTokens for Number {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

/// How many: a literal of at least 1, or any integer expression.
pub(crate) struct Count {
    pub(crate) literal: Option<u32>,
    tokens: TokenStream,
}

impl Value for Count {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let literal = match parse_expr(&value)? {
            Expr::Lit(ExprLit {
                lit: Lit::Int(int), ..
            }) if int.suffix().is_empty() || is_number_type(int.suffix()) => {
                match int.base10_parse::<u32>() {
                    Ok(0) => return Err(at_least_one(key, &value)),
                    Ok(count) => Some(count),
                    Err(_) => {
                        return Err(Diagnostic::on(
                            &value,
                            format_args!("{} is at most {}", named(key), u32::MAX),
                        )
                        .help("leave the layer out where there is no bound"));
                    }
                }
            }
            Expr::Lit(_) => {
                return Err(
                    Diagnostic::on(&value, format_args!("{} is a whole number", named(key)))
                        .help("write a count without a unit, as in `10`"),
                );
            }
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => {
                return Err(at_least_one(key, &value));
            }
            _ => None,
        };
        Ok(Self {
            literal,
            tokens: value,
        })
    }
}

fn at_least_one(key: &Ident, value: &TokenStream) -> Diagnostic {
    let help = match key.to_string().as_str() {
        crate::options::POSITIONAL => "write `1`, or leave the layer out".to_owned(),
        "queue" => "where nobody may wait write `wait = none`".to_owned(),
        key => format!("write `{key} = 1`, or leave it out"),
    };
    Diagnostic::on(value, format_args!("{} is at least 1", named(key))).help(help)
}

/// The option's name, or what the value without a name is called.
fn named(key: &Ident) -> String {
    if key == crate::options::POSITIONAL {
        "the limit".to_owned()
    } else {
        format!("`{key}`")
    }
}

impl ToTokens for Count {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

/// A part of the whole: a literal from 0 to 1, or an expression.
pub(crate) struct Ratio(TokenStream);

impl Value for Ratio {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let number = Number::parse(key, value.clone()).map_err(|_| not_a_ratio(key, &value))?;
        match number.literal {
            Some(ratio) if !(0.0..=1.0).contains(&ratio) => Err(not_a_ratio(key, &value)),
            _ => Ok(Self(number.to_token_stream())),
        }
    }
}

fn not_a_ratio(key: &Ident, value: &TokenStream) -> Diagnostic {
    Diagnostic::on(value, format_args!("`{key}` is a ratio from 0 to 1"))
        .help(format_args!("write `{key} = 0.5` for one half"))
}

impl ToTokens for Ratio {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}
