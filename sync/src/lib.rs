//! Keeps a venue's data where a website wants it.
