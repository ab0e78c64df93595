"""The plans that chidoan ships, as data (TOML); `storage.plans.load_plan` reads them."""
