"""Floor plans (平面图): what readers find in a file, what is wrong with it, and the audit of its areas (面积核查)."""
