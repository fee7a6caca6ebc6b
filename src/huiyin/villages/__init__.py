"""The staff's pages of the village economy, drawn in the console's frame."""
