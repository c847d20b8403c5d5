"""The people of a town: who asks, who decides, and who fetches what came down."""
