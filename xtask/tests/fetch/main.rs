//! `fetch` and `drift` with a page server in this process.

mod all_pages;
mod api_key;
mod command;
mod drift;
mod errors;
mod fetch_test;
mod folder;
mod only;
mod page_server;
mod site;
mod tls;
