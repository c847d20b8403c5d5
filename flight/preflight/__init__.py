"""What has to hold before a vehicle may be armed."""
