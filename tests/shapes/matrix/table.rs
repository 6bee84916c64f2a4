//! The shapes that ran as tables: `SHAPES.md`, and a short one for the README.

use super::peers::{PEERS, ROWS, Row, UNSAFE, UNSAFE_AT};
use super::refused::Refusal;
use super::{SHAPES, STACKS, Shape, blocking};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const BEGIN: &str = "<!-- shapes -->\n";
const END: &str = "<!-- /shapes -->";

fn here(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares both tables with what stands in their files, or writes them.
pub(super) fn check(refused: &[Refusal]) {
    let ran: Vec<&Shape> = SHAPES[..4].iter().flat_map(|(.., shapes)| *shapes).collect();
    let (unsafe_file, unsafe_fn) = UNSAFE_AT;
    assert!(
        read(&here(unsafe_file)).contains(unsafe_fn),
        "{unsafe_file} has no `{unsafe_fn}`"
    );
    let readme_path = here("../README.md");
    let readme = read(&readme_path);
    let (before, rest) = readme.split_once(BEGIN).expect("`<!-- shapes -->` in the README");
    let (_, after) = rest.split_once(END).expect("`<!-- /shapes -->` in the README");
    let wanted = [
        (
            readme_path.clone(),
            format!("{before}{BEGIN}{}{END}{after}", short(&ran)),
        ),
        (here("SHAPES.md"), long(&ran, refused)),
    ];
    for (path, wanted) in wanted {
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &wanted).expect("the table can be written");
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == wanted,
            "{} is stale: BLESS=1 writes it anew",
            path.display()
        );
    }
}

/// What a shape needs besides the attribute.
fn needs(shape: &Shape) -> String {
    let mut options: Vec<String> = shape
        .options
        .into_iter()
        .filter(|options| !options.is_empty())
        .map(|options| format!("`{}`", options.replace('|', "\\|")))
        .collect();
    options.dedup();
    options.join(", ")
}

/// Our cell: every shape that the row is about has run.
fn ours(row: &Row, ran: &[&Shape]) -> String {
    let found = row.ours.iter().map(|name| {
        let found = ran.iter().find(|shape| shape.name == *name);
        needs(found.unwrap_or_else(|| panic!("no shape `{name}` has run")))
    });
    let needed: Vec<String> = found.filter(|needed| !needed.is_empty()).collect();
    if needed.is_empty() {
        "ok".to_owned()
    } else {
        format!("ok, with {}", needed.join(", "))
    }
}

fn rows<'a>(rows: impl Iterator<Item = &'a Row>, ran: &[&Shape]) -> String {
    let mut out = format!(
        "| | etiquette | {} |\n|---|---|{}\n",
        PEERS.join(" | "),
        "---|".repeat(PEERS.len())
    );
    for row in rows {
        let ours = ours(row, ran);
        writeln!(out, "| {} | {ours} | {} |", row.title, row.peers.join(" | ")).expect("a string");
    }
    out
}

fn short(ran: &[&Shape]) -> String {
    let table = rows(ROWS.iter().filter(|row| row.short), ran);
    format!(
        "What attribute macros make of everyday functions; the first column is what our tests have run, the others were\n\
        tried by hand on Rust 1.95 in November 2026:\n\n\
        {table}\nAll shapes, and what was tried how: [tests/SHAPES.md](tests/SHAPES.md).\n"
    )
}

fn long(ran: &[&Shape], refused: &[Refusal]) -> String {
    let mut out = format!(
        "# Shapes of functions\n\n\
        Written by `tests/shapes/matrix.rs` from what it has run; `BLESS=1` writes it anew.\n\n\
        ## Beside other attributes\n\n\
        Our column: compiled and run, with the result of the plain function, under each of the attributes that stop,\n\
        repeat or watch a call and under the stacks below. The others: tried on Rust 1.95 in November 2026, outside\n\
        these tests. `not retried` compiles, and leaves the retry with the first error.\n\n\
        {}\n\
        ## Every shape\n\n\
        {} functions, each compiled from one source {} times:\n\n",
        rows(ROWS.iter().chain([&UNSAFE]), ran),
        ran.len(),
        STACKS.len(),
    );
    list(&mut out, &STACKS);
    out.push_str(
        "\nThe second column says which options a function cannot do without.\n\n| | options |\n|---|---|\n",
    );
    for shape in ran {
        writeln!(out, "| {} | {} |", shape.title, needs(shape)).expect("a string");
    }
    out.push_str(
        "\n## What is refused\n\n\
        Two runs at once cannot share what one has to itself, a task of its own cannot borrow, and what is no `Result`\n\
        has no error to fall back from. What the compiler says first:\n\n| | under | |\n|---|---|---|\n",
    );
    for Refusal { title, stack, error } in refused {
        let (stack, error) = (
            stack.replace(RECOMMENDED, "the recommended stack"),
            error.replace('|', "\\|"),
        );
        writeln!(out, "| {title} | {stack} | {error} |").expect("a string");
    }
    write!(
        out,
        "\n## Bodies that never wait\n\n{} functions, each compiled from one source {} times:\n\n",
        blocking::SHAPES.len(),
        blocking::STACKS.len()
    )
    .expect("a string");
    list(&mut out, &blocking::STACKS);
    out.push_str("\n| | options |\n|---|---|\n");
    for shape in blocking::SHAPES {
        writeln!(out, "| {} | {} |", shape.title, needs(shape)).expect("a string");
    }
    out
}

/// The recommended order, whose name is long.
const RECOMMENDED: &str = STACKS[STACKS.len() - 1];

fn list(out: &mut String, stacks: &[&str]) {
    for stack in stacks {
        writeln!(out, "* {stack}").expect("a string");
    }
}
