//! Settings: what a user or a team can configure, and the files that contain it.

mod config;
mod expected;
mod given;
mod globs;
mod layer;
mod lookup;
mod parts;
mod presets;
mod problem;
mod read;
mod schema;
mod table;
mod terms;
mod value;

pub use config::Config;
pub(super) use config::Configs;
pub use given::{ConfigSource, Given};
pub use layer::{FamilySettings, Settings};
pub(super) use lookup::Lookup;
pub use presets::nearest_preset;
pub use problem::Problem;
pub use schema::schema;
