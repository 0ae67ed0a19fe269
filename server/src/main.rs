//! The binary `taphuan`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::run()
}
