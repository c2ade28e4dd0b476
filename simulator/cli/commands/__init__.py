"""The commands, one module each: `NAME`, `HELP`, `arguments(parser)` and `run(options) -> int`."""
