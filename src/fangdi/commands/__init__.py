"""The commands of the `fangdi` program, one module for each group; `fangdi.cli` puts them together."""
