"""What a person asks for: options, fleets made of numbers, fleet files."""
