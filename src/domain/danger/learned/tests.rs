//! The weights held to sentences they were not learned from, and their file to its form.

use super::super::{find, find_by_rules};
use super::*;
