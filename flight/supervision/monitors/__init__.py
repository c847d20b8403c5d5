"""One small class for each situation that supervision notices."""
