"""Documents that leave the register: what they say is a tree of blocks, drawn in every form from the one tree."""
