//! The page at `/`, which lists the routes.

use maud::{DOCTYPE, html};

use super::query;
use super::resource::Resource;

/// What is not a list.
pub(super) const OTHER_ROUTES: [(&str, &str); 9] = [
    ("/", "This page"),
    ("/events/{id}", "A show"),
    ("/instances/{id}", "A performance"),
    ("/changes", "Changes as server-sent events"),
    ("/health", "The age of the data, and the kind of the last error"),
    ("/health/live", "200 while the process runs"),
    ("/health/ready", "200 once there is data"),
    ("/metrics", "Metrics for Prometheus"),
    ("/openapi.json", "This API as OpenAPI"),
];

/// Returns the page.
pub(super) fn page() -> String {
    let lists = Resource::ALL.map(|resource| {
        (
            resource.path(),
            resource.summary(),
            query::known(resource.fields()).join(", "),
        )
    });
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { "spektrix serve" }
            }
            body {
                h1 { "spektrix serve" }
                p { "A venue's programme as JSON, from memory. It only reads, and has no customers, baskets or orders." }
                table {
                    tr { th { "path" } th { "content" } th { "query parameters" } }
                    @for (path, summary, parameters) in &lists {
                        tr { td { a href=(path) { (path) } } td { (summary) } td { (parameters) } }
                    }
                    @for (path, summary) in OTHER_ROUTES {
                        tr {
                            td { @if path.contains('{') { (path) } @else { a href=(path) { (path) } } }
                            td { (summary) }
                            td {}
                        }
                    }
                }
            }
        }
    }
    .into_string()
}
