//! Builds the server again when the browser half has changed: a release binary
//! carries it inside.

fn main() {
    println!("cargo::rerun-if-changed=../target/site/manifest.json");
    // A debug binary reads the folder, and only when it was there at compile time.
    if let Err(error) = std::fs::create_dir_all("../target/site") {
        println!("cargo::warning=target/site cannot be made: {error}");
    }
}
