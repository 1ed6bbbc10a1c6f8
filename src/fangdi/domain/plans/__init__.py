"""Floor plans (平面图): what readers find in a file, what is wrong with it, and how its areas are audited (面积核查)."""
