"""What was said, kept: telemetry logs and their replay."""
