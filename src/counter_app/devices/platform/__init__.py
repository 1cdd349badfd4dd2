"""The devices that need the window system."""
