"""The doors: registering a call, a visit, a company's matter, a stuck case; likeness and earlier matters."""
