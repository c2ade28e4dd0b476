"""The parts of `peilian results`, one module each."""
