//! Where the configuration file is.

use std::env;
use std::path::PathBuf;

use etcetera::BaseStrategy as _;

/// The name of the file.
const NAME: &str = "spektrix.toml";

/// Returns the first configuration file that exists: in this folder, or in the user's configuration folder
/// (`~/.config/spektrix/spektrix.toml` on Linux).
pub fn find() -> Option<PathBuf> {
    let here = env::current_dir().ok().map(|folder| folder.join(NAME));
    let user = etcetera::choose_base_strategy().ok();
    let user = user.map(|folders| folders.config_dir().join("spektrix").join(NAME));
    [here, user].into_iter().flatten().find(|path| path.is_file())
}
