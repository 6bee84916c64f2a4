//! H77: `async unsafe` keeps both words; `forbid(unsafe_code)` keeps it out of the other tests.

#![deny(warnings)]

#[etiquette::retry(attempts = 2, when = any)]
pub async unsafe fn read(p: *const u8) -> Result<u8, std::io::Error> {
    Ok(unsafe { *p })
}

fn main() {
    let byte = 7u8;
    drop(unsafe { read(&byte) });
}
