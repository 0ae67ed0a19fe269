//! From which address a request comes, and how many forms it may send.

use crate::trouble::Trouble;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use service::Services;
use std::net::{IpAddr, SocketAddr};

/// The pages whose forms everybody can send; those of people who sign in have
/// limits of their own.
const PUBLIC: [&str; 4] = ["/workshops/", "/my", "/groups/", "/invitations/"];

/// Refuses public forms with 429 when one address sends too many.
pub(crate) async fn forms(
    State(services): State<Services>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let is_public = PUBLIC.iter().any(|start| path.starts_with(start));
    if request.method() == Method::POST
        && is_public
        && let Some(from) = sender(&request)
        && let Err(failure) = services.limits().form(from)
    {
        return Trouble::from(failure).into_response();
    }
    next.run(request).await
}

/// Who sent a request: the peer itself, or what a proxy on this machine or in
/// this house says it passes on. Anybody else could write any address there.
fn sender(request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    let peer = peer.0.ip().to_canonical();
    if is_near(peer) {
        Some(passed_on(request.headers()).unwrap_or(peer))
    } else {
        Some(peer)
    }
}

fn is_near(peer: IpAddr) -> bool {
    match peer {
        IpAddr::V4(peer) => peer.is_loopback() || peer.is_private(),
        IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local(),
    }
}

/// The last address in `X-Forwarded-For`: the one that the nearest proxy saw.
/// What stands before it came from outside.
fn passed_on(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    let last = last.to_str().ok()?.rsplit(',').next()?.trim();
    last.parse()
        .ok()
        .or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn from(peer: &str, forwarded: &[&str]) -> String {
        let mut request = Request::new(Body::empty());
        let peer: IpAddr = peer.parse().unwrap();
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(peer, 4711)));
        for value in forwarded {
            request
                .headers_mut()
                .append("x-forwarded-for", value.parse().unwrap());
        }
        sender(&request).unwrap().to_string()
    }

    #[test]
    fn only_a_proxy_of_the_house_is_believed() {
        for (peer, forwarded, sender) in [
            ("203.0.113.9", &[][..], "203.0.113.9"),
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("127.0.0.1", &["6.6.6.6, 198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", &["6.6.6.6", "198.51.100.1"], "198.51.100.1"),
            ("::ffff:10.0.0.2", &["198.51.100.1:80"], "198.51.100.1"),
            ("::1", &["[2001:db8::1]:80"], "2001:db8::1"),
            ("127.0.0.1", &["nonsense"], "127.0.0.1"),
        ] {
            assert_eq!(from(peer, forwarded), sender, "{peer} {forwarded:?}");
        }
    }
}
