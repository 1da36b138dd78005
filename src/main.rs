//! The program `madoguchi`.
fn main() {}
