"""Reading floor plans (平面图): drawings, models, indoor layers and pictures, each into one `Plan`."""
