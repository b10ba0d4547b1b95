//! Parts of requests, each made with what the service requires of it.

mod customer;
mod delivery;
mod items;
