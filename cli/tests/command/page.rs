//! `list --format html`: one page that needs nothing else; sorted and filtered in a real browser where there is one.
//!
//! `ETIQUETTE_BROWSER` names the browser (Chromium or one built from it) and makes its absence an error; so does `CI`.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::list::shop;
use crate::support::{Tree, clean, program};

fn page(tree: &Tree) -> String {
    tree.run(["list", "--format", "html"]).code(0).stdout
}

#[test]
fn the_page_fetches_nothing_and_allows_nothing_to_be_fetched() {
    let page = page(&shop());
    for word in [
        "http:",
        "https:",
        "src=",
        "@import",
        "url(",
        "fetch(",
        "XMLHttpRequest",
        "<link",
    ] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn it_can_be_read_without_its_script_and_by_a_screen_reader() {
    let page = page(&shop());
    for part in [
        "<html lang=\"en\">",
        "<label>Filter <input type=\"search\"",
        "<label>Show <select",
        "aria-live=\"polite\"",
        "<th scope=\"col\" data-sort=\"number\" aria-sort=\"none\"><button type=\"button\">Worst case</button></th>",
        "<th scope=\"row\"><code>charge</code></th>",
        "<li><code>with_timeout(2s, attempt)</code></li>",
        "retry inside a retry: through charge, up to 12 runs",
        "<code>unguarded</code>",
        "6.3s <small>2m 6s if errors ask for waits</small>",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn code_on_the_page_is_text() {
    let tree = Tree::package();
    tree.file(
        "src/lib.rs",
        "#[etiquette::instrument_task(name = \"</script><b onclick='x'>&\")] pub async fn f() {}",
    );
    let page = page(&tree);
    assert!(
        page.contains("&lt;/script&gt;&lt;b onclick=&#39;x&#39;&gt;&amp;"),
        "{page}"
    );
    assert_eq!(page.matches("</script>").count(), 1);
}

/// Runs in the page: uses it as a person would and writes down what is to be seen.
const VISITOR: &str = r##"
const seen = () => [...document.querySelectorAll("#functions tbody tr")]
  .filter((row) => row.getClientRects().length > 0)
  .map((row) => row.cells[0].querySelector("code").textContent);
const sorted = () => [...document.querySelectorAll("thead th")].map((head) => head.getAttribute("aria-sort"));
const press = (column) => document.querySelectorAll("thead button")[column].click();
const type = (text) => { filter.value = text; filter.dispatchEvent(new Event("input", { bubbles: true })); };
const choose = (value) => { show.value = value; show.dispatchEvent(new Event("input", { bubbles: true })); };
const filter = document.getElementById("filter"), show = document.getElementById("show");
const said = {};
said.first = seen();
press(4); said.worst = seen(); said.up = sorted();
press(4); said.back = seen(); said.down = sorted();
press(0); said.names = seen();
press(3); said.runs = seen();
type("TIMEOUT price"); said.typed = seen(); said.count = document.getElementById("count").textContent;
type(""); choose("plain"); said.plain = seen();
choose("nested"); said.nested = seen();
choose("annotated"); type("zzz"); said.none = seen();
const out = document.createElement("pre");
out.id = "said"; out.textContent = JSON.stringify(said);
document.body.append(out);
"##;

#[test]
fn sorting_and_filtering_in_a_browser() {
    let Some(browser) = browser() else {
        eprintln!("not tried: no browser is installed, and ETIQUETTE_BROWSER names none");
        return;
    };
    let tree = shop();
    let visited = page(&tree).replace("</body>", &format!("<script>{{{VISITOR}}}</script>\n</body>"));
    tree.file("page.html", visited);
    let mut command = Command::new(browser);
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-sync",
    ]);
    command.args([
        "--disable-background-networking",
        "--disable-component-update",
        "--dump-dom",
    ]);
    command.arg(format!("--user-data-dir={}", tree.path("profile").display()));
    command.arg(format!("file://{}", tree.path("page.html").display()));
    let out = clean(&mut command).output().unwrap();
    let dom = String::from_utf8_lossy(&out.stdout);
    let said = dom
        .split("<pre id=\"said\">")
        .nth(1)
        .and_then(|rest| rest.split("</pre>").next());
    let said = said.unwrap_or_else(|| {
        panic!(
            "the page did not run: {dom}\n{}",
            String::from_utf8_lossy(&out.stderr)
        )
    });
    let said: Value = serde_json::from_str(
        &said
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">"),
    )
    .unwrap();
    let expect = |key: &str, names: &[&str]| assert_eq!(said[key], Value::from(names.to_vec()), "{key}");

    expect(
        "first",
        &["order", "charge", "Shop::price", "unguarded", "Shop::export"],
    );
    expect(
        "worst",
        &["Shop::price", "charge", "order", "unguarded", "Shop::export"],
    );
    expect("up", &["none", "none", "none", "none", "ascending"]);
    expect(
        "back",
        &["unguarded", "Shop::export", "order", "charge", "Shop::price"],
    );
    expect("down", &["none", "none", "none", "none", "descending"]);
    expect(
        "names",
        &["charge", "order", "Shop::export", "Shop::price", "unguarded"],
    );
    expect(
        "runs",
        &["Shop::export", "Shop::price", "unguarded", "charge", "order"],
    );
    expect("typed", &["Shop::price"]);
    assert_eq!(said["count"], "1 of 5 shown");
    expect("plain", &["Shop::export", "unguarded"]);
    expect("nested", &["order"]);
    expect("none", &[]);
}

fn browser() -> Option<PathBuf> {
    match std::env::var("ETIQUETTE_BROWSER") {
        Ok(name) => {
            Some(program(&[&name]).unwrap_or_else(|| panic!("ETIQUETTE_BROWSER: {name} is not installed")))
        }
        Err(_) => {
            let found = program(&["chromium", "chromium-browser", "google-chrome"]);
            let in_ci = std::env::var_os("CI").is_some();
            assert!(
                found.is_some() || !in_ci,
                "no browser to try the page in: install chromium, or name one in ETIQUETTE_BROWSER"
            );
            found
        }
    }
}
