"""The checks of a plan (平面图核查), one kind a module; `topology.check` runs them all."""
