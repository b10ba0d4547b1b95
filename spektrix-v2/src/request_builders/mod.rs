//! Constructors for the types in request bodies, with the fields that the service requires as arguments.

mod customer;
mod delivery;
mod items;
