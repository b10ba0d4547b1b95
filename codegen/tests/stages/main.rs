//! Tests of each stage. A case is a folder with the input and the expected result.

mod case;
mod constructs;
mod drift;
mod drift_table;
mod feed_builder;
mod hostile;
mod load;
mod lower;
mod model_text;
mod overlay;
mod render;
mod round_trip;
mod small_drifts;
mod unify;
mod vendored_pages;
