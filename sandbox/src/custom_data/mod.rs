//! Custom lists that replace those of the fictional venue, from a JSON file or from a folder of bodies in XML.
//!
//! Everything that custom lists refer to must exist, or the sandbox does not start. Objects of the venue itself that would
//! refer to something that was replaced are removed, such as orders for replaced instances.

mod lists;
mod references;
mod repair;

pub(crate) use lists::Lists;
