"""How every page looks: frames, macros, assets, middleware; no knowledge of the domain."""
