//! Builds the server again when the browser half has changed: a release binary
//! carries it inside.

fn main() {
    println!("cargo::rerun-if-changed=../target/site/manifest.json");
}
