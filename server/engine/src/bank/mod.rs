//! Questions: writing, reviewing, versions.
