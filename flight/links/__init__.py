"""The links of a vehicle: what arrives over each, which is the best. Sans-IO."""
