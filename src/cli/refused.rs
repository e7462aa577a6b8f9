//! The file of what an import refused, so that it can be put right and imported again. Why a row is refused is not decided
//! here.

use std::path::{Path, PathBuf};

use crate::domain::base::time::CHINA;
use crate::exchange;
use crate::setup::context::{Context, Failure};
use crate::setup::out;
use crate::setup::write_out::{self, Over};
use crate::text::t;

/// Writes what was refused beside the data file, under a name of its own; a try writes nothing.
pub(super) fn write(
    context: &Context,
    imported: &Path,
    dry_run: bool,
    sheet: Result<Vec<u8>, exchange::Error>,
) -> Result<Option<PathBuf>, Failure> {
    if dry_run {
        return Ok(None);
    }
    let stem = imported.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stamp = CHINA.local(context.clock.now()).format("%Y%m%d-%H%M%S");
    // Beside the data file: the sheet's own folder may not be ours to write.
    let folder = context.db.parent().map(Path::to_owned).unwrap_or_default();
    let sheet = sheet.map_err(|e| context.file_failed(&folder, &e))?;
    // Two imports within a second: neither takes the other's rows away.
    for nth in 1..100 {
        let more = if nth == 1 { String::new() } else { format!("-{nth}") };
        let path = folder.join(format!("{stem}-refused-{stamp}{more}.csv"));
        match write_out::write(&context.db, &path, &sheet, Over::Nothing) {
            Err(exchange::Error::Exists) => {}
            done => return done.map(|()| Some(path.clone())).map_err(|e| context.file_failed(&path, &e)),
        }
    }
    Ok(None)
}

/// Where what was refused lies.
pub(super) fn tell(context: &Context, file: &Path) {
    out::line(
        &t(
            "未收的行和原因在 {file}; 改好后再导入这个文件",
            "Refused rows and why: {file}; put them right and import that file",
        )
        .with(context.lang, &[("file", &file.display())]),
    );
}
