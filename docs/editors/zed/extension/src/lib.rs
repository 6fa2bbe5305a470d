//! Tells Zed how the language server is started: `segql lsp`, found on PATH.

use zed_extension_api as zed;

struct SegmentQl;

impl zed::Extension for SegmentQl {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        _server: &zed::LanguageServerId,
        worktree: &zed::Worktree,
    ) -> zed::Result<zed::Command> {
        let command = worktree
            .which("segql")
            .ok_or("segql is not on PATH; install it with: pip install \"segql[lsp]\"")?;
        Ok(zed::Command {
            command,
            args: vec!["lsp".to_string()],
            env: worktree.shell_env(),
        })
    }
}

zed::register_extension!(SegmentQl);
