"""The sub-commands of `peilian exam`, one module each with NAME, HELP, `arguments` and `run`."""
