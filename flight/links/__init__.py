"""The links of a vehicle: what arrives over each, which is the best, who speaks at which address. Sans-IO."""
