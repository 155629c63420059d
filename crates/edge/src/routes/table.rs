//! The table of addresses: each with its methods, who may use them, and what answers.

use core::pin::Pin;

use super::{
    admin_tokens, audit, confirm, coupon_check, customer, customer_token, customers, discount_stop,
    discounts, health, import, mail, offer_links, offer_session, openapi, order, order_list, orders, outbox,
    past_orders, products, quotes, server_keys, simulate, site_key, site_keys, snapshot, unsubscribe, update,
    updates, upgrade, upgrades, webhook, webhooks,
};
use crate::{
    answer::Answer,
    call::Call,
    caller::Access::{self, Open, Server, Site, Staff},
    credential::Role::{Editor, Owner, Viewer},
    problem::Failure,
};

/// An address.
#[derive(Debug)]
pub(crate) struct Route {
    /// The path; `{}` in it is one segment of its own.
    pub(crate) path: &'static str,
    pub(crate) methods: &'static [Method],
}

/// A method of an address.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) access: Access,
    pub(crate) answer: Handler,
}

type Handler = fn(Call) -> Pin<Box<dyn Future<Output = Result<Answer, Failure>>>>;

/// A route that a path leads to.
#[derive(Debug)]
pub(crate) struct Found<'p> {
    pub(crate) route: &'static Route,
    /// The path's own segment; empty where the route has none.
    pub(crate) item: &'p str,
}

macro_rules! routes {
    ($($path:literal: $($name:literal $access:expr => $answer:path),+;)+) => {
        /// Every address, the busy ones first.
        pub(crate) const ROUTES: &[Route] = &[$(Route {
            path: $path,
            methods: &[$(Method { name: $name, access: $access, answer: |call| Box::pin($answer(call)) }),+],
        }),+];
    };
}

routes! {
    "/v1/quotes": "POST" Site => quotes::post;
    "/v1/orders": "POST" Server => orders::post;
    "/v1/orders/{}": "GET" Server => order::get;
    "/v1/orders/{}/commit": "POST" Server => order::commit;
    "/v1/orders/{}/release": "POST" Server => order::release;
    "/v1/orders/{}/refund": "POST" Server => order::refund;
    "/v1/orders/{}/extend": "POST" Server => order::extend;
    "/v1/snapshot": "GET" Site => snapshot::get;
    "/v1/products": "GET" Site => products::get;
    "/v1/coupons/check": "POST" Site => coupon_check::post;
    "/v1/offers/session": "POST" Site => offer_session::post;
    "/v1/offers/links": "POST" Site => offer_links::post;
    "/v1/events/orders": "POST" Server => past_orders::post;
    "/v1/customers/token": "POST" Server => customer_token::post;
    "/o/{}": "GET" Open => confirm::get, "POST" Open => confirm::post;
    "/u/{}": "GET" Open => unsubscribe::get, "POST" Open => unsubscribe::post;
    "/health": "GET" Open => health::get;
    "/openapi.json": "GET" Open => openapi::get;
    "/admin/api/import": "POST" Staff(Editor) => import::post;
    "/admin/api/simulate": "POST" Staff(Viewer) => simulate::post;
    "/admin/api/discounts": "GET" Staff(Viewer) => discounts::get;
    "/admin/api/discounts/{}/stop": "POST" Staff(Editor) => discount_stop::stop;
    "/admin/api/discounts/{}/resume": "POST" Staff(Editor) => discount_stop::resume;
    "/admin/api/upgrades": "GET" Staff(Viewer) => upgrades::get;
    "/admin/api/upgrades/{}": "GET" Staff(Viewer) => upgrade::get, "PUT" Staff(Editor) => upgrade::put,
        "DELETE" Staff(Editor) => upgrade::delete;
    "/admin/api/orders": "GET" Staff(Viewer) => order_list::get;
    "/admin/api/customers": "GET" Staff(Viewer) => customers::get;
    "/admin/api/customers/{}": "GET" Staff(Viewer) => customer::get, "PUT" Staff(Editor) => customer::put,
        "DELETE" Staff(Editor) => customer::delete;
    "/admin/api/site-keys": "GET" Staff(Viewer) => site_keys::get;
    "/admin/api/site-keys/{}": "PUT" Staff(Owner) => site_key::put, "DELETE" Staff(Owner) => site_key::delete;
    "/admin/api/server-keys": "GET" Staff(Owner) => server_keys::get, "POST" Staff(Owner) => server_keys::post;
    "/admin/api/server-keys/{}": "DELETE" Staff(Owner) => server_keys::delete;
    "/admin/api/server-keys/{}/rotate": "POST" Staff(Owner) => server_keys::rotate;
    "/admin/api/admin-tokens": "GET" Staff(Owner) => admin_tokens::get, "POST" Staff(Owner) => admin_tokens::post;
    "/admin/api/admin-tokens/{}": "DELETE" Staff(Owner) => admin_tokens::delete;
    "/admin/api/admin-tokens/{}/rotate": "POST" Staff(Owner) => admin_tokens::rotate;
    "/admin/api/webhooks": "GET" Staff(Viewer) => webhooks::get, "POST" Staff(Owner) => webhooks::post;
    "/admin/api/webhooks/{}": "GET" Staff(Viewer) => webhook::get, "PUT" Staff(Owner) => webhook::put,
        "DELETE" Staff(Owner) => webhook::delete;
    "/admin/api/webhooks/{}/rotate": "POST" Staff(Owner) => webhook::rotate;
    "/admin/api/mail": "GET" Staff(Viewer) => mail::get, "PUT" Staff(Owner) => mail::put;
    "/admin/api/mail/test": "POST" Staff(Owner) => mail::test;
    "/admin/api/updates": "GET" Staff(Viewer) => updates::get, "POST" Staff(Editor) => updates::post;
    "/admin/api/updates/{}": "GET" Staff(Viewer) => update::get, "PUT" Staff(Editor) => update::put,
        "DELETE" Staff(Editor) => update::delete;
    "/admin/api/updates/{}/preview": "POST" Staff(Editor) => update::preview;
    "/admin/api/updates/{}/test": "POST" Staff(Editor) => update::test;
    "/admin/api/updates/{}/send": "POST" Staff(Editor) => update::send;
    "/admin/api/updates/{}/pause": "POST" Staff(Editor) => update::pause;
    "/admin/api/outbox": "GET" Staff(Viewer) => outbox::get;
    "/admin/api/outbox/{}/retry": "POST" Staff(Editor) => outbox::retry;
    "/admin/api/audit": "GET" Staff(Viewer) => audit::get;
}

impl Route {
    /// The segment of its own that a path has here; empty where the route has none.
    fn item<'p>(&self, path: &'p str) -> Option<&'p str> {
        let Some((before, after)) = self.path.split_once("{}") else {
            return (path == self.path).then_some("");
        };
        let item = path.strip_prefix(before)?.strip_suffix(after)?;
        (!item.is_empty() && !item.contains('/')).then_some(item)
    }

    /// What a method does here. A HEAD is a GET whose body the runtime leaves behind.
    pub(crate) fn method(&self, name: &str) -> Option<&'static Method> {
        let name = if name == "HEAD" { "GET" } else { name };
        self.methods.iter().find(|method| method.name == name)
    }

    /// Whether one thing is read and written here, so that a change may say what it was built on.
    pub(crate) fn is_revised(&self) -> bool {
        ["GET", "PUT"].iter().all(|name| self.method(name).is_some())
    }

    /// What a method that is not here must show before it is told so: what the least of those here asks for.
    pub(crate) fn access(&self) -> Access {
        self.methods.first().map_or(Open, |method| method.access)
    }

    /// Whether pages read its answers.
    pub(crate) fn is_for_pages(&self) -> bool {
        self.access() == Site
    }

    /// The methods as an `Allow` header lists them.
    pub(crate) fn allowed(&self) -> String {
        let mut names = Vec::new();
        for method in self.methods {
            names.push(method.name);
            if method.name == "GET" {
                names.push("HEAD");
            }
        }
        names.push("OPTIONS");
        names.join(", ")
    }
}

/// The route of a path, and the path's own segment.
pub(crate) fn find(path: &str) -> Option<Found<'_>> {
    ROUTES.iter().find_map(|route| Some(Found { route, item: route.item(path)? }))
}

#[cfg(test)]
mod tests {
    use super::{Access, ROUTES, find};
    use crate::credential::Role;

    #[test]
    fn each_path_finds_its_own_route() {
        for route in ROUTES {
            let path = route.path.replace("{}", "pk_abc");
            let item = if route.path == path { "" } else { "pk_abc" };
            let found = find(&path).expect("a route");
            assert_eq!((found.route.path, found.item), (route.path, item));
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
            "/v1/orders/",
            "/v1/orders//commit",
            "/v1/orders/1/2/commit",
            "/v1/orders/1/commit/",
            "/admin/api/site-keys/",
            "/admin/api/site-keys/a/b",
        ] {
            assert!(find(path).is_none(), "{path}");
        }
    }

    #[test]
    fn methods_are_told_apart() {
        let route = find("/v1/snapshot").expect("a route").route;
        assert!(route.method("GET").is_some() && route.method("HEAD").is_some());
        for method in ["POST", "get", "PROPFIND", ""] {
            assert!(route.method(method).is_none(), "{method}");
        }
        assert_eq!(route.allowed(), "GET, HEAD, OPTIONS");
        assert_eq!(find("/v1/quotes").expect("a route").route.allowed(), "POST, OPTIONS");
    }

    #[test]
    fn the_path_says_who_may_use_it() {
        let for_servers = ["/v1/orders", "/v1/customers", "/v1/events/"];
        for route in ROUTES {
            for method in route.methods {
                let fits = match method.access {
                    Access::Open => ["/health", "/openapi.json", "/o/{}", "/u/{}"].contains(&route.path),
                    Access::Site => route.path.starts_with("/v1/"),
                    Access::Server => for_servers.iter().any(|path| route.path.starts_with(path)),
                    Access::Staff(_) => route.path.starts_with("/admin/api/"),
                };
                assert!(fits, "{} {}", method.name, route.path);
            }
        }
    }

    #[test]
    fn whoever_only_looks_changes_nothing() {
        for route in ROUTES.iter().filter(|route| route.path != "/admin/api/simulate") {
            for method in route.methods.iter().filter(|method| method.access == Access::Staff(Role::Viewer)) {
                assert_eq!(method.name, "GET", "{}", route.path);
            }
        }
    }
}
