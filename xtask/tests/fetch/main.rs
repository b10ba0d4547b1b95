//! `fetch` against a page server in this process: what it writes, and how it fails.

mod again;
mod api_key;
mod command;
mod connection;
mod drift;
mod faults;
mod only;
mod page_server;
mod small_site;
mod target_folder;
mod tls;
mod trial;
mod whole_set;
