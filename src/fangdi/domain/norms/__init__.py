"""Norms (配置标准): figures that bind, as data; what follows from them is computed here and nowhere else."""
