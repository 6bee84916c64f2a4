//! `list`: stacks, runs, worst cases, retries inside retries, and public functions without a layer.

use serde_json::{Value, json};

use crate::support::Tree;

pub(crate) const SHOP: &str = "\
use etiquette::{retry, with_timeout};

#[with_timeout(30s, total)]
#[retry(attempts = 4)]
pub async fn order(shop: &Shop) -> Result<(), Error> {
    tokio::join!(shop.price(), async { charge().await }).1
}

#[retry]
#[with_timeout(2s, attempt)]
async fn charge() -> Result<(), Error> {
    Ok(())
}

pub async fn unguarded() {}

async fn private() {}

pub struct Shop;

#[etiquette::defaults(with_timeout(5s), error = Error::stopped)]
impl Shop {
    async fn price(&self) -> Result<(), Error> {
        Ok(())
    }

    #[with_timeout(none)]
    pub async fn export(&self) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    pub async fn helper() {}
}
";

pub(crate) fn shop() -> Tree {
    let tree = Tree::package();
    tree.file("src/lib.rs", SHOP);
    tree
}

#[test]
fn the_table_reads_from_the_outermost_layer_to_the_body() {
    let ran = shop().run(["list"]).code(0);
    let expected = "\
order  src/lib.rs:5
    with_timeout(30s, total)
    retry(attempts = 4)
  runs up to 4 times, takes at most 30s
  retry inside a retry: through charge, up to 12 runs

charge  src/lib.rs:11
    retry
    with_timeout(2s, attempt)
  runs up to 3 times, takes at most 6.3s; 2m 6s if its errors ask for waits

Shop::price  src/lib.rs:23
    with_timeout(5s)  (from #[defaults])
  runs once, takes at most 5s

2 public async functions without layers
  unguarded  src/lib.rs:15
  Shop::export  src/lib.rs:28

";
    assert_eq!(ran.stdout, expected);
    assert_eq!(
        ran.stderr,
        "3 functions annotated, 2 public and async without a layer\n"
    );
}

#[test]
fn json_says_the_same_in_numbers() {
    let list: Value = serde_json::from_str(&shop().run(["list", "--format", "json"]).code(0).stdout).unwrap();
    let functions = list["functions"].as_array().unwrap();
    assert_eq!(functions.len(), 5);
    assert_eq!(
        functions[0],
        json!({
            "name": "order", "package": "app", "file": "src/lib.rs", "line": 5, "public": true, "in_tests": false,
            "annotated": true, "runs": 4, "worst_case_seconds": 30.0, "worst_case_with_hints_seconds": 30.0,
            "layers": [
                { "name": "with_timeout", "attribute": "with_timeout(30s, total)", "from_defaults": false },
                { "name": "retry", "attribute": "retry(attempts = 4)", "from_defaults": false },
            ],
            "nested_retries": [{ "through": ["charge"], "runs": 12 }],
        })
    );
    assert_eq!(
        (
            &functions[1]["worst_case_seconds"],
            &functions[1]["worst_case_with_hints_seconds"]
        ),
        (&json!(6.3), &json!(126.0))
    );
    assert_eq!(functions[3]["annotated"], false);
    assert_eq!(functions[3]["worst_case_seconds"], Value::Null);
}

#[test]
fn retries_are_followed_through_functions_of_the_same_package_only() {
    let tree = Tree::empty();
    tree.file("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\"]\n");
    for name in ["a", "b"] {
        tree.file(
            &format!("{name}/Cargo.toml"),
            format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\n"),
        );
    }
    let text = "#[etiquette::retry] async fn outer() -> R { middle().await; again().await }
                #[etiquette::with_timeout(1s)] async fn middle() -> R { inner().await }
                #[etiquette::retry(attempts = 5)] async fn again() -> R { again().await; lonely().await }";
    tree.file("a/src/lib.rs", text);
    tree.file(
        "a/src/inner.rs",
        "#[etiquette::retry(attempts = N)] pub async fn inner() -> R { R }",
    );
    tree.file(
        "b/src/lib.rs",
        "#[etiquette::retry] pub async fn lonely() -> R { R }",
    );
    let list: Value = serde_json::from_str(&tree.run(["list", "--format", "json"]).code(0).stdout).unwrap();
    let functions = list["functions"].as_array().unwrap();
    let nested = |name: &str| {
        functions
            .iter()
            .find(|function| function["name"] == name)
            .unwrap()["nested_retries"]
            .clone()
    };
    let expected =
        json!([{ "through": ["middle", "inner"], "runs": null }, { "through": ["again"], "runs": 15 }]);
    let mut found = nested("outer").as_array().unwrap().clone();
    found.sort_by_key(|nested| nested["runs"].is_u64());
    assert_eq!(Value::from(found), expected);
    assert_eq!(nested("again"), json!([]));
}

#[test]
fn a_name_that_two_functions_carry_says_nothing() {
    let tree = Tree::package();
    let text =
        "#[etiquette::retry] async fn outer(a: &A, b: &B) -> R { a.send().await; fn inner() { other(); } }
                #[etiquette::retry] async fn other() -> R { R }
                impl A { #[etiquette::retry] async fn send(&self) -> R { R } }";
    let nested = |text: &str| {
        tree.file("src/lib.rs", text);
        let list: Value =
            serde_json::from_str(&tree.run(["list", "--format", "json"]).code(0).stdout).unwrap();
        list["functions"][0]["nested_retries"].clone()
    };
    assert_eq!(nested(text), json!([{ "through": ["A::send"], "runs": 9 }]));
    assert_eq!(
        nested(&format!("{text} impl B {{ fn send(&self) {{}} }}")),
        json!([])
    );
}

#[test]
fn one_package_alone() {
    let tree = shop();
    tree.run(["list", "--package", "app"]).code(0).says("charge");
    tree.run(["list", "--package", "apps"])
        .code(2)
        .remarks("did you mean `app`?");
}
