//! Tests of the sandbox over the network.

mod support;

mod authentication;
mod baskets;
mod concurrent_purchases;
mod control_endpoint;
mod custom_data;
mod customers;
mod deliveries;
mod edits;
mod edits_over_http;
mod every_operation;
mod every_read;
mod fault_bodies;
mod fault_compression;
mod fault_documentation;
mod fault_http2;
mod fault_paging;
mod fault_sessions;
mod faults;
mod help_pages;
mod lifecycle;
mod offers;
mod orders;
mod other_languages;
mod paging_and_filters;
mod property_test;
mod read_only;
mod replay;
mod replay_edits;
mod request_bodies;
mod request_validation;
mod sessions;
mod several_venues;
mod venue_consistency;
mod venue_totals;
