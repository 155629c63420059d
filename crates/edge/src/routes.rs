//! Every address of the API: one table, one file each.

mod coupon_check;
mod health;
mod import;
mod products;
mod quotes;
mod simulate;
mod site_key;
mod site_keys;
mod snapshot;

use worker::{Env, Request, Response};

use crate::{
    admin, answer,
    call::Call,
    cors,
    problem::{self, Failure},
    query::Query,
    site_keys as keys, store,
};

/// An address, who may use it, and what answers there.
#[derive(Debug)]
struct Route {
    /// The path; one that ends in `/` goes on with one segment of its own.
    path: &'static str,
    access: Access,
    methods: &'static [(&'static str, Endpoint)],
}

/// Who may use an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    /// Everyone.
    Open,
    /// Pages with a site key, `?key=`.
    Site,
    /// The administrator.
    Admin,
}

/// What answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Endpoint {
    CouponCheck,
    Health,
    Import,
    Products,
    PutSiteKey,
    Quotes,
    Simulate,
    SiteKeys,
    Snapshot,
}

const ROUTES: [Route; 9] = [
    Route { path: "/health", access: Access::Open, methods: &[("GET", Endpoint::Health)] },
    Route { path: "/v1/snapshot", access: Access::Site, methods: &[("GET", Endpoint::Snapshot)] },
    Route { path: "/v1/products", access: Access::Site, methods: &[("GET", Endpoint::Products)] },
    Route { path: "/v1/quotes", access: Access::Site, methods: &[("POST", Endpoint::Quotes)] },
    Route { path: "/v1/coupons/check", access: Access::Site, methods: &[("POST", Endpoint::CouponCheck)] },
    Route { path: "/admin/api/import", access: Access::Admin, methods: &[("POST", Endpoint::Import)] },
    Route { path: "/admin/api/simulate", access: Access::Admin, methods: &[("POST", Endpoint::Simulate)] },
    Route { path: "/admin/api/site-keys", access: Access::Admin, methods: &[("GET", Endpoint::SiteKeys)] },
    Route { path: "/admin/api/site-keys/", access: Access::Admin, methods: &[("PUT", Endpoint::PutSiteKey)] },
];

impl Route {
    /// The segment of its own that a path has here; empty where the route has none.
    fn item<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.path.ends_with('/') {
            path.strip_prefix(self.path).filter(|item| !item.is_empty() && !item.contains('/'))
        } else {
            (path == self.path).then_some("")
        }
    }

    fn endpoint(&self, method: &str) -> Option<Endpoint> {
        // A HEAD is a GET whose body the runtime leaves behind.
        let method = if method == "HEAD" { "GET" } else { method };
        self.methods.iter().find(|(known, _)| *known == method).map(|(_, endpoint)| *endpoint)
    }

    /// The methods as an `Allow` header lists them.
    fn allowed(&self) -> String {
        let mut names = Vec::new();
        for (method, _) in self.methods {
            names.push(*method);
            if *method == "GET" {
                names.push("HEAD");
            }
        }
        names.push("OPTIONS");
        names.join(", ")
    }
}

/// The route of a path, and the path's own segment.
fn find(path: &str) -> Option<(&'static Route, &str)> {
    ROUTES.iter().find_map(|route| Some((route, route.item(path)?)))
}

/// Answers a request, whatever it is.
pub(crate) async fn answer(request: Request, env: Env) -> worker::Result<Response> {
    let path = request.path();
    let Some((route, item)) = find(&path) else { return answer::problem(&problem::not_found()) };
    let mut origin = None;
    let outcome = admit(route, item, request, env, &mut origin).await;
    let response = outcome.or_else(|failure| answer::problem(&failure.problem()))?;
    if route.access == Access::Site {
        cors::expose(&response, origin.as_deref())?;
    }
    if response.status_code() == 405 {
        response.headers().set("Allow", &route.allowed())?;
    }
    Ok(response)
}

/// Lets the caller in, or not, and hands over to the endpoint. `origin` becomes the page's that may read the answer.
async fn admit(
    route: &Route,
    item: &str,
    request: Request,
    env: Env,
    origin: &mut Option<String>,
) -> Result<Response, Failure> {
    let url = request.url().map_err(|_| problem::malformed_url())?;
    let call = Call { query: Query::of(&url), request, env, item: item.to_owned() };
    let method = call.request.inner().method();
    let is_preflight = method == "OPTIONS";
    match route.access {
        Access::Open => {}
        Access::Site => {
            let name = call.query.one("key")?.ok_or_else(problem::unknown_site_key)?;
            let key = keys::find(&store::database(&call.env)?, name).await?;
            *origin = cors::admit(call.request.headers(), &key)?;
        }
        // No page of another origin has business here, so a preflight learns nothing.
        Access::Admin if is_preflight => {}
        Access::Admin => admin::admit(call.request.headers(), &call.env)?,
    }
    if is_preflight {
        return Ok(options(route, origin.is_some())?);
    }
    match route.endpoint(&method) {
        Some(endpoint) => hand_over(endpoint, call).await,
        None => Err(problem::method_not_allowed(&route.allowed()).into()),
    }
}

async fn hand_over(endpoint: Endpoint, call: Call) -> Result<Response, Failure> {
    match endpoint {
        Endpoint::CouponCheck => coupon_check::post(call).await,
        Endpoint::Health => health::get(call).await,
        Endpoint::Import => import::post(call).await,
        Endpoint::Products => products::get(call).await,
        Endpoint::PutSiteKey => site_key::put(call).await,
        Endpoint::Quotes => quotes::post(call).await,
        Endpoint::Simulate => simulate::post(call).await,
        Endpoint::SiteKeys => site_keys::get(call).await,
        Endpoint::Snapshot => snapshot::get(call).await,
    }
}

fn options(route: &Route, is_for_page: bool) -> worker::Result<Response> {
    let response = if is_for_page { cors::preflight(&route.allowed())? } else { answer::nothing(204)? };
    response.headers().set("Allow", &route.allowed())?;
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::{Access, Endpoint, ROUTES, find};

    #[test]
    fn each_path_finds_its_own_route() {
        for route in &ROUTES {
            let item = if route.path.ends_with('/') { "pk_abc" } else { "" };
            let path = format!("{}{item}", route.path);
            assert_eq!(find(&path).map(|(found, item)| (found.path, item)), Some((route.path, item)));
        }
    }

    #[test]
    fn nothing_else_finds_one() {
        for path in [
            "",
            "/",
            "/v1",
            "/v1/",
            "/v1/snapshot/",
            "/V1/snapshot",
            "/v1/quotes/1",
            "/admin/api/site-keys/",
            "/admin/api/site-keys/a/b",
        ] {
            assert!(find(path).is_none(), "{path}");
        }
    }

    #[test]
    fn methods_are_told_apart() {
        let (route, _) = find("/v1/snapshot").expect("a route");
        assert_eq!(route.endpoint("GET"), Some(Endpoint::Snapshot));
        assert_eq!(route.endpoint("HEAD"), Some(Endpoint::Snapshot));
        for method in ["POST", "get", "PROPFIND", ""] {
            assert_eq!(route.endpoint(method), None, "{method}");
        }
        assert_eq!(route.allowed(), "GET, HEAD, OPTIONS");
        assert_eq!(find("/v1/quotes").expect("a route").0.allowed(), "POST, OPTIONS");
    }

    #[test]
    fn the_path_says_who_may_use_it() {
        for route in &ROUTES {
            let expected = match route.path {
                path if path.starts_with("/v1/") => Access::Site,
                path if path.starts_with("/admin/") => Access::Admin,
                _ => Access::Open,
            };
            assert_eq!(route.access, expected, "{}", route.path);
        }
    }
}
