//! Arguments in, exit code out. Nothing else happens here.

fn main() {}
