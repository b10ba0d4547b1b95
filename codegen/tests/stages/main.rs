//! Each stage by itself: a case is a folder with its input, and its expected outcome beside it.

mod case;
mod constructs;
mod drift;
mod feed;
mod hostile;
mod load;
mod lower;
mod outline;
mod overlay;
mod render;
mod unify;
mod whole;
