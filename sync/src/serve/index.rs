//! The page at `/`, which lists the routes.

use maud::{DOCTYPE, html};

use super::query;
use super::resource::Resource;
use super::router::OTHER_ROUTES;

/// Returns the page.
pub(super) fn page() -> String {
    let lists = Resource::ALL.map(|resource| (resource.path(), resource.summary(), query::known(resource).join(", ")));
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
